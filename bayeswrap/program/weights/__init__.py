"""The weighted program: each part of the log density behind a weight that is data."""
