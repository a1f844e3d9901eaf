"""Pair the target statements of stanc's tree with those of the text; each program once.

Imports the rest of the folder, except `program` and `switches`, and runs stanc.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.errors import EngineRunError
from bayeswrap.program.reading import read
from bayeswrap.program.roles import TargetStatement, assign_roles
from bayeswrap.program.saying import roles_said
from bayeswrap.program.text import Place, Scan, comments_after, place, scan
from bayeswrap.program.walk import Followed, follow

if TYPE_CHECKING:
    from bayeswrap.program.syntax import Tree

__all__ = ["scanned", "statements", "tree"]


@functools.lru_cache(maxsize=256)
def tree(source: str, name: str) -> Tree:
    """Return the syntax tree of a program."""
    return read(stanc.syntax_tree(source, name))


@functools.lru_cache(maxsize=256)
def scanned(source: str) -> Scan:
    """Return where the target statements of a program stand."""
    return scan(source)


@functools.lru_cache(maxsize=256)
def _paired(source: str, name: str) -> tuple[Followed, tuple[Place, ...]]:
    """Pair the target statements of stanc's tree with those of the text."""
    followed = follow(tree(source, name))
    places = tuple(place(source, s.start, s.end) for s in scanned(source).spans)
    found = {(p.line, p.column - 1) for p in places}
    if len(followed.nodes) != len(places) or not found <= stanc.statement_locations(source, name):
        raise EngineRunError(
            "the statements found in the text are not those of stanc's tree",
            where=f"{name}.stan",
            got=f"{len(places)} statements in the text, {len(followed.nodes)} in the tree",
            do="please report the program; stanc's version may be newer than this bayeswrap",
        )
    return followed, places


@functools.lru_cache(maxsize=256)
def statements(
    source: str, name: str, said: tuple[tuple[str, str], ...]
) -> tuple[TargetStatement, ...]:
    """Return the target statements of a program with their roles.

    Parameters
    ----------
    source, name : str
        The program.
    said : tuple of (str, str)
        Roles said by the user, as `Program.with_roles` takes them.
    """
    followed, places = _paired(source, name)
    found = scanned(source)
    comments = [list(comments_after(found, source, span)) for span in found.spans]
    words = roles_said(places, comments, dict(said))
    return assign_roles(tree(source, name), followed, places, words)
