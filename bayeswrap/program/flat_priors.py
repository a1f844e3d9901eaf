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
from bayeswrap.program.syntax.tree import Assign, Declaration, Expression, Target, Tilde

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
    but one direction. A density of a parameter that others shift is one of this parameter, given
    the others: ``a + dot_product(m, b) ~ normal(0, 1)`` where the prior of ``b`` is proper.

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
    unbounded = _unbounded_parameters(program)
    for statement in program.statements:
        if weights.get(statement.role) and not statement.dead:
            proper |= _shifted(program, statement, unbounded - proper)
    return unbounded - proper


def _shifted(program: Program, statement: TargetStatement, open_ones: set[str]) -> set[str]:
    """Return the parameter that is the outcome of a density but for a shift by others.

    The integral of the density over it is at most 1 wherever the others stand, so the prior is
    proper if theirs is. Values that the program computes may hold the parameter, and count not.
    """
    node = program.classified.nodes[statement.position].node
    if not isinstance(node, Tilde) or len(statement.outcome & open_ones) != 1:
        return set()
    (name,) = statement.outcome & open_ones
    terms = _terms(node.outcome)
    alone = [t for t in terms if t.head == "Variable" and t.name == name]
    rest = [e for t in terms if t not in alone for e in t.walk() if e.head == "Variable"]
    plain = {*_declared(program), *(statement.outcome - {name})}
    args = [e for arg in node.args for e in arg.walk() if e.head == "Variable"]
    is_shift = len(alone) == 1 and alone[0].type == node.outcome.type
    return {name} if is_shift and all(e.name in plain for e in (*rest, *args)) else set()


def _terms(expression: Expression) -> list[Expression]:
    """Return the terms of a sum of scalars or of vectors."""
    while expression.head == "Paren":
        expression = expression.args[0]
    if expression.head == "BinOp" and expression.name in {"Plus", "Minus"}:
        return [term for part in expression.args for term in _terms(part)]
    return [expression]


def _declared(program: Program) -> set[str]:
    """Return the names of data and of what is computed of them once."""
    blocks = program.tree.blocks
    declared = (d for block in ("data", "transformed data") for d in blocks[block])
    return {d.name for d in declared if isinstance(d, Declaration)}


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
