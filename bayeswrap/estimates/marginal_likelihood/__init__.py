"""Marginal estimates: latent effects are integrated out, hyperparameters maximised.

The integral is a Laplace approximation at the mode of the effects (exact where the log density is
quadratic in them), or a quadrature in each group.

References
----------
Tierney & Kadane 1986, doi:10.1080/01621459.1986.10478240; Kristensen et al. 2016,
doi:10.18637/jss.v070.i05.
"""
