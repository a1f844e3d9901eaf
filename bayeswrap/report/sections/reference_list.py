"""What a report cites: exactly what its methods text rests on."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import BIBLIOGRAPHY, CITED_BAYESWRAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "CITED",
    "References",
    "reference_list",
]


class References(enum.StrEnum):
    """The works that a methods text may cite."""

    STAN = "stan"
    NUTS = "nuts"
    R_HAT = "r_hat"
    POWER_SCALING = "power_scaling"
    LOO = "loo"


CITED = {
    References.STAN: "Carpenter et al. 2017",
    References.NUTS: "Hoffman and Gelman 2014",
    References.R_HAT: "Vehtari et al. 2021",
    References.POWER_SCALING: "Kallioinen et al. 2024",
    References.LOO: "Vehtari, Gelman and Gabry 2017",
}


def reference_list(comparison: ComparisonResult, assessment: Assessment) -> tuple[str, ...]:
    """Return the references in alphabetical order, bayeswrap among them."""
    version = comparison.record.versions.get("bayeswrap", "")
    own = CITED_BAYESWRAP.format(f" (version {version})" if version[:1].isdigit() else "")
    works = (BIBLIOGRAPHY[key] for key in _keys(comparison, assessment))
    return tuple(sorted((own, *works), key=str.lower))


def _keys(comparison: ComparisonResult, assessment: Assessment) -> Iterator[References]:
    yield References.STAN
    if comparison.lineup.posterior is not None:
        yield from (References.NUTS, References.R_HAT)
    if "psense_prior" in comparison.frame:
        yield References.POWER_SCALING
    if assessment.loo is not None:
        yield References.LOO
