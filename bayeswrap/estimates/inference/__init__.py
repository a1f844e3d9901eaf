"""What follows from the curvature at a maximum: intervals, tests, derived quantities."""
