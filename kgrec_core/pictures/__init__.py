"""Pictures of the graph as pages, and an explanation to take away."""
