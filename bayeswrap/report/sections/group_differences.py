"""Which groups differ: elements of a vector of effects against the mean of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.report.sections.recommended import effects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "difference_sentences",
    "differing_elements",
]


_NAMED = 8  # elements that a sentence names
_PAIR = 2  # elements, each of which differs from the mean as much as the other


def differing_elements(
    posterior: Posterior, names: Sequence[str], ci_prob: float
) -> tuple[list[str], list[str]]:
    """Return the elements that lie below, and above, the mean of all elements.

    An element does where the equal-tailed interval of its difference from the mean, draw by draw,
    excludes 0. An interval of the element itself would ask whether it differs from 0, which is
    where a population distribution may or may not have its centre.

    Parameters
    ----------
    posterior : Posterior
        The draws.
    names : sequence of str
        All elements of one vector, by Stan's names.
    ci_prob : float
        Coverage of the intervals.
    """
    places = [posterior.layout.names.index(n) for n in names]
    draws = posterior.draws[:, :, places].reshape(-1, len(places))
    tail = (1 - ci_prob) / 2
    low, high = np.quantile(draws - draws.mean(axis=1, keepdims=True), [tail, 1 - tail], axis=0)
    below = [n for n, end in zip(names, high, strict=True) if end < 0]
    return below, [n for n, end in zip(names, low, strict=True) if end > 0]


def difference_sentences(
    comparison: ComparisonResult, variable: str, names: Sequence[str]
) -> tuple[str, ...]:
    """Return which elements of group effects differ, in words; nothing for other variables.

    Effects of several coefficients are a matrix: each column has a sentence of its own.
    """
    posterior = comparison.lineup.posterior
    if posterior is None or variable not in effects_of(comparison):
        return ()
    columns: dict[str, list[str]] = {}
    for name in names:
        columns.setdefault(name.rpartition(",")[2] if "," in name else "", []).append(name)
    return tuple(
        _sentence(comparison, posterior, key, some)
        for key, some in columns.items()
        if len(some) > _PAIR
    )


def _sentence(
    comparison: ComparisonResult, posterior: Posterior, column: str, names: Sequence[str]
) -> str:
    below, above = differing_elements(posterior, names, comparison.ci_prob)
    count, percent = len(below) + len(above), f"{100 * comparison.ci_prob:g} %"
    label = comparison.labels.get(names[0], names[0]).rpartition(",")[2].rstrip("]")
    first = (
        f"{f'{label}: ' * bool(column)}{count} of {len(names)} elements "
        f"{'differs' if count == 1 else 'differ'} from the mean of all {len(names)}: the {percent} "
        "credible interval of the difference excludes 0."
    )
    lists = [
        f"{where}: {_listed(comparison, some, matrix=bool(column))}."
        for where, some in (("Below the mean", below), ("Above the mean", above))
        if some
    ]
    return " ".join([first, *lists, "The intervals are not adjusted for their number."])


def _listed(comparison: ComparisonResult, names: Sequence[str], *, matrix: bool) -> str:
    """Return the groups of a few labels: what stands in the brackets, without the column."""
    labels = [comparison.labels.get(n, n) for n in names[:_NAMED]]
    inner = [label.partition("[")[2].removesuffix("]") or label for label in labels]
    groups = [label.rpartition(",")[0] or label for label in inner] if matrix else inner
    return ", ".join(groups) + f" and {len(names) - _NAMED} more" * (len(names) > _NAMED)
