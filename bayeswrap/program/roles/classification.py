"""From a program's text to its target statements with their roles."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.errors import EngineRunError
from bayeswrap.program.flow.constant_folding import KNOWN_NOTHING
from bayeswrap.program.roles.assignment import assign_roles
from bayeswrap.program.roles.matching import Text, match_statements
from bayeswrap.program.roles.role import Role, TargetStatement
from bayeswrap.program.roles.role_rows import role_rows
from bayeswrap.program.roles.units import gathering_locals
from bayeswrap.program.roles.user_roles import roles_by_user
from bayeswrap.program.syntax.patterns import gathering
from bayeswrap.program.syntax.scan import Scan, comments_after
from bayeswrap.program.syntax.tree import Target

if TYPE_CHECKING:
    from bayeswrap.program.flow.propagation import TargetNode

__all__ = [
    "Classification",
    "classify",
]


UserRoles = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """A program's target statements with their roles, and where they stand in the text."""

    statements: tuple[TargetStatement, ...]
    scan: Scan
    nodes: tuple[TargetNode, ...]


@functools.lru_cache(maxsize=256)
def classify(text: Text, user_roles: UserRoles = ()) -> Classification:
    """Return the target statements of a program with their roles.

    Parameters
    ----------
    text : Text
        The program.
    user_roles : tuple of (str, str)
        Roles set by the user, as `Program.with_roles` takes them.
    """
    now = _decided(text, user_roles)
    if text.known == KNOWN_NOTHING:
        return now
    return _with_dead_statements(now, classify(replace(text, known=KNOWN_NOTHING), user_roles))


def _with_dead_statements(now: Classification, always: Classification) -> Classification:
    """Give statements that never run the role that they have otherwise: one text, one binary."""
    dead = {s.position for s in now.statements if s.dead}
    if not dead or now.scan != always.scan:
        return now
    alive = [s for s in now.statements if not s.dead]
    others = [
        replace(s, dead=True, sure=True, why="never runs with these data", role=_closed(s.role))
        for s in always.statements
        if s.position in dead
    ]
    order = sorted([*alive, *others], key=lambda s: (s.position, s.summands))
    return replace(now, statements=tuple(order))


def _closed(role: Role) -> Role:
    return Role.PRIOR if role is Role.UNDECIDED else role


def _decided(text: Text, user_roles: UserRoles) -> Classification:
    """Return the roles, terms that a local gathers in rows of their own where they differ."""
    plain = _assigned(text, user_roles, frozenset())
    gathered = _mixed(plain) & gathering_locals(text.tree)
    if not gathered:
        return plain
    try:
        return _assigned(text, user_roles, gathered)
    except EngineRunError:
        # ``lp = lp + x`` is an addition to the tree and none to the text
        return plain


def _mixed(plain: Classification) -> frozenset[str]:
    """Return the variables that are added to ``target`` whole, and hold terms of several roles."""
    open_ones = [s for s in plain.statements if s.role is Role.UNDECIDED]
    nodes = [plain.nodes[s.position].node for s in open_ones]
    return frozenset(gathering(node.expression) for node in nodes if isinstance(node, Target))


def _assigned(text: Text, user_roles: UserRoles, gathered: frozenset[str]) -> Classification:
    matched = match_statements(text, gathered)
    comments = [list(comments_after(matched.scan, text.source, s)) for s in matched.scan.spans]
    words = roles_by_user(matched.places, matched.terms, matched.units, comments, dict(user_roles))
    judgements = assign_roles(text.tree, matched.data_flow, matched.units, words)
    rows = role_rows(matched.places, matched.terms, matched.units, judgements)
    return Classification(tuple(rows), matched.scan, matched.data_flow.nodes)
