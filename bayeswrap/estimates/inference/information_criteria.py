"""AIC and BIC of a maximum likelihood estimate, and the counts they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "aic",
    "bic",
    "free_parameters",
    "observations",
    "outcome_variables",
    "require_mle",
]

# the outcome of a statement's density: left of ~, or the first argument of an _lpdf
_OUTCOME = re.compile(
    r"^\s*(?P<left>[A-Za-z]\w*)\s*(?:\[[^~]*\])?\s*~"
    r"|_(?:lu?p[dm]f|lc?cdf)\s*\(\s*(?P<first>[A-Za-z]\w*)"
)


def require_mle(estimate: ModeResult, what: str) -> None:
    """Require a verified maximum of a likelihood.

    Raises
    ------
    EstimandError
        Another kind of estimate.
    """
    if estimate.estimator is not Estimator.MLE:
        raise EstimandError(
            f"{what} is about maximised likelihoods, and this is a {estimate.title}",
            got="a log likelihood that is not at its maximum: the prior has shifted the estimate",
            do="use mle(); to compare posteriors use cross-validation",
        )
    if not estimate.status.is_estimate:
        raise EstimandError(
            f"{what} needs a verified maximum",
            got=estimate.status.sentence,
            do=estimate.status.advice,
        )


def outcome_variables(estimate: ModeResult) -> set[str]:
    """Return the data variables that likelihood statements have as outcomes."""
    program = estimate.program
    data = {v.name for v in program.variables_in("data")}
    outcomes = {
        match["left"] or match["first"]
        for statement in program.of_role(Role.LIKELIHOOD)
        for match in _OUTCOME.finditer(statement.text)
    }
    return outcomes & data


def free_parameters(estimate: ModeResult) -> int:
    """Return the number of free parameters: unconstrained coordinates that the fit reaches.

    A simplex of K counts K - 1, a correlation matrix its free elements, a parameter that no
    statement reaches nothing; a parameter on the edge of its support counts as one.

    Raises
    ------
    EstimandError
        A saved estimate with a unit vector, whose free dimension is not in the file.
    """
    reached = int((np.abs(estimate.optimum.root) > 0).any(axis=1).sum())
    spheres = 0
    if estimate.problem is not None:
        spheres = len(estimate.problem.spheres)
    elif "unit_vector" in estimate.record.program:
        raise EstimandError(
            "the free parameters of a saved estimate with a unit vector cannot be counted",
            do="make the estimate again with Model",
        )
    return reached + len(estimate.optimum.excluded) - spheres


def aic(estimate: ModeResult) -> float:
    """Return Akaike's criterion, 2 k - 2 log likelihood (1974, doi:10.1109/TAC.1974.1100705).

    Raises
    ------
    EstimandError
        Not an MLE at a verified maximum.
    """
    require_mle(estimate, "AIC")
    return 2 * free_parameters(estimate) - 2 * estimate.log_likelihood


def bic(estimate: ModeResult, n: int | None = None) -> float:
    """Return Schwarz's criterion, k log n - 2 log likelihood (1978, doi:10.1214/aos/1176344136).

    Parameters
    ----------
    estimate : ModeResult
        An MLE.
    n : int, optional
        Number of observations; by default see `observations`.

    Raises
    ------
    EstimandError
        Not an MLE at a verified maximum, or the number of observations cannot be determined.
    UsageError
        `n` is not positive.
    """
    require_mle(estimate, "BIC")
    if n is not None and n < 1:
        raise UsageError("not a number of observations", where="n=", got=repr(n), do="pass a count")
    count = observations(estimate) if n is None else n
    return free_parameters(estimate) * float(np.log(count)) - 2 * estimate.log_likelihood


def observations(estimate: ModeResult) -> int:
    """Return the number of observations: rows of the data frame, or length of the only outcome.

    Raises
    ------
    EstimandError
        There is neither; the user must then pass the number.
    """
    if estimate.record.rows:
        return estimate.record.rows
    outcomes = sorted(outcome_variables(estimate))
    if len(outcomes) == 1 and estimate.problem is not None:
        values = np.asarray(estimate.problem.data.values[outcomes[0]])
        if values.ndim:
            return int(values.shape[0])
    raise EstimandError(
        "the number of observations cannot be determined",
        got=f"outcomes {', '.join(outcomes)}" if outcomes else "no outcome that is data",
        do="pass it: bic(n=...)",
    )
