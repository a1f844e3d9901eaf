"""From a marginal optimum to a `PointEstimate`: effects get modes and conditional deviations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import EngineError
from bayeswrap.estimates.inference.delta_method import delta_root
from bayeswrap.estimates.point_estimates.estimate_at_optimum import (
    VerifiedMode,
    estimate_at_optimum,
)
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.marginal import Integral, Marginal
from bayeswrap.estimates.results.mode_result import LogParts
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from bayeswrap.estimates.marginal_likelihood.joint_density import Joint
    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "MarginalOptimum",
    "marginal_estimate",
]


_NOTE = "integrated out: its conditional mode"
_FOLLOWS = "depends on what was integrated out: at the conditional modes"
_MANY = 200  # effects; beyond it only they themselves get conditional deviations
_SHOWN = frozenset({"parameters", "transformed parameters"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginalOptimum:
    """Where the search for a marginal maximum ended.

    Attributes
    ----------
    optimum : Optimum
        With all coordinates.
    inner : Inner or None
        The effects there; None where they have no mode.
    joint : Joint
        What was integrated.
    flat : (dimension,) array of bool
        Coordinates that no statement reaches.
    latent : tuple of str
        Variables that were integrated out.
    integral : Integral
        How.
    """

    optimum: Optimum
    inner: Inner | None
    joint: Joint
    flat: np.ndarray
    latent: tuple[str, ...]
    integral: Integral


def marginal_estimate(
    problem: Problem, end: MarginalOptimum, started: float, warnings: tuple[str, ...]
) -> PointEstimate:
    """Return the estimate that a marginal optimum amounts to.

    Parameters
    ----------
    problem : Problem
        What was maximised.
    end : MarginalOptimum
        Where.
    started : float
        ``time.perf_counter()`` at the start.
    warnings : tuple of str
        To stand before the estimate's own.
    """
    mode = VerifiedMode(
        optimum=end.optimum,
        flat=end.flat,
        started=started,
        warnings=warnings,
        options={"marginal": ", ".join(end.latent), "integral": str(end.integral)},
    )
    estimate = estimate_at_optimum(problem, mode)
    dependent = _dependent(problem, estimate, end)
    return replace(
        estimate,
        notes=_notes(estimate, dependent, end),
        spread=np.where(dependent, np.nan, estimate.spread),
        log_parts=_log_parts(problem, estimate, end),
        marginal=Marginal(
            latent=end.latent,
            integral=end.integral,
            effects=_effects(problem, estimate, dependent, end),
        ),
    )


def _dependent(problem: Problem, estimate: PointEstimate, end: MarginalOptimum) -> np.ndarray:
    """Return which scalars depend on the effects."""
    # next to an edge rather than on it, where effects without a scale would not show
    q = estimate.optimum.q if end.inner is None else end.inner.q
    latent, transforms, names = end.joint.latent, problem.density.transforms, estimate.layout.names
    shift = np.where(latent, np.random.default_rng(0).normal(size=q.size), 0.0)
    derived = len(names) > len(transforms.names())
    try:
        here, there = (transforms.constrain(q + s * shift, derived=derived) for s in (0.0, 0.1))
    except EngineError:  # a derived quantity that cannot be computed there has no spread either
        n = len(transforms.names())
        here, there = np.zeros(len(names)), np.arange(len(names)) >= n
    same = (here == there) | (np.isnan(here) & np.isnan(there))
    own_effects = np.array([variable_of(n) in end.latent for n in names], dtype=bool)
    return np.asarray(~same | own_effects)


def _notes(estimate: PointEstimate, dependent: np.ndarray, end: MarginalOptimum) -> dict[str, str]:
    notes = dict(estimate.notes)
    if not estimate.status.is_estimate:
        return notes
    for i in np.flatnonzero(dependent):
        name = estimate.layout.names[i]
        notes[name] = _NOTE if variable_of(name) in end.latent else notes.get(name, _FOLLOWS)
    return notes


def _effects(
    problem: Problem, estimate: PointEstimate, dependent: np.ndarray, end: MarginalOptimum
) -> pd.DataFrame:
    names, blocks = estimate.layout.names, estimate.layout.blocks
    few = int(end.joint.latent.sum()) <= _MANY
    rows = [
        i
        for i in np.flatnonzero(dependent)
        if variable_of(names[i]) in end.latent or (few and blocks[variable_of(names[i])] in _SHOWN)
    ]
    spread = np.full(len(names), np.nan)
    if end.inner is not None and estimate.status.is_estimate:
        spread = _conditional_deviations(problem, estimate, end.inner, end.joint.latent, few=few)
    return pd.DataFrame(
        {"mode": np.take(estimate.values, rows), "sd": spread[rows]},
        index=pd.Index([names[i] for i in rows], name="effect"),
    )


def _conditional_deviations(
    problem: Problem, estimate: PointEstimate, inner: Inner, latent: np.ndarray, *, few: bool
) -> np.ndarray:
    precision, transforms = inner.precision, problem.density.transforms
    names = estimate.layout.names if few else transforms.names()
    part = precision.root() if few else np.sqrt(precision.variances())[:, np.newaxis]
    root = np.zeros((latent.size, part.shape[1]))
    root[latent] = part
    rows = delta_root(problem.program, transforms, estimate.optimum.q, root, names)
    return np.asarray(np.linalg.norm(rows, axis=1))


def _log_parts(problem: Problem, estimate: PointEstimate, end: MarginalOptimum) -> LogParts:
    """Split the marginal log density into likelihood and prior, all constants in."""
    if end.inner is None:
        return replace(estimate.log_parts, likelihood=np.nan, population=0.0)
    q, density = end.inner.q, problem.density
    prior = density.log_parts(q)["prior"]
    value = end.optimum.value - end.joint.log_jacobian(q)
    value += _constants(problem, q) - (prior if problem.weights.prior else 0.0)
    touched = frozenset[str]().union(
        *(s.outcome | s.parents for s in problem.program.of_role(Role.PRIOR))
    )
    if touched & set(end.latent):
        # a prior that was integrated over cannot be separated from the likelihood
        prior, value = np.nan, np.nan if problem.weights.prior else value
    return LogParts(likelihood=value, prior=prior, population=0.0)


def _constants(problem: Problem, q: np.ndarray) -> float:
    """Return the constants that the search left out."""
    full = replace(problem.weights, normalized=True)
    parts = (problem.density.of(p).evaluate(q)[0] for p in (full, problem.weights))
    with_constants, without = parts
    return with_constants - without
