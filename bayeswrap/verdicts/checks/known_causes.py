"""Why draws are poor, where that is known, and the remedy: a longer run would not help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import TRAJECTORY_STEPS
from bayeswrap.verdicts.check import Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.diagnosis.modes.funnel import Funnel
    from bayeswrap.diagnosis.modes.label_symmetry import LabelSymmetry
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "KnownCause",
    "UnequalScales",
    "known_cause",
    "unequal_scales",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCause:
    """Why the draws are poor.

    Attributes
    ----------
    name : str
        What it is called.
    clause : str
        The cause in words.
    remedy : str
        What to change in the program.
    """

    name: str
    clause: str
    remedy: str


def known_cause(lineup: Lineup, evidence: Evidence, checks: Sequence[Check]) -> KnownCause | None:
    """Return why the draws are poor, the most certain cause first; None where nothing is known.

    Parameters
    ----------
    lineup : Lineup
        The results.
    evidence : Evidence
        What was measured.
    checks : sequence of Check
        Those of modes and approximations.
    """
    if lineup.posterior is None:
        return None
    if evidence.symmetry is not None:
        return _of_labels(evidence.symmetry)
    diagnostics = lineup.posterior.diagnostics
    if not diagnostics.problems:
        return None
    failed = {c.code: c for c in checks if c.outcome is Outcome.FAILED}
    if diagnostics.mixing_problems and "label_switching" in failed:
        switching = failed["label_switching"]
        return KnownCause(
            name="label_switching", clause=switching.evidence, remedy=switching.advice
        )
    return _of_shape(lineup, evidence, checks, failed)


def _of_shape(
    lineup: Lineup, evidence: Evidence, checks: Sequence[Check], failed: Mapping[str, Check]
) -> KnownCause | None:
    """Return a cause in the shape of the posterior: modes, a funnel, ridges, scales."""
    draws = lineup.posterior
    # of several searches the last is that of the posterior
    modes = next((c for c in reversed(checks) if c.code == "multimodal"), None)
    apart = draws is not None and draws.diagnostics.mixing_problems
    if (
        modes is not None
        and modes.outcome is Outcome.FAILED
        and apart
        and "and at" in modes.evidence
    ):
        return KnownCause(
            name="separate_modes",
            clause=f"the posterior has separate modes: {modes.evidence}",
            remedy="report all modes; a longer run does not weigh modes that chains do not leave",
        )
    if evidence.funnel is not None:
        return _of_funnel(evidence.funnel)
    if "not_identified" in failed:
        return _of_rank(failed["not_identified"], lineup, evidence)
    scales = unequal_scales(lineup)
    if scales is not None:
        return KnownCause(
            name="unequal_scales",
            clause=scales.clause(),
            remedy="give the parameters similar scales",
        )
    return _of_ridge(failed)


def _of_labels(symmetry: LabelSymmetry) -> KnownCause:
    return KnownCause(
        name="label_switching",
        clause=f"the labels of the {symmetry.components} components switch: the density is the "
        f"same under each labelling of {_listed(symmetry.variables)}, and the draws visit several",
        remedy=f"{_ordering(symmetry)}, or summarise the draws after relabelling",
    )


def _ordering(symmetry: LabelSymmetry) -> str:
    k, name, kind = symmetry.components, symmetry.ordered, symmetry.ordered_type
    if kind:
        return f"declare {kind}[{k}] {name}, so that its components have an order"
    return f"give {name} an order, such as by ordered[{k}] on an unbounded scale"


def _of_funnel(funnel: Funnel) -> KnownCause:
    name = funnel.effects
    noncentred = (
        f"{_shifted(funnel, f'{name}_raw')} with {name}_raw ~ std_normal()"
        if funnel.scale
        else "location + scale * z with z ~ std_normal()"
    )
    return KnownCause(
        name="centred_funnel",
        clause=f"the spread of the centred effects {name} (line {funnel.line}) varies by a factor "
        f"of {funnel.neck:.2g} below its median, a funnel that no step size fits",
        remedy=f"use a non-centred parametrisation: {noncentred}",
    )


def _shifted(funnel: Funnel, raw: str) -> str:
    """Return the effects in terms of standard normal ones, in Stan's words."""
    # of the operators of a scale, sums and conditions bind less than the product
    scale = f"({funnel.scale})" if re.search(r"[-+?<>]", funnel.scale) else funnel.scale
    location = "" if funnel.location in {"0", "0.0"} else f"{funnel.location} + "
    return f"{funnel.effects} = {location}{scale} * {raw}"


def _of_rank(check: Check, lineup: Lineup, evidence: Evidence) -> KnownCause:
    mle = lineup.mle
    n, p = evidence.observations, 0 if mle is None else len(mle.coordinates)
    few = f"; there are {n} observations for {p} parameters" if n and n < p else ""
    return KnownCause(
        name="not_identified",
        clause=f"{check.evidence}{few}",
        remedy="leave out what is redundant, or give it a prior that states its scale",
    )


def _of_ridge(failed: Mapping[str, Check]) -> KnownCause | None:
    ridge = failed.get("mode_far_from_mass") or failed.get("laplace_unreliable")
    # the joint mode of a hierarchy is far from the draws for a reason of its own
    if ridge is None or "joint_mode_degenerate" in failed:
        return None
    return KnownCause(
        name="curved_ridge",
        clause=f"the posterior is a curved or long ridge, far from normal: {ridge.evidence}",
        remedy="write the program in parameters that depend less on each other, such as a product "
        "in place of its factors",
    )


@dataclass(frozen=True, slots=True)
class UnequalScales:
    """The widest and the narrowest scale of a posterior, too far apart for one trajectory."""

    widest: str
    narrowest: str
    ratio: float

    def clause(self) -> str:
        """Return the cause in words."""
        return (
            f"the standard deviation of {self.widest} is {self.ratio:.0e} times that of "
            f"{self.narrowest}, and a trajectory of NUTS has at most {TRAJECTORY_STEPS.value} "
            "steps of the smallest"
        )


def unequal_scales(lineup: Lineup) -> UnequalScales | None:
    """Return the scales that no trajectory spans; None where they are similar, or unknown."""
    modes = [m for m in (lineup.map_unconstrained, lineup.mle) if m is not None]
    for mode in modes:
        if mode.status is Status.CONVERGED and mode.marginal is None:
            sds = np.linalg.norm(mode.optimum.root, axis=1)
            ratio = float(sds.max() / sds[sds > 0].min())
            if ratio > TRAJECTORY_STEPS.value:
                widest, narrowest = (mode.coordinates[int(i)] for i in (sds.argmax(), sds.argmin()))
                return UnequalScales(widest, narrowest, ratio)
    return None


def _listed(names: Sequence[str]) -> str:
    return " and ".join(w for w in (", ".join(names[:-1]), names[-1]) if w)
