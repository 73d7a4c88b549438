"""Questions in plain words, answered by what the service finds."""
