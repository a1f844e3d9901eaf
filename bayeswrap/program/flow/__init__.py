"""Data-flow analysis: of which parameters, data and densities each value is made."""
