"""The checks behind a verdict, one file a family."""
