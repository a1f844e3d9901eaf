"""Codes of checks as people call them, and the flags of each scalar in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.report.document.numbers import fixed
from bayeswrap.thresholds import R_HAT_MAX, SENSITIVE
from bayeswrap.verdicts.check import Outcome

if TYPE_CHECKING:
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "modes_exist",
    "name_of",
    "words_by_scalar",
]


_NAMES = {
    "sampler_not_converged": "convergence of the chains",
    "divergences_expected": "trajectories of the sampler",
    "improper_posterior": "propriety of the posterior",
    "mle_does_not_exist": "existence of the MLE",
    "map_does_not_exist": "existence of the MAP",
    "unbounded_density": "a bounded density",
    "optimum_at_infinity": "a finite maximum",
    "not_identified": "identifiability",
    "weakly_identified": "weak identification",
    "non_regular": "regularity",
    "boundary_estimate": "maximum inside the support",
    "multimodal": "one mode",
    "label_switching": "one labelling",
    "local_optimum": "global maximum",
    "joint_mode_degenerate": "joint mode of a hierarchy",
    "mode_far_from_mass": "mode within the posterior mass",
    "ill_conditioned": "numerical conditioning",
    "non_gaussian_posterior": "point estimate against posterior",
    "map_depends_on_parametrisation": "dependence of the MAP on the scale",
    "prior_data_conflict": "agreement of prior and data",
    "laplace_unreliable": "Laplace approximation",
    "recommend_marginal_or_full_bayes": "a mode that can be reported",
    "out_of_time": "time for all checks",
}
# what a failure means for a scalar that the check names
_FLAGS = {
    "non_gaussian_posterior": "mode differs from posterior",
    "boundary_estimate": "on the edge",
    "weakly_identified": "weakly identified",
    "not_identified": "not identified",
    "optimum_at_infinity": "no finite maximum",
    "prior_data_conflict": "prior against data",
    "label_switching": "labels switch",
    "improper_posterior": "improper",
}


def name_of(code: str) -> str:
    """Return what a check asks, for people.

    Examples
    --------
    >>> name_of("multimodal"), name_of("some_new_check")
    ('one mode', 'some new check')
    """
    return _NAMES.get(code, code.replace("_", " "))


def modes_exist(comparison: ComparisonResult) -> bool:
    """Return whether every mode of the posterior that was sought exists, and one was."""
    modes = [p for p in comparison.lineup.points if p.scale is not None]
    return bool(modes) and all(p.status.is_estimate for p in modes)


def words_by_scalar(comparison: ComparisonResult) -> dict[str, tuple[str, ...]]:
    """Return the flags of each declared scalar, the most serious first; few have any."""
    words: dict[str, dict[str, None]] = {}
    for name, word in _diagnosed(comparison):
        words.setdefault(name, {}).setdefault(word)
    for check in comparison.verdict.checks:
        word = _FLAGS.get(check.code, "")
        if check.code == "optimum_at_infinity" and modes_exist(comparison):
            word = "no finite MLE"
        if check.outcome is Outcome.FAILED and word:
            for name in check.parameters:
                words.setdefault(name, {}).setdefault(word)
    for name in _sensitive(comparison):
        words.setdefault(name, {}).setdefault("prior-sensitive")
    return {name: tuple(of_one) for name, of_one in words.items()}


def _diagnosed(comparison: ComparisonResult) -> list[tuple[str, str]]:
    """Return the scalars whose chains disagree, with their R-hat."""
    table = comparison.frame
    if "r_hat" not in table:
        return []
    high = table["r_hat"][table["r_hat"] > R_HAT_MAX.value]
    return [(str(name), f"R\N{NON-BREAKING HYPHEN}hat {fixed(v, 2)}") for name, v in high.items()]


def _sensitive(comparison: ComparisonResult) -> list[str]:
    table = comparison.frame
    if "psense_prior" not in table:
        return []
    values = table["psense_prior"].to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        return [str(n) for n in table.index[values >= SENSITIVE.value]]
