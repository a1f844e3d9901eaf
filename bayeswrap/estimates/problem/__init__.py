"""What is to be estimated: coordinates, densities of the parts, estimand, what is fixed."""
