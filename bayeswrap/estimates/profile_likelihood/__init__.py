"""The profile of one scalar, and its interval."""
