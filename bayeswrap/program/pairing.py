"""Pair the target statements of stanc's tree with those of the text; each program once.

Imports the rest of the folder, except `program` and `switches`, and runs stanc.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.engine.lines import LineMap
from bayeswrap.errors import EngineRunError
from bayeswrap.program.folding import KNOWN_NOTHING, Known, alternatives, empty_parameters
from bayeswrap.program.looks import Role
from bayeswrap.program.pieces import Piece, gathering_locals, pieces_of
from bayeswrap.program.reading import read
from bayeswrap.program.roles import TargetStatement, assign_roles
from bayeswrap.program.saying import roles_said
from bayeswrap.program.syntax import Target
from bayeswrap.program.telling import told
from bayeswrap.program.terms import term_spans
from bayeswrap.program.text import Place, Scan, comments_after, place, scan
from bayeswrap.program.walk import Followed, Setting, TargetNode, follow, gathering

if TYPE_CHECKING:
    from bayeswrap.program.syntax import Tree
    from bayeswrap.program.text import Span

__all__ = ["NO_INCLUDES", "Classified", "classified", "scanned", "tree"]

NO_INCLUDES = LineMap()


@dataclass(frozen=True, slots=True)
class Classified:
    """A program's target statements with their roles, and where they stand in the text."""

    statements: tuple[TargetStatement, ...]
    found: Scan
    nodes: tuple[TargetNode, ...]


@functools.lru_cache(maxsize=512)
def tree(source: str, name: str) -> Tree:
    """Return the syntax tree of a program."""
    return read(stanc.syntax_tree(source, name))


@functools.lru_cache(maxsize=512)
def scanned(source: str, gathered: frozenset[str] = frozenset()) -> Scan:
    """Return where the target statements of a program stand."""
    return scan(source, gathered)


@functools.lru_cache(maxsize=512)
def _located(source: str, name: str) -> frozenset[tuple[int, int]]:
    return stanc.statement_locations(source, name)


@dataclass(frozen=True, slots=True)
class _Paired:
    """The tree's statements beside those of the text."""

    followed: Followed
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    terms: tuple[tuple[Place, ...], ...]
    found: Scan


@functools.lru_cache(maxsize=512)
def _paired(
    source: str, name: str, known: Known, lines: LineMap, gathered: frozenset[str]
) -> _Paired:
    """Pair the target statements of stanc's tree with those of the text."""
    root = tree(source, name)
    setting = Setting(
        empty=empty_parameters(root, known),
        branches=alternatives(root, known),
        gathered=gathered,
    )
    followed, found = follow(root, setting), scanned(source, gathered)
    places = tuple(place(source, s.start, s.end, lines) for s in found.spans)
    starts = {(p.whole_line, p.column - 1) for p in places}
    if len(followed.nodes) != len(places) or not starts <= _located(source, name):
        raise EngineRunError(
            "the statements found in the text are not those of stanc's tree",
            where=f"{name}.stan",
            got=f"{len(places)} statements in the text, {len(followed.nodes)} in the tree",
            do="please report the program; stanc's version may be newer than this bayeswrap",
        )
    terms = tuple(_term_places(source, span, lines) for span in found.spans)
    return _Paired(followed, pieces_of(followed), places, terms, found)


def _term_places(source: str, span: Span, lines: LineMap) -> tuple[Place, ...]:
    places = []
    for term in term_spans(source, span):
        at = place(source, term.start, term.end, lines)
        places.append(replace(at, text=f"- {at.text}") if term.sign == "-" else at)
    return tuple(places)


@functools.lru_cache(maxsize=512)
def classified(
    source: str,
    name: str,
    said: tuple[tuple[str, str], ...] = (),
    known: Known = KNOWN_NOTHING,
    lines: LineMap = NO_INCLUDES,
) -> Classified:
    """Return the target statements of a program with their roles.

    Parameters
    ----------
    source, name : str
        The program.
    said : tuple of (str, str)
        Roles said by the user, as `Program.with_roles` takes them.
    known : Known
        What the data at hand decide.
    lines : LineMap
        Where its lines came from.
    """
    if known != KNOWN_NOTHING:
        always = classified(source, name, said, KNOWN_NOTHING, lines)
        return _with_the_dead(_decided(source, name, said, known, lines), always)
    return _decided(source, name, said, known, lines)


def _with_the_dead(now: Classified, always: Classified) -> Classified:
    """Give statements that never run the role that they have otherwise: one text, one binary."""
    dead = {s.position for s in now.statements if s.dead}
    if not dead or now.found != always.found:
        return now
    kept = [s for s in now.statements if not s.dead]
    others = [
        replace(s, dead=True, sure=True, why="never runs with these data", role=_closed(s.role))
        for s in always.statements
        if s.position in dead
    ]
    order = sorted([*kept, *others], key=lambda s: (s.position, s.summands))
    return replace(now, statements=tuple(order))


def _closed(role: Role) -> Role:
    return Role.PRIOR if role is Role.UNDECIDED else role


def _decided(
    source: str, name: str, said: tuple[tuple[str, str], ...], known: Known, lines: LineMap
) -> Classified:
    """Return the roles, with the terms that a local gathers told apart where they differ."""
    plain = _classified(source, name, said, known, lines, frozenset())
    gathered = _mixed(plain, _paired(source, name, known, lines, frozenset()).followed)
    gathered &= gathering_locals(tree(source, name))
    if not gathered:
        return plain
    try:
        return _classified(source, name, said, known, lines, gathered)
    except EngineRunError:
        # ``lp = lp + x`` is an addition to the tree and none to the text
        return plain


def _mixed(plain: Classified, followed: Followed) -> frozenset[str]:
    """Return the variables that are added to ``target`` whole, and hold terms of several roles."""
    open_ones = [s for s in plain.statements if s.role is Role.UNDECIDED]
    nodes = [followed.nodes[s.position].node for s in open_ones]
    return frozenset(gathering(node.expression) for node in nodes if isinstance(node, Target))


def _classified(
    source: str,
    name: str,
    said: tuple[tuple[str, str], ...],
    known: Known,
    lines: LineMap,
    gathered: frozenset[str],
) -> Classified:
    paired = _paired(source, name, known, lines, gathered)
    comments = [list(comments_after(paired.found, source, span)) for span in paired.found.spans]
    words = roles_said(paired.places, paired.terms, paired.pieces, comments, dict(said))
    looks = assign_roles(tree(source, name), paired.followed, paired.pieces, words)
    rows = told(paired.places, paired.terms, paired.pieces, looks)
    return Classified(tuple(rows), paired.found, paired.followed.nodes)
