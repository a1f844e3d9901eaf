"""Linear predictors of the observations; separation and weak identification read off them."""
