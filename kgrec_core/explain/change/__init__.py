"""What would change a list: counterfactuals, why not, what if."""
