"""What follows from a regression and a result: predictions, effects, hypotheses, residuals."""
