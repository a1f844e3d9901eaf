"""`prior_weight_path`: the mode as the prior gains weight, from the MLE on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.model.mode_scalars import estimates_of, selected_scalars
from bayeswrap.model.prior_path import path_table, prior_path
from bayeswrap.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bayeswrap.model.model import Model
    from bayeswrap.model.prior_path import Step

__all__ = [
    "prior_weight_path",
]


# four points a decade; 0 is the MLE, 1 the MAP, and at 1000 few priors are still outweighed
_WEIGHTS = (0.0, *(float(w) for w in np.logspace(-3, 3, 25)))


def prior_weight_path(
    model: Model,
    weights: Iterable[float] | None = None,
    names: Sequence[str] | None = None,
    *,
    marginal: bool | str | Sequence[str] = False,
    seed: int | None = None,
) -> Study:
    """Follow the MAP of the declared scale while the prior gains weight.

    The prior density is raised to a power: 0 is the MLE, 1 the MAP, and a large power leaves
    the mode of the prior. Each search starts from the mode before it, so that one mode is
    followed where there are several.

    Parameters
    ----------
    model : Model
        Program and data.
    weights : iterable of float, optional
        Powers of the prior, at least 0; by default 0 and 25 from 0.001 to 1000.
    names : sequence of str, optional
        Scalars or variables; by default all declared parameters that are not integrated out.
    marginal : bool, str or sequence of str, optional
        Integrate the effects of a hierarchical program out, as `Model.mle` does: the path is
        then that of the parameters that are left.
    seed : int, optional
        Stan's seed for every search.

    Returns
    -------
    Study
        Columns ``weight parameter estimate spread mle pull status``: on the declared scale, with
        Laplace standard deviations (standard errors at weight 0); ``pull`` is the distance from
        the MLE in its standard errors. Where no mode exists the numbers are NaN, and the status
        gives the reason.

    Raises
    ------
    UsageError
        No weights, or one that is no finite number of at least 0.
    UnknownNameError
        A name that the program does not have.
    EstimandError
        The program has no likelihood, or its MLE would be a joint one over latent effects:
        `marginal` integrates them out.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> coin = bw.library["beta_binomial"].program
    >>> model = bw.Model(coin, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")
    >>> path = bw.studies.prior_weight_path(model, [0, 1, 5], seed=1).to_frame()
    >>> path["estimate"].round(4).tolist()  # (7 + 2 w) / (10 + 4 w)
    [0.7, 0.6429, 0.5667]
    """
    levels = sorted({float(w) for w in (_WEIGHTS if weights is None else weights)})
    if not levels:
        raise UsageError("no weights of the prior", do="leave weights= out, or give some")
    mle = model.mle(marginal=marginal, seed=seed, require_converged=False)
    steps = list(prior_path(model, mle, levels))
    origin = estimates_of(mle, selected_scalars(mle, names))
    kind = "marginal " if mle.marginal else ""
    return Study(
        title=f"The {kind}MAP (declared scale) by the weight of the prior",
        finding=_finding(steps),
        table=path_table(steps, origin),
        x="weight",
        x_label="weight of the prior",
        x_scale="symlog",
        y={"estimate": f"{kind}MAP"},
        y_label="mode",
        bands={"estimate": "spread"},
        references={"mle": f"{kind}MLE"},
        panels="parameter",
        labels=mle.labels,
        records=tuple(estimate.record for _, estimate in steps),
    )


def _finding(steps: Sequence[Step]) -> str:
    missing = [f"{w:g}" for w, estimate in steps if not estimate.status.is_estimate]
    finding = (
        "At weight 0 the MAP is the MLE. With more weight it approaches the mode of the prior."
    )
    return finding + (f" No mode exists at weight {', '.join(missing)}." if missing else "")
