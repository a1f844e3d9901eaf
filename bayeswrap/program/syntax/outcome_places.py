"""Whether a likelihood statement observes a variable as it is, and of which families it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.patterns import PARTIAL_SUMS, family, is_density
from bayeswrap.program.syntax.tree import Target, Tilde

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.syntax.tree import Expression, Statement, Tree

__all__ = [
    "CONTAINERS",
    "family_class",
    "likelihood_families",
    "stands_alone",
]


# these give every element its place in another container
CONTAINERS = frozenset(
    {"to_vector", "to_row_vector", "to_array_1d", "to_array_2d", "to_matrix", "to_int"}
)
_PARAMETRIZATION = re.compile(r"(_(id|logit|log|cholesky|prec|2|proportion|glm|cov))+$")


def family_class(name: str) -> str:
    """Return a family without its parametrisation: ``poisson_log_glm`` is ``poisson``.

    Examples
    --------
    >>> family_class("multi_normal_cholesky"), family_class("bernoulli_logit_glm")
    ('normal', 'binomial')
    """
    plain = _PARAMETRIZATION.sub("", name).removeprefix("multi_").removeprefix("std_")
    return "binomial" if plain == "bernoulli" else plain


def likelihood_families(tree: Tree, statements: Sequence[Statement]) -> frozenset[str]:
    """Return the classes of families in likelihood statements.

    None where one of them is a density of the user's own.
    """
    names = {family(name) for s in statements for name in _calls(s)}
    own = {family(name) for name in tree.functions}
    return frozenset() if names & own else frozenset(map(family_class, names))


def _calls(statement: Statement) -> Iterator[str]:
    if isinstance(statement, Tilde):
        yield statement.distribution
    elif isinstance(statement, Target):
        for e in statement.expression.walk():
            if is_density(e):
                yield e.name
            # a partial sum names its function as an argument
            if e.head == "FunApp" and e.name in PARTIAL_SUMS:
                yield e.args[0].name


def stands_alone(name: str, statement: Tilde | Target, own: frozenset[str]) -> bool:
    """Return whether a statement observes a variable itself, or elements of it.

    Parameters
    ----------
    name : str
        The variable.
    statement : Tilde or Target
        ``y ~ normal(0, 1)`` observes ``y``, ``log(y) ~ normal(0, 1)`` does not.
    own : frozenset of str
        The user's own functions, which may return a log likelihood.
    """
    if isinstance(statement, Tilde):
        return _holds(statement.outcome, name) and _alone(statement.outcome, name)
    return _holds(statement.expression, name) and _in_densities(statement.expression, name, own)


def _holds(expression: Expression, name: str) -> bool:
    return any(e.head == "Variable" and e.name == name for e in expression.walk())


def _alone(expression: Expression, name: str) -> bool:
    """Return whether an expression is the variable, or a part of it."""
    if expression.head in {"Indexed", "Paren"}:
        return _alone(expression.args[0], name)
    if expression.head == "FunApp" and expression.name in CONTAINERS:
        return _alone(expression.args[0], name)
    return expression.head == "Variable" and expression.name == name


def _in_densities(expression: Expression, name: str, own: frozenset[str]) -> bool:
    """Return whether the variable stands alone as an argument of a density, wherever it stands."""
    if expression.head == "FunApp" and expression.name in own and not is_density(expression):
        return all(_alone(a, name) for a in expression.args if _holds(a, name))
    if is_density(expression) or _is_partial_sum(expression):
        # what it is regressed on (y[n - 1]) may be any function of it
        return all(_alone(a, name) for a in expression.args if _is_outcome(a, expression, name))
    if expression.head == "Variable":
        return expression.name != name
    if expression.head == "Indexed":
        return _in_densities(expression.args[0], name, own)
    if expression.head == "TernaryIf":
        return all(_in_densities(a, name, own) for a in expression.args[1:])
    return all(_in_densities(a, name, own) for a in expression.args)


def _is_partial_sum(expression: Expression) -> bool:
    return expression.head == "FunApp" and expression.name in PARTIAL_SUMS


def _is_outcome(argument: Expression, call: Expression, name: str) -> bool:
    first = argument is call.args[0] or _is_partial_sum(call)
    return first and _holds(argument, name)
