"""Pair the target statements of stanc's tree with those of the text; each program once."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.engine.line_map import NO_INCLUDES, LineMap
from bayeswrap.errors import EngineRunError
from bayeswrap.program.flow.constant_folding import (
    KNOWN_NOTHING,
    KnownBranches,
    alternatives,
    empty_parameters,
)
from bayeswrap.program.flow.propagation import DataFlow, Setting, propagate
from bayeswrap.program.roles.units import RoleUnit, units_of
from bayeswrap.program.syntax.parse import statement_starts, tree
from bayeswrap.program.syntax.places import Location, location_of
from bayeswrap.program.syntax.scan import Scan, scan
from bayeswrap.program.syntax.sum_terms import term_spans

if TYPE_CHECKING:
    from bayeswrap.program.syntax.scan import Span
    from bayeswrap.program.syntax.tree import Tree

__all__ = [
    "MatchedStatements",
    "Text",
    "match_statements",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A program's text with what is known about it.

    Attributes
    ----------
    source, name : str
        The text, with included files in place, and the program's name.
    known : KnownBranches
        What data at hand decide.
    lines : LineMap
        Where its lines came from.
    """

    source: str
    name: str
    known: KnownBranches = KNOWN_NOTHING
    lines: LineMap = NO_INCLUDES

    @property
    def tree(self) -> Tree:
        """Its syntax tree."""
        return tree(self.source, self.name)


@dataclass(frozen=True, slots=True)
class MatchedStatements:
    """The tree's statements beside those of the text."""

    data_flow: DataFlow
    units: tuple[RoleUnit, ...]
    places: tuple[Location, ...]
    terms: tuple[tuple[Location, ...], ...]
    """Of each statement's sum."""
    scan: Scan


@functools.lru_cache(maxsize=256)
def match_statements(text: Text, gathered: frozenset[str] = frozenset()) -> MatchedStatements:
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
    data_flow, scanned = propagate(root, setting), scan(source, gathered)
    places = tuple(location_of(source, s.start, s.end, text.lines) for s in scanned.spans)
    starts = {(p.whole_line, p.column - 1) for p in places}
    if len(data_flow.nodes) != len(places) or not starts <= statement_starts(source, text.name):
        raise EngineRunError(
            "the statements of the text are not those of stanc's tree",
            where=f"{text.name}.stan",
            got=f"{len(places)} statements in the text, {len(data_flow.nodes)} in the tree",
            do="please report the program; stanc's version may be newer than this bayeswrap",
        )
    terms = tuple(_term_places(source, span, text.lines) for span in scanned.spans)
    return MatchedStatements(data_flow, units_of(data_flow), places, terms, scanned)


def _term_places(source: str, span: Span, lines: LineMap) -> tuple[Location, ...]:
    places = []
    for term in term_spans(source, span):
        at = location_of(source, term.start, term.end, lines)
        places.append(replace(at, text=f"- {at.text}") if term.sign == "-" else at)
    return tuple(places)
