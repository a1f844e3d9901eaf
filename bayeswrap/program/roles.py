"""Which statement is prior, population or likelihood: what statements say about each other.

A *likelihood* statement has an outcome made of data; a *prior* one has an outcome made of
parameters alone; a *population* statement is a prior on latent effects whose own parameters reach
the data through those effects only. Where that cannot be seen the role is doubtful or undecided.
Imports `evaluate`, `looks`, `population` and `syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.evaluate import unparse
from bayeswrap.program.looks import OPEN, Look, Role, Term, first_look, names, over_terms
from bayeswrap.program.population import with_populations
from bayeswrap.program.syntax import Declaration, Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bayeswrap.program.text import Place
    from bayeswrap.program.walk import Followed

__all__ = ["Role", "TargetStatement", "assign_roles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatement:
    """A statement that touches ``target``: where it stands, what it says, which role it has."""

    line: int
    column: int
    text: str
    role: Role
    sure: bool
    why: str
    outcome: frozenset[str] = frozenset()
    """Parameters in the outcome."""
    parents: frozenset[str] = frozenset()
    """Parameters in the distribution."""


def assign_roles(
    tree: Tree,
    followed: Followed,
    places: Sequence[Place],
    said: Mapping[int, tuple[Role, str]],
) -> tuple[TargetStatement, ...]:
    """Give each target statement its role.

    Parameters
    ----------
    tree : Tree
        The program's syntax tree.
    followed : Followed
        Its target statements, with what their values are made of.
    places : sequence of Place
        The same statements in the text.
    said : mapping of int to (Role, str)
        Roles said by the user, by position; they count when others are decided.
    """
    looks = [first_look(node) for node in followed.nodes]
    for i, (role, why) in said.items():
        looks[i] = replace(looks[i], role=role, why=why, sure=True, said=True)
    looks = _questioned(tree, looks)
    looks = with_populations(tree, followed, looks)
    return tuple(_told(place, look) for place, look in zip(places, looks, strict=True))


def _told(place: Place, look: Look) -> TargetStatement:
    return TargetStatement(
        line=place.line,
        column=place.column,
        text=place.text,
        role=look.role,
        sure=look.sure,
        why=look.why,
        outcome=frozenset[str]().union(*(t.outcome for t in look.terms)),
        parents=frozenset[str]().union(*(t.parents for t in look.terms)),
    )


def _questioned(tree: Tree, looks: Sequence[Look]) -> list[Look]:
    """Ask where a prior on parameters may in truth be the observation of data."""
    containers = {
        d.name for d in tree.blocks["parameters"] if isinstance(d, Declaration) and d.dims
    }
    if tree.blocks["data"] and not any(look.role in OPEN for look in looks):
        # log(theta[y[n]]) has data as its index only, and is a likelihood all the same
        looks = [
            over_terms(look, Role.PRIOR, lambda t: _perhaps_indexed(t, containers))
            for look in looks
        ]
    observed = _observed(tree, looks)
    return [
        over_terms(look, Role.PRIOR, observed.ask)
        if look.role is Role.PRIOR
        else over_terms(look, Role.LIKELIHOOD, observed.doubt)
        for look in looks
    ]


def _perhaps_indexed(term: Term, containers: Collection[str]) -> Term:
    if term.density or not term.outcome & set(containers):
        return term
    why = (
        f"no statement has data as its outcome, and this one has no density ({names(term.outcome)})"
    )
    return term.seen(Role.UNDECIDED, why, sure=False)


@dataclass(frozen=True, slots=True)
class _Observed:
    """The data that are outcomes of likelihood statements."""

    data: frozenset[str]
    sizes: Mapping[str, str]
    """First size of each data container, as it is declared."""
    has_likelihood: bool

    def like(self, group: frozenset[str]) -> frozenset[str]:
        """Return the data containers that are outcomes, or as long as one."""
        lengths = {self.sizes[n] for n in self.data if n in self.sizes}
        return frozenset(n for n in group if n in self.data or self.sizes.get(n) in lengths)

    def ask(self, term: Term) -> Term:
        """Look at a prior whose distribution or outcome holds data."""
        density = term.density
        if density is None or not (density.arguments.data or density.outcome.data):
            return term
        rows = density.arguments.rows | density.outcome.rows
        if not self.has_likelihood:
            why = "no other statement has data as its outcome, and this one holds data"
            return term.seen(Role.UNDECIDED if rows else Role.PRIOR, why, sure=False)
        located = frozenset() if density.location.parameters else density.location.rows
        own = frozenset() if density.arguments.parameters else density.arguments.rows & self.data
        near = self.like(located | density.outcome.rows) | own
        if near:
            why = f"data as long as an outcome ({names(near)}): measured values, or a prior's own?"
            return term.seen(Role.UNDECIDED, why, sure=False)
        return replace(term, sure=term.sure and not density.outcome.data)

    def doubt(self, term: Term) -> Term:
        """Look at a likelihood whose outcome holds parameters too."""
        density = term.density
        if density is None or not density.outcome.parameters or not self.data:
            return term
        return replace(term, sure=term.sure and bool(self.like(density.outcome.added)))


def _observed(tree: Tree, looks: Sequence[Look]) -> _Observed:
    declared = (*tree.blocks["data"], *tree.blocks["transformed data"])
    sizes = {d.name: unparse(d.dims[0]) for d in declared if isinstance(d, Declaration) and d.dims}
    outcomes = [
        t.density.outcome
        for look in looks
        if look.role is Role.LIKELIHOOD
        for t in look.terms
        if t.density and not t.density.outcome.parameters
    ]
    return _Observed(
        data=frozenset[str]().union(*(o.data for o in outcomes)),
        sizes=sizes,
        has_likelihood=any(look.role in OPEN for look in looks),
    )
