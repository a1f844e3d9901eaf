"""Generated quantities that hang on random numbers, and the generators that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.syntax.outcome_places import CONTAINERS, family_class
from bayeswrap.program.syntax.tree import Assign, Branch, Declaration, Loop, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bayeswrap.program.syntax.tree import Expression, Statement, Tree

__all__ = [
    "generators",
    "is_reshaped",
    "random_names",
]


_SUFFIX = "_rng"
_CHOICES = frozenset({"TernaryIf", "Paren"})


def random_names(tree: Tree) -> frozenset[str]:
    """Return the generated quantities, and locals among them, that hang on random numbers."""
    random: set[str] = set()
    before = -1
    while len(random) != before:
        # again and again: a loop may use what it assigns later
        before = len(random)
        _note(tree.blocks["generated quantities"], random, under=False)
    return frozenset(random)


def _note(statements: Iterable[Statement], random: set[str], *, under: bool) -> None:
    """Add what statements make random; `under`: whether random numbers decide that they run."""
    for statement in statements:
        match statement:
            case Declaration(name=name, value=value):
                if value is not None and (under or _is_random(value, random)):
                    random.add(name)
            case Assign(name=name, rhs=rhs, lhs=lhs):
                if under or _is_random(rhs, random) or _is_random(lhs, random):
                    random.add(name)
            case Branch(condition=condition, branches=branches):
                _note(branches, random, under=under or _is_random(condition, random))
            case Loop(bounds=bounds, body=body):
                chosen = any(_is_random(b, random) for b in bounds)
                _note((body,), random, under=under or chosen)
            case _:
                _note(getattr(statement, "statements", ()), random, under=under)


def _is_random(expression: Expression, random: set[str]) -> bool:
    return any(_is_generator(e) or e.name in random for e in expression.walk())


def generators(tree: Tree, name: str) -> frozenset[str]:
    """Return the classes of families that a quantity is drawn from; none where they are not plain.

    Generators inside the arguments of others do not count, and neither do the user's own.
    """
    drawn = {e.name for value in _values(tree, name) for e in _outermost(value)}
    if drawn & set(tree.functions):
        return frozenset()
    return frozenset(family_class(d.removesuffix(_SUFFIX)) for d in drawn)


def is_reshaped(tree: Tree, name: str) -> bool:
    """Return whether each value of a quantity is a random number as it was drawn, or is not random.

    A zero of a hurdle, and the first value of a series, are not random.
    """
    random = set(random_names(tree))
    return all(_is_draw(value, random) for value in _values(tree, name))


def _is_draw(expression: Expression, random: set[str]) -> bool:
    if _is_generator(expression) or not _is_random(expression, random):
        return True
    is_container = expression.head == "FunApp" and expression.name in CONTAINERS
    if expression.head in _CHOICES or is_container:
        parts = expression.args[expression.head == "TernaryIf" :]
        return all(_is_draw(part, random) for part in parts)
    return False


def _values(tree: Tree, name: str) -> Iterator[Expression]:
    for statement in flat(tree.blocks["generated quantities"]):
        match statement:
            case Declaration(name=own, value=value) if own == name and value is not None:
                yield value
            case Assign(name=own, rhs=rhs) if own == name:
                yield rhs


def _outermost(expression: Expression) -> Iterator[Expression]:
    if _is_generator(expression):
        yield expression
        return
    # what decides between two values is none of them
    for arg in expression.args[expression.head == "TernaryIf" :]:
        yield from _outermost(arg)


def _is_generator(expression: Expression) -> bool:
    return expression.head == "FunApp" and expression.name.endswith(_SUFFIX)
