"""Plain values of results, without verbs."""
