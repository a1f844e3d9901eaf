"""Different programs on the same data, ranked by leave-one-out cross-validation."""
