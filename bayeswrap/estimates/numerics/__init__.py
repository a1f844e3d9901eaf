"""Optimisation and differentiation of a function of a vector; nothing of Stan or data."""
