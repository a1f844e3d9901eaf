"""A program's syntax tree, with places of its statements."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.program.syntax.stanc_tree import read

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Tree

__all__ = [
    "statement_starts",
    "tree",
]


@functools.lru_cache(maxsize=256)
def tree(source: str, name: str) -> Tree:
    """Return the syntax tree of a program."""
    return read(stanc.syntax_tree(source, name))


@functools.lru_cache(maxsize=256)
def statement_starts(source: str, name: str) -> frozenset[tuple[int, int]]:
    """Return where stanc sees statements begin: line, and column from 0 in bytes."""
    return stanc.statement_locations(source, name)
