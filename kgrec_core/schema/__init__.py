"""Frozen questions and answers, by topic, and the columns of the tables."""
