"""Laplace and Pathfinder draws, importance weights, and the choice among them."""
