"""Links of regressions: from a parameter to its linear predictor, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from bayeswrap.arguments import one_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "inverse_link",
    "link",
]

_INVERSE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "identity": lambda eta: eta,
    "log": np.exp,
    "inverse": lambda eta: 1 / eta,
    "logit": special.expit,
    "probit": special.ndtr,
    "cloglog": lambda eta: -np.expm1(-np.exp(eta)),
    "cauchit": lambda eta: 0.5 + np.arctan(eta) / np.pi,
    "sqrt": np.square,
    "1/mu^2": lambda eta: 1 / np.sqrt(eta),
}
_LINK: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "identity": lambda mu: mu,
    "log": np.log,
    "inverse": lambda mu: 1 / mu,
    "logit": special.logit,
    "probit": special.ndtri,
    "cloglog": lambda mu: np.log(-np.log1p(-mu)),
    "cauchit": lambda mu: np.tan(np.pi * (mu - 0.5)),
    "sqrt": np.sqrt,
    "1/mu^2": lambda mu: mu**-2.0,
}


def inverse_link(name: str, eta: np.ndarray) -> np.ndarray:
    """Return the parameter whose linear predictor is `eta`.

    Parameters
    ----------
    name : str
        A link of `bayeswrap.regression.families`.
    eta : array
        On the scale of the link.

    Raises
    ------
    UsageError
        There is no such link.

    Examples
    --------
    >>> float(inverse_link("logit", np.array(0.0)))
    0.5
    """
    one_of(name, tuple(_INVERSE), "link")
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.asarray(_INVERSE[name](np.asarray(eta, dtype=float)))


def link(name: str, mu: np.ndarray) -> np.ndarray:
    """Return the linear predictor of a parameter.

    Parameters
    ----------
    name : str
        A link of `bayeswrap.regression.families`.
    mu : array
        On the scale of the parameter.

    Raises
    ------
    UsageError
        There is no such link.

    Examples
    --------
    >>> float(link("log", np.array(1.0)))
    0.0
    """
    one_of(name, tuple(_LINK), "link")
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.asarray(_LINK[name](np.asarray(mu, dtype=float)))
