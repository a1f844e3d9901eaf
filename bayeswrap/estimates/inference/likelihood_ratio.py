"""Likelihood-ratio tests between nested fits, and information criteria."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc

from bayeswrap.errors import BayeswrapWarning, ComparisonError
from bayeswrap.estimates.inference.information_criteria import (
    free_parameters,
    outcome_variables,
    require_mle,
)
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.status import Status
from bayeswrap.markup import block, brief, sentences

if TYPE_CHECKING:
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "LikelihoodRatioTest",
    "likelihood_ratio_test",
]


_TOLERANCE = 1e-6  # nats: what two verified maxima may miss


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodRatioTest:
    """A likelihood-ratio test of a small program inside a large one.

    Attributes
    ----------
    statistic : float
        Twice the difference of the maximised log likelihoods, nats.
    df : int
        Difference of the numbers of free parameters.
    p_value : float
        Probability of a larger statistic under chi-square with `df` degrees of freedom.
    small, large : str
        Names of the programs.
    log_likelihoods : (float, float)
        Of the small and the large fit, nats, all constants included.
    notes : tuple of str
        Why the reference distribution may be wrong.
    """

    statistic: float
    df: int
    p_value: float
    small: str
    large: str
    log_likelihoods: tuple[float, float]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        first, second = self.log_likelihoods
        lines = [
            f"likelihood-ratio test of {self.small} inside {self.large}",
            f"log likelihoods {first:.4f} and {second:.4f}",
            f"statistic {self.statistic:.4f}, {self.df} df, p = {self.p_value:.4g}",
            *self.notes,
        ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        head, *lines = str(self).split("\n")
        return block(head, sentences(lines))


def likelihood_ratio_test(small: ModeResult, large: ModeResult) -> LikelihoodRatioTest:
    """Test a nested program against the larger one that holds it.

    Under the small program the statistic is chi-square with as many degrees of freedom as there
    are constraints, for large samples and away from the edge of the parameter space (Wilks 1938,
    doi:10.1214/aoms/1177732360; on the edge Self & Liang 1987, doi:10.1080/01621459.1987.10478472).

    Parameters
    ----------
    small, large : ModeResult
        MLEs on the same outcomes; the small one is the large one under constraints.

    Returns
    -------
    LikelihoodRatioTest
        Statistic, degrees of freedom, p-value.

    Raises
    ------
    EstimandError
        One of them is not an MLE at a verified maximum.
    ComparisonError
        The outcomes differ or cannot be compared, or the programs are not nested.

    Warns
    -----
    BayeswrapWarning
        The constraint lies on the edge of the parameter space: the p-value is too large.
    """
    for estimate in (small, large):
        require_mle(estimate, "a likelihood-ratio test")
    _require_sameoutcome_variables(small, large)
    df = free_parameters(large) - free_parameters(small)
    if df <= 0:
        raise ComparisonError(
            "these fits are not nested: the large one must have more free parameters",
            got=f"{free_parameters(small)} in the small one, {free_parameters(large)} in the large",
            do="pass the smaller program first; compare programs that are not nested by aic",
        )
    statistic = 2 * (large.log_likelihood - small.log_likelihood)
    if statistic < -_TOLERANCE * (1 + abs(large.log_likelihood)):
        raise ComparisonError(
            "these fits are not nested, or the large one has not reached its maximum",
            got=f"log likelihood {small.log_likelihood:.6f} of the small fit above "
            f"{large.log_likelihood:.6f} of the large",
            do="check the programs; start the large one from the small one's estimate by inits=",
        )
    statistic = max(statistic, 0.0)
    p_value = float(chdtrc(df, statistic))
    notes = _edge_notes(small, large, df, p_value)
    for note in notes:
        warnings.warn(note, BayeswrapWarning, stacklevel=2)
    return LikelihoodRatioTest(
        statistic=statistic,
        df=df,
        p_value=p_value,
        small=small.record.program_name,
        large=large.record.program_name,
        log_likelihoods=(small.log_likelihood, large.log_likelihood),
        notes=notes,
    )


def _require_sameoutcome_variables(small: ModeResult, large: ModeResult) -> None:
    """Require equal outcomes: nested programs may take different predictors."""
    if small.record.data_hash == large.record.data_hash:
        return
    if small.problem is None or large.problem is None:
        raise ComparisonError(
            "these fits are on different data, and saved estimates hold none to compare",
            got="two data fingerprints",
            do="make both estimates again with Model",
        )
    first, second = small.problem.data.values, large.problem.data.values
    outcomes = outcome_variables(small) | outcome_variables(large)
    shared = outcomes & set(first) & set(second)
    differ = [n for n in sorted(shared) if not np.array_equal(first[n], second[n])]
    if differ or not shared or outcomes - shared:
        raise ComparisonError(
            "a likelihood-ratio test compares fits to the same outcomes",
            got=f"different values of {', '.join(differ)}"
            if differ
            else f"outcomes that are not in both: {', '.join(sorted(outcomes - shared)) or 'none'}",
            do="fit both programs to the same rows, with the outcome under the same name",
        )


def _edge_notes(small: ModeResult, large: ModeResult, df: int, p_value: float) -> tuple[str, ...]:
    """Return whether the constraint may lie on the edge of the parameter space."""
    shared = {variable_of(n) for n in small.layout.parameters}
    new = [n for n in large.layout.parameters if variable_of(n) not in shared]
    bounded = [n for n in new if _has_end(large, n)]
    bounded += [n for n in small.layout.parameters if _at_its_end(small, n)]
    if not bounded and Status.BOUNDARY not in {small.status, large.status}:
        return ()
    labels = {**small.labels, **large.labels}
    what = f" of {', '.join(labels.get(n, n) for n in bounded)}" if bounded else ""
    note = (
        f"the constraint may lie on the edge of the support{what}: the chi-square p-value is then "
        "too large (Self & Liang 1987)"
    )
    half = f"; for one parameter on its edge the p-value is half of it, {p_value / 2:.4g}"
    return (note + half if df == 1 else note,)


def _has_end(estimate: ModeResult, name: str) -> bool:
    row = estimate.layout.names.index(name)
    return bool(np.isfinite(estimate.supports[row]).any()) and not _is_constant(estimate, row)


def _at_its_end(estimate: ModeResult, name: str) -> bool:
    row = estimate.layout.names.index(name)
    at_end = bool((estimate.supports[row] == estimate.values[row]).any())
    return at_end and not _is_constant(estimate, row)


def _is_constant(estimate: ModeResult, row: int) -> bool:
    """Return whether a scalar cannot vary, as the first entry of a factor of correlations."""
    return bool(estimate.spread[row] == 0)
