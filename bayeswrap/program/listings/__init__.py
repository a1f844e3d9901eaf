"""Derived programs that list one number an observation: log likelihood, linear predictor."""
