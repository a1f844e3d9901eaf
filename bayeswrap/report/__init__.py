"""The report of a comparison: built, and written in a format."""
