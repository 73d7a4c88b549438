"""The command line: its arguments, what it prints, answers as JSON."""
