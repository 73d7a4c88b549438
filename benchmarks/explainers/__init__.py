"""A leaderboard of explainers: published ones and ours, on the same models, the same questions, the same metrics."""
