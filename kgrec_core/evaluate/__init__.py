"""How well models rank: protocols, compared models and their tuning, metrics, intervals, tables."""
