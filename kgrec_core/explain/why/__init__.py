"""Why an item has its score: SHAP values, causes, paths, rules, words, and how far to trust them."""
