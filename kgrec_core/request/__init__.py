"""What somebody types: its words and refusals, the facts and titles that it names, what is read as text."""
