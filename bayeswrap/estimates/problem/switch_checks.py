"""Checks that a weighted program must pass before it is used.

Roles are read off the text; these checks compare numbers. With all parts off the density must be
that of the program with an empty model block; with all parts on it must be the user's own; and the
prior must not move when the outcomes do.

Some rows of long data serve, and a program that passed is not held up again for other data: see
`checked_rows`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import DataError, EngineError, RoleError
from bayeswrap.estimates.problem.checked_rows import Findings, some_rows_of
from bayeswrap.estimates.problem.log_density import ALL_OFF, ModelDensity
from bayeswrap.program.flow.provenance import origins_of, roots
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.external_functions import for_evaluation
from bayeswrap.program.syntax.tree import Declaration
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.engine.density import Density
    from bayeswrap.program.program import Program

__all__ = [
    "perturbed",
    "require_sound_weights",
    "require_still_prior",
]


_POINTS = 3
_TRIES = 30
_TOLERANCE = 1e-9  # relative to log density and gradient
_SOUND = Findings()
_PRIOR = PartWeights(prior=1, population=0, likelihood=0)


def require_sound_weights(program: Program, density: ModelDensity) -> None:
    """Compare the weighted program with the user's own, at random points.

    Parameters
    ----------
    program : Program
        The user's program.
    density : ModelDensity
        The weighted one, with its data.

    Raises
    ------
    RoleError
        A part of the program is not behind its weight, or a prior moves with the outcomes.
    """
    if _SOUND.holds(program, density):
        return
    sample = some_rows_of(program, density)
    if (sample and _compared(program, sample)) or _compared(program, density):
        _SOUND.add(program, density)


def _compared(program: Program, density: ModelDensity) -> bool:
    """Compare, and return whether there was a point to compare at."""
    points = _points(density)
    _require_same(density.of(ALL_OFF), _plain(program.without_model(), density), points, "off")
    _require_same(density.of(PartWeights()), _plain(program.source, density), points, "on")
    _require_same_prior(program, density, points)
    return bool(points)


def require_still_prior(program: Program, density: ModelDensity) -> None:
    """Hold the prior against other outcomes alone.

    Parameters
    ----------
    program : Program
        The user's program.
    density : ModelDensity
        The weighted one, with its data.

    Raises
    ------
    RoleError
        A prior moves with the outcomes.
    """
    _require_same_prior(program, density, _points(density))


def _points(density: ModelDensity) -> list[np.ndarray]:
    """Return points where the whole program has a finite density; fewer where they are rare."""
    whole, rng = density.of(PartWeights()), np.random.default_rng(1)
    points: list[np.ndarray] = []
    for attempt in range(_TRIES):
        q = rng.uniform(-1, 1, whole.dimension) * (1 - attempt / _TRIES)
        if np.isfinite(whole.evaluate(q)[0]):
            points.append(q)
        if len(points) == _POINTS:
            break
    return points


def _plain(source: str, density: ModelDensity) -> InProcessDensity:
    mir = translate(for_evaluation(source), density.name)
    return InProcessDensity(mir=mir, data=density.data.text(), name=density.name)


def _require_same(
    weighted: Density, plain: InProcessDensity, points: list[np.ndarray], switches: str
) -> None:
    for q in points:
        (a, da), (b, db) = weighted.evaluate(q), plain.evaluate(q)
        if not np.isfinite(a) and not np.isfinite(b):
            continue
        scale = max(1.0, abs(b), float(np.abs(db).max(initial=0.0)))
        gap = max(abs(a - b), float(np.abs(da - db).max(initial=0.0)))
        if not gap <= _TOLERANCE * scale:
            raise RoleError(
                f"the program with all its parts {switches} is not what it must be",
                where=plain.name,
                got=f"log density {a:.12g} instead of {b:.12g}",
                do="please report the program; until then run it by cmdstanpy itself",
            )


def _require_same_prior(program: Program, density: ModelDensity, points: list[np.ndarray]) -> None:
    for name, values in perturbed(program, density.data.values):
        data = density.data.with_values({name: values})
        try:
            changed = replace(density, data=data).of(_PRIOR)
        except (DataError, EngineError):
            continue  # these values violate a constraint of the data block: they prove nothing
        prior = density.of(_PRIOR)
        for q in points:
            a, b = prior.evaluate(q)[0], changed.evaluate(q)[0]
            if np.isfinite([a, b]).all() and abs(a - b) > _TOLERANCE * max(1.0, abs(a)):
                raise RoleError(
                    f"the prior moves when the outcome {name!r} does: some statement has the "
                    "wrong role",
                    where=program.name,
                    got="\n" + str(program.roles()),
                    do="say the role of the statement that holds both, with roles=",
                )


def perturbed(
    program: Program, values: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each outcome of the data with other values of it, inside the range of the old ones.

    Outcomes that set a prior, or the support of a parameter, are left out: the prior may depend
    on them.
    """
    origins = origins_of(program.tree)
    likelihood, others = program.of_role(Role.LIKELIHOOD), program.of_role(Role.PRIOR)
    outcomes = roots((n for s in likelihood for n in s.data), origins)
    in_priors = roots((n for s in others for n in (*s.hyper, *s.data)), origins)
    for name in sorted(outcomes - in_priors - _in_declarations(program, origins)):
        new = _other_values(np.asarray(values[name])) if name in values else None
        if new is not None:
            yield name, new


def _in_declarations(program: Program, origins: Mapping[str, frozenset[str]]) -> frozenset[str]:
    declared = (d for d in program.tree.blocks["parameters"] if isinstance(d, Declaration))
    used = (e.name for d in declared for part in (*d.dims, *d.bounds) for e in part.walk())
    return roots((n for n in used if n), origins)


def _other_values(old: np.ndarray) -> np.ndarray | None:
    """Return the values in another order, mixed with the old ones where they are no integers."""
    if old.ndim == 0 or old.dtype == object:
        return None
    new = old[::-1] if not np.array_equal(old[::-1], old) else np.roll(old, 1, axis=0)
    if np.array_equal(new, old):
        return None
    return np.asarray(new if np.issubdtype(old.dtype, np.integer) else 0.9 * old + 0.1 * new)
