"""The roles of units as rows: one a statement, or one a term where terms differ."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variables_of
from bayeswrap.program.roles.role import TargetStatement
from bayeswrap.program.roles.single_statement import combined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.roles.single_statement import Judgement
    from bayeswrap.program.roles.units import RoleUnit
    from bayeswrap.program.syntax.places import Location

__all__ = [
    "role_rows",
]


def role_rows(
    places: Sequence[Location],
    terms: Sequence[Sequence[Location]],
    units: Sequence[RoleUnit],
    judgements: Sequence[Judgement],
) -> Iterator[TargetStatement]:
    """Yield the rows, in textual order.

    Parameters
    ----------
    places : sequence of Location
        Of the statements.
    terms : sequence of sequences of Location
        Of the terms of each statement's sum; one or none where it is not a sum.
    units, judgements : sequences
        The units with what was decided.
    """
    together = zip(units, judgements, strict=True)
    for position, group in itertools.groupby(together, key=lambda both: both[0].position):
        members = list(group)
        own = [judgement for _, judgement in members]
        if len({judgement.role for judgement in own}) == 1:
            yield _row(places[position], _joined(own), [p for p, _ in members], whole=True)
        elif len(terms[position]) == len(members[0][0].node.summands):
            for unit, judgement in members:
                yield _row(_place(unit, terms[position]), judgement, [unit], whole=False)
        else:
            judgement = combined(tuple(t for judgement in own for t in judgement.terms))
            yield _row(places[position], judgement, [p for p, _ in members], whole=True)


def _joined(judgements: Sequence[Judgement]) -> Judgement:
    """Return the judgement of units that share a role, with the first doubt if there is one."""
    first = next((judgement for judgement in judgements if not judgement.sure), judgements[0])
    return replace(first, terms=tuple(t for judgement in judgements for t in judgement.terms))


def _place(unit: RoleUnit, terms: Sequence[Location]) -> Location:
    own = [terms[i] for i in unit.summands]
    text = " ".join(p.text for p in own)
    return replace(own[0], text=text)


def _row(
    place: Location, judgement: Judgement, units: Sequence[RoleUnit], *, whole: bool
) -> TargetStatement:
    densities = [d for p in units for d in p.densities]
    return TargetStatement(
        line=place.line,
        column=place.column,
        text=place.text,
        file=place.file,
        whole_line=place.whole_line,
        role=judgement.role,
        sure=judgement.sure,
        why=judgement.why,
        is_latent=judgement.is_latent,
        outcome=frozenset[str]().union(*(variables_of(t.outcome) for t in judgement.terms)),
        parents=frozenset[str]().union(*(variables_of(t.parents) for t in judgement.terms)),
        position=units[0].position,
        summands=() if whole else tuple(i for p in units for i in p.summands),
        data=frozenset[str]().union(*(d.outcome.data for d in densities)),
        hyper=frozenset[str]().union(*(d.arguments.data for d in densities)),
        dead=units[0].node.dead,
    )
