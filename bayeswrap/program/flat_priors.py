"""Parameters that no proper prior reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.patterns import (
    PARTIAL_SUMS,
    family,
    is_cumulative,
    is_density,
    literal,
    summands,
)
from bayeswrap.program.syntax.tree import Assign, Expression, Target, Tilde

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.program.program import Program
    from bayeswrap.program.roles.role import TargetStatement
    from bayeswrap.program.weights.part_weights import PartWeights

__all__ = [
    "improper_parameters",
    "without_proper_prior",
]


def improper_parameters(program: Program) -> list[str]:
    """Return the parameters without a prior statement whose support is not compact.

    A flat prior on such a parameter is improper.
    """
    priors = (s for s in program.statements if s.role in {Role.PRIOR, Role.POPULATION})
    with_prior = frozenset[str]().union(*(s.outcome for s in priors))
    unbounded = _unbounded_parameters(program)
    declared = program.variables_in("parameters")
    return [v.name for v in declared if v.name in unbounded - with_prior]


def without_proper_prior(program: Program, parts: PartWeights) -> set[str]:
    """Return the parameters whose prior may be improper when some parts are off.

    A prior is certainly proper where it is one density of this parameter alone, and of the whole
    of it: ``x[1] ~ normal(0, 1)`` leaves the other elements flat, ``sum(x) ~ normal(0, 1)`` all
    but one direction.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.
    parts : PartWeights
        A prior of weight 0 counts for nothing.
    """
    weights = {Role.PRIOR: parts.prior, Role.POPULATION: parts.population}
    proper: set[str] = set()
    for statement in program.statements:
        if weights.get(statement.role) and not statement.dead and len(statement.outcome) == 1:
            outcomes = list(_outcomes(program, statement))
            if outcomes and not any(map(_is_partial, outcomes)):
                proper |= statement.outcome
    return _unbounded_parameters(program) - proper


def _unbounded_parameters(program: Program) -> set[str]:
    """Return the parameters whose support is not compact."""
    declared = program.variables_in("parameters")
    return {v.name for v in declared if not v.declaration.constraint.compact}


def _outcomes(program: Program, statement: TargetStatement) -> Iterator[Expression]:
    """Yield the outcomes of the densities that a statement, or a term of its sum, adds."""
    match program.classified.nodes[statement.position].node:
        case Tilde(outcome=outcome):
            yield outcome
        case Target(expression=added) | Assign(rhs=Expression(args=(_, added))):
            terms = summands(added)
            for i in statement.summands or range(len(terms)):
                yield from _outcomes_in(terms[i])


def _outcomes_in(term: Expression) -> Iterator[Expression]:
    for e in term.walk():
        if is_density(e) and not is_cumulative(e.name):
            yield e.args[0]
        elif e.name in PARTIAL_SUMS and family(e.args[0].name) != e.args[0].name:
            yield e.args[1]


def _is_partial(outcome: Expression) -> bool:
    """Return whether an outcome is an element, or a sum, of what it names."""
    for e in outcome.walk():
        indices = e.args[1:] if e.head == "Indexed" else ()
        if any(literal(inner) for index in indices for inner in index.walk()):
            return True
        if e.head == "FunApp" and e.name in {"sum", "mean"}:
            return True
    return False
