"""From a program's text to its target statements with their roles."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from bayeswrap.errors import EngineRunError
from bayeswrap.program.flow.constant_folding import KNOWN_NOTHING
from bayeswrap.program.flow.propagation import TargetNode, gathering
from bayeswrap.program.roles.assignment import assign_roles
from bayeswrap.program.roles.matching import Text, paired
from bayeswrap.program.roles.role import Role, TargetStatement
from bayeswrap.program.roles.role_rows import role_rows
from bayeswrap.program.roles.units import gathering_locals
from bayeswrap.program.roles.user_roles import roles_said
from bayeswrap.program.syntax.scan import Scan, comments_after
from bayeswrap.program.syntax.tree import Target

__all__ = [
    "Classified",
    "classified",
]


Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """A program's target statements with their roles, and where they stand in the text."""

    statements: tuple[TargetStatement, ...]
    found: Scan
    nodes: tuple[TargetNode, ...]


@functools.lru_cache(maxsize=256)
def classified(text: Text, said: Said = ()) -> Classified:
    """Return the target statements of a program with their roles.

    Parameters
    ----------
    text : Text
        The program.
    said : tuple of (str, str)
        Roles said by the user, as `Program.with_roles` takes them.
    """
    now = _decided(text, said)
    if text.known == KNOWN_NOTHING:
        return now
    return _with_the_dead(now, classified(replace(text, known=KNOWN_NOTHING), said))


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


def _decided(text: Text, said: Said) -> Classified:
    """Return the roles, terms that a local gathers in rows of their own where they differ."""
    plain = _assigned(text, said, frozenset())
    gathered = _mixed(plain) & gathering_locals(text.tree)
    if not gathered:
        return plain
    try:
        return _assigned(text, said, gathered)
    except EngineRunError:
        # ``lp = lp + x`` is an addition to the tree and none to the text
        return plain


def _mixed(plain: Classified) -> frozenset[str]:
    """Return the variables that are added to ``target`` whole, and hold terms of several roles."""
    open_ones = [s for s in plain.statements if s.role is Role.UNDECIDED]
    nodes = [plain.nodes[s.position].node for s in open_ones]
    return frozenset(gathering(node.expression) for node in nodes if isinstance(node, Target))


def _assigned(text: Text, said: Said, gathered: frozenset[str]) -> Classified:
    both = paired(text, gathered)
    comments = [list(comments_after(both.found, text.source, s)) for s in both.found.spans]
    words = roles_said(both.places, both.terms, both.pieces, comments, dict(said))
    judgements = assign_roles(text.tree, both.followed, both.pieces, words)
    rows = role_rows(both.places, both.terms, both.pieces, judgements)
    return Classified(tuple(rows), both.found, both.followed.nodes)
