"""Which statement is prior, population or likelihood: what statements say about each other.

A *likelihood* statement has an outcome made of data; a *prior* one has an outcome made of
parameters alone; a *population* statement is a prior on latent effects whose own parameters reach
the data through those effects only. Where that cannot be seen the role is doubtful or undecided.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.roles.bare_terms import settled
from bayeswrap.program.roles.population import with_populations
from bayeswrap.program.roles.role import POSSIBLE_LIKELIHOOD, Role
from bayeswrap.program.roles.single_statement import (
    DensityTerm,
    Judgement,
    judge_alone,
    map_terms,
    names,
)
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.tree import Declaration, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.flow.propagation import DataFlow
    from bayeswrap.program.roles.units import RoleUnit

__all__ = [
    "assign_roles",
]


def assign_roles(
    tree: Tree,
    data_flow: DataFlow,
    units: Sequence[RoleUnit],
    by_user: Mapping[int, tuple[Role, str]],
) -> list[Judgement]:
    """Give each unit its role.

    Parameters
    ----------
    tree : Tree
        The program's syntax tree.
    data_flow : DataFlow
        Its target statements, with what their values are made of.
    units : sequence of RoleUnit
        The terms that go together.
    by_user : mapping of int to (Role, str)
        Roles set by the user, by position; they count when others are decided.
    """
    judgements = [judge_alone(unit) for unit in units]
    for i, (role, why) in by_user.items():
        judgements[i] = replace(judgements[i], role=role, why=why, sure=True, by_user=True)
    judgements = _questioned(tree, units, judgements)
    return with_populations(tree, data_flow, units, judgements)


def _questioned(
    tree: Tree, units: Sequence[RoleUnit], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """Ask where a prior on parameters may in truth be the observation of data."""
    judgements = settled(tree, units, judgements)
    observed = _observed(tree, judgements)
    return [
        map_terms(judgement, Role.PRIOR, observed.ask)
        if judgement.role is Role.PRIOR
        else map_terms(judgement, Role.LIKELIHOOD, observed.doubt)
        for judgement in judgements
    ]


@dataclass(frozen=True, slots=True)
class _Observed:
    """The data that are outcomes of likelihood statements."""

    data: frozenset[str]
    sizes: Mapping[str, str]
    """First size of each data container, as it is declared."""
    has_likelihood: bool
    repeated: frozenset[str]
    """Parameters that are the outcome of several statements."""

    def like(self, group: frozenset[str]) -> frozenset[str]:
        """Return the data containers that are outcomes, or as long as one."""
        lengths = {self.sizes[n] for n in self.data if n in self.sizes}
        return frozenset(n for n in group if n in self.data or self.sizes.get(n) in lengths)

    def ask(self, term: DensityTerm) -> DensityTerm:
        """Look at a prior whose distribution or outcome holds data."""
        density = term.density
        if density is None or not (density.arguments.data or density.outcome.data):
            return term
        rows = density.arguments.rows | density.outcome.rows
        if not self.has_likelihood:
            # y + 0 ~ normal(mu, 1) turned around: theta ~ normal(y, 1) beside its own prior
            turned = density.outcome.rows or (rows and term.outcome & self.repeated)
            why = "no other statement has data as its outcome, and this one holds data"
            return term.with_role(Role.UNDECIDED if turned else Role.PRIOR, why, sure=False)
        located = frozenset() if density.location.parameters else density.location.rows
        own = frozenset() if density.arguments.parameters else density.arguments.rows & self.data
        near = self.like(located | density.outcome.rows) | own
        if near:
            why = f"data as long as an outcome ({names(near)}): measured values, or a prior's own?"
            return term.with_role(Role.UNDECIDED, why, sure=False)
        return term

    def doubt(self, term: DensityTerm) -> DensityTerm:
        """Look at a likelihood whose outcome holds parameters too."""
        density = term.density
        if density is None or not density.outcome.parameters or not self.data:
            return term
        added = density.outcome.added
        if self.like(added) or density.outcome.merged & added:
            return term
        # theta - m0 looks like y - mu
        why = f"is {names(added)} observed, or a hyperparameter?"
        return term.with_role(Role.UNDECIDED, why, sure=False)


def _observed(tree: Tree, judgements: Sequence[Judgement]) -> _Observed:
    declared = (*tree.blocks["data"], *tree.blocks["transformed data"])
    sizes = {d.name: unparse(d.dims[0]) for d in declared if isinstance(d, Declaration) and d.dims}
    outcomes = [
        t.density.outcome
        for judgement in judgements
        if judgement.role is Role.LIKELIHOOD
        for t in judgement.terms
        if t.density and not t.density.outcome.parameters
    ]
    return _Observed(
        data=frozenset[str]().union(*(o.data for o in outcomes)),
        sizes=sizes,
        has_likelihood=any(judgement.role in POSSIBLE_LIKELIHOOD for judgement in judgements),
        repeated=_repeated(judgements),
    )


def _repeated(judgements: Sequence[Judgement]) -> frozenset[str]:
    counts = Counter(n for j in judgements for n in {n for t in j.terms for n in t.outcome})
    return frozenset(name for name, count in counts.items() if count > 1)
