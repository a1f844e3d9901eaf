"""The table of a paper: estimates of one or several models over their uncertainty."""
