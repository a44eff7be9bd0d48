"""A mark classifier that was fitted to marks of known truth, and says how sure it may be."""
