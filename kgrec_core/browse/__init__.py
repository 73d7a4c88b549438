"""What people look through: lists, users, new items, the knowledge graph, influence."""
