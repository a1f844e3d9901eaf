"""The checks behind a verdict: each with code, outcome, evidence, threshold, reference, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.verdicts.checks.approximation_checks import approximations
from bayeswrap.verdicts.checks.existence_checks import (
    improper,
    irregular,
    separated,
    weakly_identified,
)
from bayeswrap.verdicts.checks.gap_checks import (
    depends_on_scale,
    prior_conflict,
    shape_of_posterior,
)
from bayeswrap.verdicts.checks.known_causes import known_cause
from bayeswrap.verdicts.checks.maximum_checks import conditioning, existence
from bayeswrap.verdicts.checks.mode_checks import joint_mode, mode_and_mass, other_modes
from bayeswrap.verdicts.checks.sampler_checks import sampler

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.verdicts.check import Check
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "run_checks",
]


def run_checks(
    lineup: Lineup, frame: pd.DataFrame, evidence: Evidence, *, has_population: bool
) -> tuple[Check, ...]:
    """Run all checks that the results allow.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows of `alignment.align`.
    evidence : Evidence
        What was measured beside the results.
    has_population : bool
        Whether the program has population statements.
    """
    checks = (
        *improper(evidence),
        *existence(lineup, evidence.separation),
        *separated(lineup, evidence),
        *irregular(evidence),
        *weakly_identified(evidence),
        *other_modes(lineup, evidence),
        *joint_mode(lineup, evidence, has_population=has_population),
        *mode_and_mass(lineup, evidence),
        *conditioning(lineup),
        *shape_of_posterior(lineup, frame),
        *depends_on_scale(lineup, frame),
        *prior_conflict(lineup, frame),
        *approximations(lineup, frame, evidence),
    )
    return (*sampler(lineup, known_cause(lineup, evidence, checks)), *checks)
