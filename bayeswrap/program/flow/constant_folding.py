"""What the data at hand decide: which branches run, and which parameters have no length.

Generated programs carry branches for every option; those that never run say nothing about roles.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate, unparse
from bayeswrap.program.syntax.tree import Branch, Declaration, Loop, Tree, flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "KNOWN_NOTHING",
    "KnownBranches",
    "all_settled",
    "alternatives",
    "empty_parameters",
    "known_from",
]


@dataclass(frozen=True, slots=True)
class KnownBranches:
    """Conditions and sizes that the data at hand settle.

    Attributes
    ----------
    conditions : tuple of (str, bool)
        Conditions by their text, with their value.
    empty : frozenset of str
        Parameters of length 0.
    """

    conditions: tuple[tuple[str, bool], ...] = ()
    empty: frozenset[str] = frozenset()


KNOWN_NOTHING = KnownBranches()


def known_from(tree: Tree, data: Mapping[str, np.ndarray]) -> KnownBranches:
    """Return what data settle.

    Parameters
    ----------
    tree : Tree
        The program.
    data : mapping of str to array
        Values of the data block.
    """
    # Stan lets no local take the name of a data variable: a name is one value everywhere
    conditions = {}
    for branch in _branches(tree):
        value = _value(branch.condition, data)
        if value is not None:
            conditions[unparse(branch.condition)] = bool(value)
    empty = (
        d.name
        for d in tree.blocks["parameters"]
        if isinstance(d, Declaration) and any(_is_zero(_value(e, data)) for e in d.dims)
    )
    return KnownBranches(tuple(sorted(conditions.items())), frozenset(empty))


def alternatives(tree: Tree, known: KnownBranches) -> dict[int, int]:
    """Return which alternative of each branch runs, by the branch's identity (see `Setting`)."""
    values = dict(known.conditions)
    positions: dict[int, int] = {}
    for branch in _branches(tree):
        value = values.get(unparse(branch.condition))
        if value is not None:
            positions[id(branch)] = 0 if value else len(branch.branches) - 1 or -1
    return positions


def all_settled(tree: Tree, known: KnownBranches) -> bool:
    """Return whether data settle all conditions: there is one path through the program.

    Parameters
    ----------
    tree : Tree
        The program.
    known : KnownBranches
        What its data settle.
    """
    settled = {condition for condition, _ in known.conditions}
    in_functions = (f.body for overloads in tree.functions.values() for f in overloads)
    statements = [*itertools.chain(*tree.blocks.values()), *in_functions]
    for statement in flat(statements):
        if isinstance(statement, Branch) and unparse(statement.condition) not in settled:
            return False
        if isinstance(statement, Loop) and not (statement.bounds[1:] or statement.over):
            return False  # a while loop
    return True


def empty_parameters(tree: Tree, known: KnownBranches) -> frozenset[str]:
    """Return the parameters that have no length."""
    declared = {d.name for d in tree.blocks["parameters"] if isinstance(d, Declaration)}
    return known.empty & declared


def _branches(tree: Tree) -> Iterator[Branch]:
    for block in ("transformed parameters", "model"):
        for statement in flat(tree.blocks[block]):
            if isinstance(statement, Branch):
                yield statement


def _value(expression: Expression, data: Mapping[str, np.ndarray]) -> float | None:
    try:
        value = np.asarray(evaluate(expression, data))
    except NotEvaluable:
        return None
    return float(value) if value.ndim == 0 else None


def _is_zero(value: float | None) -> bool:
    return value == 0
