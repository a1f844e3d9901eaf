"""Which share of the information at a mode comes from the prior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.estimates.numerics.derivatives import hessian_along
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "PriorShare",
    "prior_share",
]


_NEGATIVE = -1e-6  # of the information: below the noise of differences
_PRIOR = PartWeights(prior=1, population=0, likelihood=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PriorShare:
    """The information of the prior, relative to that of the posterior, at a mode.

    Attributes
    ----------
    eigenvalues : (k,) array
        Generalised eigenvalues of the two information matrices, the largest first: the share of
        the prior along each of their common directions; 0 is all data, 1 all prior.
    directions : (k, dimension) array
        These directions in unconstrained coordinates, a row each.
    by_parameter : pandas.Series
        The share along each declared scalar; NaN where it is not defined.
    reason : str
        Why it is not defined; empty where it is.
    """

    eigenvalues: np.ndarray
    directions: np.ndarray
    by_parameter: pd.Series
    reason: str = ""


def prior_share(mode: PointEstimate) -> PriorShare | None:
    """Return the share of the information that the prior supplies.

    With information matrices A of the prior and B of the posterior, both in unconstrained
    coordinates at the mode, the shares are the eigenvalues of A relative to B (spectral analysis
    as in Cui et al. 2014, doi:10.1088/0266-5611/30/11/114015). Along a scalar with gradient c it
    is c'CAC c / c'C c, where C is the inverse of B.

    Parameters
    ----------
    mode : PointEstimate
        A MAP with its problem.

    Returns
    -------
    PriorShare or None
        None where the mode was loaded or has no curvature. Shares are not defined where the
        log prior is not concave at the mode, as in the tails of a Cauchy.
    """
    problem, root = mode.problem, mode.optimum.root
    if problem is None or not root.size or not np.isfinite(root).all():
        return None
    prior = problem.density.objective(_PRIOR, jacobian=problem.jacobian)
    whitened = -hessian_along(prior, mode.optimum.q, root)
    eigenvalues, vectors = np.linalg.eigh(whitened)
    order = np.argsort(-eigenvalues)
    size = np.einsum("ij,ij->i", mode.root, mode.root)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.einsum("ij,jk,ik->i", mode.root, whitened, mode.root) / size
    reason = ""
    if eigenvalues.min() < _NEGATIVE:
        reason = "the log prior is not concave at the mode and adds no information there"
        share = np.full(share.size, np.nan)
    return PriorShare(
        eigenvalues=eigenvalues[order],
        directions=(root @ vectors[:, order]).T,
        by_parameter=pd.Series(np.clip(share, 0.0, None), index=list(mode.layout.names)),
        reason=reason,
    )
