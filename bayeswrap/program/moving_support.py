"""Likelihood statements whose support moves with parameters: where usual asymptotics fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variables_of
from bayeswrap.program.flow.provenance import origins_of, roots
from bayeswrap.program.flow.support_ends import SMOOTH
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.single_statement import names
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.patterns import SIZES, family
from bayeswrap.program.syntax.tree import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.program.flow.values import Density
    from bayeswrap.program.program import Program
    from bayeswrap.program.roles.role import TargetStatement
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "MovingSupport",
    "bounds_of_outcomes",
    "moving_supports",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingSupport:
    """A likelihood statement whose support depends on parameters.

    Attributes
    ----------
    line : int
        Of the statement.
    text : str
        The statement.
    parameters : tuple of str
        Which parameters move an end of the support.
    reason : str
        One sentence.
    """

    line: int
    text: str
    parameters: tuple[str, ...]
    reason: str


def moving_supports(program: Program) -> tuple[MovingSupport, ...]:
    """Return the likelihood statements whose support depends on parameters.

    The likelihood then jumps, or has its maximum on an edge: standard errors from curvature and
    chi-square limits do not hold.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.

    Notes
    -----
    Smith (1985), Biometrika 72:67, doi:10.1093/biomet/72.1.67: an end of the support is a regular
    parameter where the density vanishes there faster than linearly. ``wiener`` and a shifted
    ``lognormal`` vanish faster than any power, so they are left out.

    Examples
    --------
    >>> from bayeswrap import Program
    >>> program = Program.from_string(
    ...     "data { vector[5] y; } parameters { real<lower=max(y)> theta; }"
    ...     "model { y ~ uniform(0, theta); }")
    >>> [s.parameters for s in moving_supports(program)]
    [('theta',)]
    """
    bounds = _bounds(program)
    supports = (_moving(program, s, bounds) for s in program.of_role(Role.LIKELIHOOD))
    return tuple(s for s in supports if s is not None)


def bounds_of_outcomes(program: Program) -> frozenset[str]:
    """Return the parameters with a bound that is made of outcomes in whose density they stand.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.

    Examples
    --------
    >>> from bayeswrap import Program
    >>> program = Program.from_string(
    ...     "data { vector[5] y; } parameters { real<upper=min(y)> tau; real<lower=0> s; }"
    ...     "model { y - tau ~ lognormal(0, s); }")
    >>> sorted(bounds_of_outcomes(program))
    ['tau']
    """
    bounds = _bounds(program)
    if not any(behind for _, behind in bounds.values()):
        return frozenset()
    origins = origins_of(program.tree)
    return frozenset(
        name
        for statement in program.of_role(Role.LIKELIHOOD)
        for name, (_, behind) in bounds.items()
        if behind & roots(statement.data, origins) and name in statement.parents | statement.outcome
    )


def _moving(
    program: Program, statement: TargetStatement, bounds: dict[str, tuple[str, frozenset[str]]]
) -> MovingSupport | None:
    densities = _densities(program, statement)
    edges = variables_of(e for d in densities for e in d.edges)
    origins = origins_of(program.tree)
    observed = roots(statement.data, origins)
    bounded = {
        name: text
        for name, (text, behind) in bounds.items()
        if behind & observed and name not in edges and not _is_regular(name, densities)
    }
    if not (edges or bounded):
        return None
    reasons = []
    if edges:
        verb = "moves" if len(edges) == 1 else "move"
        reasons.append(f"{names(edges)} {verb} an end of the support of the outcome")
    reasons += [
        f"the bound of {name}, {text}, is made of the outcome" for name, text in bounded.items()
    ]
    return MovingSupport(
        line=statement.line,
        text=statement.text,
        parameters=tuple(sorted(edges | bounded.keys())),
        reason=f"{', and '.join(reasons)}, so the likelihood is not smooth there",
    )


def _densities(program: Program, statement: TargetStatement) -> list[Density]:
    summands = program.classified.nodes[statement.position].summands
    chosen = statement.summands or range(len(summands))
    return [d for i in chosen for d in summands[i].densities if d.outcome.data]


def _is_regular(name: str, densities: list[Density]) -> bool:
    """Return whether a parameter has no part in a statement, or one in smooth densities alone."""
    own = [
        d for d in densities if name in variables_of(d.outcome.parameters | d.arguments.parameters)
    ]
    return all(family(d.name) in SMOOTH for d in own)


def _bounds(program: Program) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the text of bounds and the data behind them, by parameter."""
    origins, bounds = origins_of(program.tree), dict[str, tuple[str, frozenset[str]]]()
    for d in program.tree.blocks["parameters"]:
        if isinstance(d, Declaration) and d.constraint.bounds:
            used = {name for bound in d.bounds for name in _by_value(bound)}
            text = " and ".join(unparse(bound) for bound in d.bounds if any(_by_value(bound)))
            bounds[d.name] = text, roots(used & origins.keys(), origins)
    return bounds


def _by_value(expression: Expression) -> Iterator[str]:
    """Yield the variables whose values, not sizes, an expression is made of."""
    if expression.head == "Variable":
        yield expression.name
    elif not (expression.head == "FunApp" and expression.name in SIZES):
        for part in expression.args:
            yield from _by_value(part)
