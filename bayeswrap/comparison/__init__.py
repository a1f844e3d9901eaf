"""`Comparison` with its verbs `plot` and `report`, and `compare`."""
