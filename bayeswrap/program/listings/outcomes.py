"""What a number of the listing observes: a name, its indices, and one observation or several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.program.listings.vectorised_calls import (
    Part,
    RewriteContext,
    index_call,
    rank,
    without_predictor,
)
from bayeswrap.program.syntax.evaluate import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "gathers_observations",
    "label",
    "observed_outcomes",
]


_PROBABILITY = re.compile(r"_(lu?p[dm]f|lc?cdf)$")
_CALLS = frozenset({"FunApp", "CondDistApp"})
_PLAIN = frozenset({"Variable", "IntNumeral", "BinOp", "PrefixOp", "Paren", "Indexed", "Single"})


def label(
    observed: Expression | None, length: str, writing: RewriteContext
) -> tuple[str, tuple[str, ...]]:
    """Return the name of what is observed, and Stan text of its indices.

    The name is empty where the outcome is no variable and no part of one.
    """
    own = (writing.index,) if length else ()
    base, indices = observed, list[str]()
    while base is not None and base.head == "Indexed":
        if not all(i.head == "Single" and _is_plain(i) for i in base.args[1:]):
            return "", own
        indices = [unparse(i) for i in base.args[1:]] + indices
        base = base.args[0]
    if base is None or base.head != "Variable":
        return "", own
    return base.name, (*indices, *own)


def _is_plain(index: Expression) -> bool:
    return index.args[0].type == "int" and all(e.head in _PLAIN for e in index.walk())


def observed_outcomes(expression: Expression, writing: RewriteContext) -> Iterator[Expression]:
    """Yield the outcomes, among the densities of an expression, that are parts of data."""
    for e in expression.walk():
        if e.head in _CALLS and _PROBABILITY.search(e.name) and e.args:
            root = e.args[0]
            while root.head == "Indexed":
                root = root.args[0]
            if root.head == "Variable" and root.name in writing.data:
                yield e.args[0]


def gathers_observations(expression: Expression, writing: RewriteContext) -> bool:
    """Return whether a number, of containers or of a local, may hold several observations."""
    if expression.head == "Variable":
        return expression.name in writing.local
    if expression.head in _CALLS:
        suffix = _PROBABILITY.search(expression.name)
        family = expression.name[: suffix.start()] if suffix else ""
        if family and not writing.is_user(family):
            family, parts = without_predictor(family, [Part("", e) for e in expression.args])
            split = index_call(family, parts, writing)
            return split is None or bool(split.length)
        if any(rank(e.type) for e in expression.args):
            return True
    if expression.head == "Indexed":
        return False
    return any(gathers_observations(part, writing) for part in expression.args)
