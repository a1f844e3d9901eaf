"""Roles that the user sets: by ``roles=`` or by a trailing comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.errors import RoleError
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.roles.units import RoleUnit
    from bayeswrap.program.syntax.places import Location

__all__ = [
    "roles_by_user",
]


_SETTABLE = (Role.PRIOR, Role.POPULATION, Role.LIKELIHOOD)


def roles_by_user(
    places: Sequence[Location],
    terms: Sequence[Sequence[Location]],
    units: Sequence[RoleUnit],
    comments: Sequence[Sequence[str]],
    roles: Mapping[str, str],
) -> dict[int, tuple[Role, str]]:
    """Return the roles that the user sets, by position of the unit, each with where it is set.

    Parameters
    ----------
    places : sequence of Location
        The statements.
    terms : sequence of sequences of Location
        The terms of each statement's sum.
    units : sequence of RoleUnit
        What gets a role.
    comments : sequence of sequences of str
        Comments that follow each statement on its line.
    roles : mapping of str to str
        By line, line:column or text of a statement, or line:column or text of a term; it
        overrules comments.

    Raises
    ------
    RoleError
        A key that fits no statement, or several on one line; a word that is not a role.
    """
    answers = {
        i: (Role(comment.lower()), "set by a comment")
        for i, unit in enumerate(units)
        for comment in comments[unit.position]
        if comment.lower() in _SETTABLE
    }
    for key, word in roles.items():
        role = (_role(word), "set by roles=")
        answers |= dict.fromkeys(_hits(str(key), places, terms, units), role)
    return answers


def _hits(
    key: str,
    places: Sequence[Location],
    terms: Sequence[Sequence[Location]],
    units: Sequence[RoleUnit],
) -> list[int]:
    by_line = [i for i, p in enumerate(places) if key in _lines(p, places)]
    if len(by_line) > 1:
        raise RoleError(
            f"roles= names line {key}, where {len(by_line)} statements stand",
            expected="one of\n" + _listed([places[i] for i in by_line]),
            do="name one of them by line:column or by its text",
        )
    whole = by_line or [i for i, p in enumerate(places) if _is_at(key, p)]
    if whole:
        return [i for i, unit in enumerate(units) if unit.position in whole]
    hits = [i for i, unit in enumerate(units) if _names_term(key, unit, terms)]
    if not hits:
        raise RoleError(
            f"roles= names a statement that does not exist: {key!r}",
            expected="one of\n" + _listed(places) if places else "no statement touches target",
            do="use the line, line:column or text of a statement that touches target",
        )
    return hits


def _names_term(key: str, unit: RoleUnit, terms: Sequence[Sequence[Location]]) -> bool:
    own = terms[unit.position]
    return any(_is_at(key, own[i]) for i in unit.summands if i < len(own))


def _lines(place: Location, places: Sequence[Location]) -> set[str]:
    """Return the keys of a line: with its file, and without where one file alone has it."""
    alone = len({p.file for p in places if p.line == place.line}) == 1
    return {f"{place.file}:{place.line}"} | ({str(place.line)} if alone else set())


def _is_at(key: str, place: Location) -> bool:
    at = f"{place.line}:{place.column}"
    return key in {at, f"{place.file}:{at}"} or _bare(key) == _bare(place.text)


def _listed(places: Sequence[Location]) -> str:
    return "\n".join(f"    {_file(p)}{p.line}:{p.column}  {p.text}" for p in places)


def _file(place: Location) -> str:
    return f"{place.file}:" if place.file else ""


def _bare(text: str) -> str:
    return re.sub(r"[\s;]+", "", text)


def _role(word: str) -> Role:
    if word not in _SETTABLE:
        raise RoleError(
            f"{word!r} is not a role that can be set",
            expected="'prior', 'population' or 'likelihood'",
            do="use one of these in roles=",
        )
    return Role(word)
