"""Parameters that no proper prior reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from bayeswrap.program.program import Program

__all__ = [
    "improper_parameters",
    "unbounded_parameters",
]


def improper_parameters(program: Program) -> list[str]:
    """Return the parameters without a prior of their own whose support is not compact."""
    told: set[str] = set()
    for statement in program.statements:
        if statement.role in {Role.PRIOR, Role.POPULATION}:
            told |= statement.outcome
    unbounded = unbounded_parameters(program)
    own = program.variables_in("parameters")
    return [v.name for v in own if v.name in unbounded and v.name not in told]


def unbounded_parameters(program: Program) -> set[str]:
    """Return the parameters whose support is not compact: a flat prior on them is improper."""
    own = program.variables_in("parameters")
    return {v.name for v in own if not v.declaration.constraint.compact}
