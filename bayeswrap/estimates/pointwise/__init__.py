"""Log densities of the parts at draws, and of single observations."""
