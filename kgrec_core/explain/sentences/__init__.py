"""Reasons and explanations in words, made only of stored facts."""
