"""Pair the target statements of stanc's tree with those of the text; each program once.

Imports `folding`, `pieces`, `reading`, `terms`, `text` and `walk`, and runs stanc.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.engine.line_map import NO_INCLUDES, LineMap
from bayeswrap.errors import EngineRunError
from bayeswrap.program.flow.constant_folding import (
    KNOWN_NOTHING,
    Known,
    alternatives,
    empty_parameters,
)
from bayeswrap.program.flow.propagation import Followed, Setting, follow
from bayeswrap.program.roles.units import Piece, pieces_of
from bayeswrap.program.syntax.parse import _located, tree
from bayeswrap.program.syntax.places import Place, place
from bayeswrap.program.syntax.scan import Scan, scan
from bayeswrap.program.syntax.sum_terms import term_spans

if TYPE_CHECKING:
    from bayeswrap.program.syntax.scan import Span
    from bayeswrap.program.syntax.tree import Tree

__all__ = [
    "Paired",
    "Text",
    "paired",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A program's text with what is known about it.

    Attributes
    ----------
    source, name : str
        The text, with included files in place, and the program's name.
    known : Known
        What data at hand decide.
    lines : LineMap
        Where its lines came from.
    """

    source: str
    name: str
    known: Known = KNOWN_NOTHING
    lines: LineMap = NO_INCLUDES

    @property
    def tree(self) -> Tree:
        """Its syntax tree."""
        return tree(self.source, self.name)


@dataclass(frozen=True, slots=True)
class Paired:
    """The tree's statements beside those of the text."""

    followed: Followed
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    terms: tuple[tuple[Place, ...], ...]
    """Of each statement's sum."""
    found: Scan


@functools.lru_cache(maxsize=256)
def paired(text: Text, gathered: frozenset[str] = frozenset()) -> Paired:
    """Pair the target statements of stanc's tree with those of the text.

    Parameters
    ----------
    text : Text
        The program.
    gathered : frozenset of str
        Locals whose additions count as statements.

    Raises
    ------
    EngineRunError
        The two do not agree.
    """
    root, source = text.tree, text.source
    setting = Setting(
        empty=empty_parameters(root, text.known),
        branches=alternatives(root, text.known),
        gathered=gathered,
    )
    followed, found = follow(root, setting), scan(source, gathered)
    places = tuple(place(source, s.start, s.end, text.lines) for s in found.spans)
    starts = {(p.whole_line, p.column - 1) for p in places}
    if len(followed.nodes) != len(places) or not starts <= _located(source, text.name):
        raise EngineRunError(
            "the statements found in the text are not those of stanc's tree",
            where=f"{text.name}.stan",
            got=f"{len(places)} statements in the text, {len(followed.nodes)} in the tree",
            do="please report the program; stanc's version may be newer than this bayeswrap",
        )
    terms = tuple(_term_places(source, span, text.lines) for span in found.spans)
    return Paired(followed, pieces_of(followed), places, terms, found)


def _term_places(source: str, span: Span, lines: LineMap) -> tuple[Place, ...]:
    places = []
    for term in term_spans(source, span):
        at = place(source, term.start, term.end, lines)
        places.append(replace(at, text=f"- {at.text}") if term.sign == "-" else at)
    return tuple(places)
