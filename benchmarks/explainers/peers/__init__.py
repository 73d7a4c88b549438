"""Published explainers, one small file each; the paper stands in each."""
