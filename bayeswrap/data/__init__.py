"""Data that fit a program: a dict, a JSON file or a data frame, checked against the data block."""
