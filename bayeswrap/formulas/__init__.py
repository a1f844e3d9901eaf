"""From a formula and a data frame to design matrices."""
