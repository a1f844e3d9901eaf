"""Non-centred population effects: ``theta = mu + tau * z`` with ``z ~ std_normal()``.

`z` carries a fixed unit prior, so its own statement does not show that it is an effect; the
product with a scale does. Imports `flow` and `syntax`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.program.syntax import (
    Assign,
    Branch,
    Call,
    Declaration,
    Expression,
    Group,
    Loop,
    Statement,
    Target,
    Tilde,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bayeswrap.program.flow import TargetNode

__all__ = ["noncentred_effects"]

_UNIT_FAMILIES = frozenset(
    {"normal", "cauchy", "logistic", "double_exponential", "student_t", "std_normal"}
)
_SCALE_TRANSFORMS = frozenset({"Lower", "CholeskyCorr", "CholeskyCov", "Simplex"})
_PRODUCTS = frozenset(
    {"Times", "EltTimes", "Divide", "EltDivide"}
    | {"diag_pre_multiply", "diag_post_multiply", "fma", "multiply", "elt_multiply"}
)
_POSITIVE_FUNCTIONS = frozenset({"exp", "sqrt", "square", "inv_sqrt"})


def noncentred_effects(tree: Tree, nodes: Sequence[TargetNode]) -> dict[str, bool]:
    """Return the parameters that look like non-centred effects.

    The value is True where some scale reaches the rest of the program only through its products
    with the effect, so that nothing is left of it when the effect goes.
    """
    parameters = {d.name: d for d in tree.blocks["parameters"] if isinstance(d, Declaration)}
    unit = {name for node in nodes for name in _unit_outcome(node)}
    candidates = {
        name
        for name in unit
        if name in parameters and parameters[name].dims and parameters[name].transform == "Identity"
    }
    scales = {n for n, d in parameters.items() if d.transform in _SCALE_TRANSFORMS}
    expressions = list(_all_expressions(tree))
    aliases = _aliases(tree, scales, candidates)
    return {
        name: only
        for name in sorted(candidates)
        if (only := _scaled_only(name, scales, expressions, aliases)) is not None
    }


def _unit_outcome(item: TargetNode) -> frozenset[str]:
    """Return the outcome parameter of ``z ~ normal(0, 1)`` and its kin."""
    node = item.node
    if isinstance(node, Call) or len(item.densities) != 1:
        return frozenset()
    density = next(iter(item.densities))
    family = re.sub(r"_lu?pdf$", "", density.name)
    if family not in _UNIT_FAMILIES or not density.arguments_fixed:
        return frozenset()
    if family != "std_normal" and not _is_unit(node):
        return frozenset()
    return density.outcome.parameters


def _is_unit(node: Tilde | Target) -> bool:
    args = node.args if isinstance(node, Tilde) else _density_args(node.expression)
    return [_number(a) for a in args[-2:]] == [0.0, 1.0]


def _density_args(expression: Expression) -> tuple[Expression, ...]:
    calls = (e for e in expression.walk() if e.head == "CondDistApp")
    return next((c.args[1:] for c in calls), ())


def _number(expression: Expression) -> float | None:
    is_number = expression.head in {"IntNumeral", "RealNumeral"}
    return float(expression.name.replace("_", "")) if is_number else None


def _all_expressions(tree: Tree) -> Iterator[Expression]:
    for block in ("transformed parameters", "model"):
        for statement in _flat(tree.blocks[block]):
            match statement:
                case Declaration(value=Expression() as value):
                    yield value
                case Assign(rhs=rhs):
                    yield rhs
                case Tilde(outcome=outcome, args=args):
                    # a scale's own prior does not count as a use of it
                    yield from args if outcome.head == "Variable" else (outcome, *args)
                case Target(expression=expression):
                    yield expression


def _flat(statements: Iterable[Statement]) -> Iterator[Statement]:
    for statement in statements:
        yield statement
        match statement:
            case Group(statements=inner) | Branch(branches=inner):
                yield from _flat(inner)
            case Loop(body=body):
                yield from _flat((body,))


def _aliases(tree: Tree, scales: set[str], effects: set[str]) -> dict[str, frozenset[str]]:
    """Map locals that are plain functions of a scale or of an effect to what they stand for."""
    known = {name: frozenset({name}) for name in scales | effects}
    for statement in _flat((*tree.blocks["transformed parameters"], *tree.blocks["model"])):
        name, value = "", None
        if isinstance(statement, Declaration):
            name, value = statement.name, statement.value
        elif isinstance(statement, Assign):
            name, value = statement.name, statement.rhs
        if value is not None and name and _is_plain(value):
            parts = frozenset().union(*(known.get(n, frozenset()) for n in _variables(value)))
            known[name] = known.get(name, frozenset()) | parts
    return known


def _is_plain(value: Expression) -> bool:
    """Tell whether an expression only reshapes, or makes one scale of another."""
    calls = {e.name for e in value.walk() if e.head in {"FunApp", "BinOp"}}
    plain = {"to_matrix", "to_vector", "to_row_vector", "to_array_1d", "diag_pre_multiply", "rep_vector"}
    return calls <= plain | _POSITIVE_FUNCTIONS


def _variables(expression: Expression) -> set[str]:
    return {e.name for e in expression.walk() if e.head == "Variable"}


def _scaled_only(
    effect: str,
    scales: set[str],
    expressions: Sequence[Expression],
    aliases: Mapping[str, frozenset[str]],
) -> bool | None:
    """Return None without a product, else whether a scale lives in such products only."""
    inside, everywhere = set[str](), dict[str, int]()
    counts = dict[str, int]()
    for expression in expressions:
        for name in _mentions(expression, aliases):
            everywhere[name] = everywhere.get(name, 0) + 1
        for product in _products(expression):
            mentioned = list(_mentions(product, aliases))
            if effect in mentioned:
                for name in set(mentioned) & scales:
                    inside.add(name)
                    counts[name] = counts.get(name, 0) + mentioned.count(name)
    if not inside:
        return None
    return any(counts[name] >= everywhere[name] for name in inside)


def _mentions(expression: Expression, aliases: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for e in expression.walk():
        if e.head == "Variable":
            yield from aliases.get(e.name, frozenset({e.name}))


def _products(expression: Expression) -> Iterator[Expression]:
    """Yield the outermost products of an expression."""
    if expression.head in {"BinOp", "FunApp"} and expression.name in _PRODUCTS:
        yield expression
        return
    for arg in expression.args:
        yield from _products(arg)
