"""A program's syntax tree, with places of its statements."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.program.syntax.stanc_tree import read

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Tree

__all__ = [
    "_located",
    "tree",
]


@functools.lru_cache(maxsize=256)
def tree(source: str, name: str) -> Tree:
    """Return the syntax tree of a program."""
    return read(stanc.syntax_tree(source, name))


@functools.lru_cache(maxsize=256)
def _located(source: str, name: str) -> frozenset[tuple[int, int]]:
    return stanc.statement_locations(source, name)
