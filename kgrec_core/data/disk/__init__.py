"""How what is kept gets to disk and leaves it: whole, one writer at a time, and without leavings."""
