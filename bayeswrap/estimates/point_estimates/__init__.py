"""`PointEstimate` with its verbs, and the way from a problem to one."""
