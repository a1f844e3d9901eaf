"""Tell the roles of pieces as rows: one a statement, or one a term where terms differ.

Imports `looks`, `pieces` and `roles`.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import TargetStatement
from bayeswrap.program.roles.single_statement import combined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.roles.single_statement import Look
    from bayeswrap.program.roles.units import Piece
    from bayeswrap.program.syntax.places import Place

__all__ = [
    "told",
]


def told(
    places: Sequence[Place],
    terms: Sequence[Sequence[Place]],
    pieces: Sequence[Piece],
    looks: Sequence[Look],
) -> Iterator[TargetStatement]:
    """Yield the rows, in textual order.

    Parameters
    ----------
    places : sequence of Place
        Of the statements.
    terms : sequence of sequences of Place
        Of the terms of each statement's sum; one or none where it is not a sum.
    pieces, looks : sequences
        The pieces with what was decided.
    """
    together = zip(pieces, looks, strict=True)
    for position, group in itertools.groupby(together, key=lambda both: both[0].position):
        members = list(group)
        own = [look for _, look in members]
        if len({look.role for look in own}) == 1:
            yield _row(places[position], _joined(own), [p for p, _ in members], whole=True)
        elif len(terms[position]) == len(members[0][0].node.summands):
            for piece, look in members:
                yield _row(_place(piece, terms[position]), look, [piece], whole=False)
        else:
            look = combined(tuple(t for look in own for t in look.terms))
            yield _row(places[position], look, [p for p, _ in members], whole=True)


def _joined(looks: Sequence[Look]) -> Look:
    """Return the look of pieces that share a role: the first doubt is told, if there is one."""
    first = next((look for look in looks if not look.sure), looks[0])
    return replace(first, terms=tuple(t for look in looks for t in look.terms))


def _place(piece: Piece, terms: Sequence[Place]) -> Place:
    own = [terms[i] for i in piece.summands]
    text = " ".join(p.text for p in own)
    return replace(own[0], text=text)


def _row(place: Place, look: Look, pieces: Sequence[Piece], *, whole: bool) -> TargetStatement:
    densities = [d for p in pieces for d in p.densities]
    return TargetStatement(
        line=place.line,
        column=place.column,
        text=place.text,
        file=place.file,
        whole_line=place.whole_line,
        role=look.role,
        sure=look.sure,
        why=look.why,
        outcome=frozenset[str]().union(*(t.outcome for t in look.terms)),
        parents=frozenset[str]().union(*(t.parents for t in look.terms)),
        position=pieces[0].position,
        summands=() if whole else tuple(i for p in pieces for i in p.summands),
        data=frozenset[str]().union(*(d.outcome.data for d in densities)),
        hyper=frozenset[str]().union(*(d.arguments.data for d in densities)),
        dead=pieces[0].node.dead,
    )
