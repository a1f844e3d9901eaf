"""A model made of a formula and a data frame, with the verbs of a regression."""
