"""Which outcomes and which arguments each of Stan's densities takes: a table.

A value outside either has no usable density in any run: Stan refuses it, or its log density is
infinite or no number whatever the parameters are. Supports are those of Stan's functions
reference. Where a density is infinite or zero at the edge (0 in a gamma, 1 in a beta), the edge is
outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DENSITIES",
    "SETS",
    "DensityRule",
    "NumberSet",
]


@dataclass(frozen=True, slots=True)
class NumberSet:
    """A set of numbers: how a message names it, and which are outside."""

    name: str
    is_outside: Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class DensityRule:
    """What a density takes.

    Attributes
    ----------
    outcome : str
        The set of its outcome, a key of `SETS`.
    arguments : tuple of str
        The sets of its arguments; empty where anything goes.
    limits : tuple of int
        Positions of the arguments that bound the outcome from below and above; -1 for none.
    categories : int
        Position of the argument whose length is the number of categories; -1 for none.
    more_categories : int
        Categories beyond that length: cut points are one fewer.
    """

    outcome: str
    arguments: tuple[str, ...] = ()
    limits: tuple[int, int] = (-1, -1)
    categories: int = -1
    more_categories: int = 0


SETS = {
    "finite": NumberSet("finite numbers", lambda y: ~np.isfinite(y)),
    "positive": NumberSet("positive, finite numbers", lambda y: ~(np.isfinite(y) & (y > 0))),
    "nonnegative": NumberSet("finite numbers >= 0", lambda y: ~(np.isfinite(y) & (y >= 0))),
    "inside_unit": NumberSet("numbers between 0 and 1, not 0 or 1", lambda y: ~((y > 0) & (y < 1))),
    "probability": NumberSet("numbers from 0 to 1", lambda y: ~((y >= 0) & (y <= 1))),
    "bit": NumberSet("0 or 1", lambda y: (y != 0) & (y != 1)),
    "count": NumberSet("whole numbers >= 0", lambda y: y < 0),
    "index": NumberSet("whole numbers >= 1", lambda y: y < 1),
    "": NumberSet("numbers", np.isnan),
}

_SCALE = ("finite", "positive")
_COUNTED = DensityRule("count", ("", ""), limits=(-1, 0))

DENSITIES: dict[str, DensityRule] = {
    # real numbers
    "normal": DensityRule("finite", _SCALE),
    "std_normal": DensityRule(""),
    "normal_id_glm": DensityRule("finite", ("", "", "", "positive")),
    "exp_mod_normal": DensityRule("finite", ("finite", "positive", "positive")),
    "skew_normal": DensityRule("finite", ("finite", "positive", "finite")),
    "student_t": DensityRule("finite", ("positive", "finite", "positive")),
    "cauchy": DensityRule("finite", _SCALE),
    "double_exponential": DensityRule("finite", _SCALE),
    "logistic": DensityRule("finite", _SCALE),
    "gumbel": DensityRule("finite", _SCALE),
    "von_mises": DensityRule("finite", ("finite", "nonnegative")),
    "multi_normal": DensityRule("finite", ("finite", "finite")),
    "multi_normal_cholesky": DensityRule("finite", ("finite", "finite")),
    "multi_normal_prec": DensityRule("finite", ("finite", "finite")),
    "multi_student_t": DensityRule("finite", ("positive", "finite", "finite")),
    # positive numbers
    "lognormal": DensityRule("positive", _SCALE),
    "chi_square": DensityRule("nonnegative", ("positive",)),
    "inv_chi_square": DensityRule("positive", ("positive",)),
    "scaled_inv_chi_square": DensityRule("positive", ("positive", "positive")),
    "exponential": DensityRule("nonnegative", ("positive",)),
    "gamma": DensityRule("positive", ("positive", "positive")),
    "inv_gamma": DensityRule("positive", ("positive", "positive")),
    "weibull": DensityRule("positive", ("positive", "positive")),
    "frechet": DensityRule("positive", ("positive", "positive")),
    "rayleigh": DensityRule("positive", ("positive",)),
    "loglogistic": DensityRule("positive", ("positive", "positive")),
    "wiener": DensityRule("positive"),
    "pareto": DensityRule("positive", ("positive", "positive"), limits=(0, -1)),
    "pareto_type_2": DensityRule("finite", ("finite", "positive", "positive"), limits=(0, -1)),
    # bounded numbers
    "beta": DensityRule("inside_unit", ("positive", "positive")),
    "beta_proportion": DensityRule("inside_unit", ("inside_unit", "positive")),
    "dirichlet": DensityRule("positive", ("positive",)),
    "uniform": DensityRule("finite", ("finite", "finite"), limits=(0, 1)),
    # counts
    "bernoulli": DensityRule("bit", ("probability",)),
    "bernoulli_logit": DensityRule("bit"),
    "bernoulli_logit_glm": DensityRule("bit"),
    "binomial": DensityRule("count", ("count", "probability"), limits=(-1, 0)),
    "binomial_logit": _COUNTED,
    "binomial_logit_glm": _COUNTED,
    "beta_binomial": DensityRule("count", ("count", "positive", "positive"), limits=(-1, 0)),
    "hypergeometric": _COUNTED,
    "poisson": DensityRule("count", ("nonnegative",)),
    "poisson_log": DensityRule("count"),
    "poisson_log_glm": DensityRule("count"),
    "neg_binomial": DensityRule("count", ("positive", "positive")),
    "neg_binomial_2": DensityRule("count", ("positive", "positive")),
    "neg_binomial_2_log": DensityRule("count", ("finite", "positive")),
    "neg_binomial_2_log_glm": DensityRule("count"),
    "discrete_range": DensityRule("", limits=(0, 1)),
    # categories
    "categorical": DensityRule("index", categories=0),
    "categorical_logit": DensityRule("index", categories=0),
    "categorical_logit_glm": DensityRule("index", categories=1),
    "ordered_logistic": DensityRule("index", categories=1, more_categories=1),
    "ordered_logistic_glm": DensityRule("index", categories=2, more_categories=1),
    "ordered_probit": DensityRule("index", categories=1, more_categories=1),
    "multinomial": DensityRule("count"),
    "multinomial_logit": DensityRule("count"),
    "dirichlet_multinomial": DensityRule("count"),
}
