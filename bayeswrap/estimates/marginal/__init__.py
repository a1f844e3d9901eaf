"""Marginal estimates: latent effects are integrated out, hyperparameters maximised.

The integral is a Laplace approximation at the mode of the effects (exact where the log density is
quadratic in them), or a quadrature in each group (Tierney & Kadane 1986,
doi:10.1080/01621459.1986.10478240; Kristensen et al. 2016, doi:10.18637/jss.v070.i05). The folder
reads: value -> latent -> joint -> pattern -> precision -> laplace -> quadrature -> start -> limits
-> result -> fit.
"""

from bayeswrap.estimates.marginal.fit import maximise_marginal
from bayeswrap.estimates.marginal.latent import chosen_latent, latent_variables, require_population
from bayeswrap.estimates.marginal.value import Integral, Marginal

__all__ = [
    "Integral",
    "Marginal",
    "chosen_latent",
    "latent_variables",
    "maximise_marginal",
    "require_population",
]
