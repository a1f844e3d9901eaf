"""Terms without a density: which of their data are observed, and which are constants of a prior.

A likelihood that is written by hand and a penalty look alike: both are a number made of data and
parameters. What tells them apart is which data they hold: outcomes of other statements, counts,
rows that stand beside a prediction, against constants and tables as large as the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variables_of
from bayeswrap.program.flow.provenance import origins_of, roots
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.single_statement import DensityTerm, Judgement, map_terms, names
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.tree import Declaration, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.program.flow.values import Density
    from bayeswrap.program.roles.units import RoleUnit

__all__ = [
    "settled",
]


Names = frozenset[str]
_OPEN = frozenset({Role.PRIOR, Role.UNDECIDED})


def settled(
    tree: Tree, units: Sequence[RoleUnit], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """Return the judgements with a role for terms that have data and no density.

    Parameters
    ----------
    tree : Tree
        The program.
    units : sequence of RoleUnit
        The terms that go together.
    judgements : sequence of Judgement
        What each unit shows by itself.
    """
    known = _known(tree, judgements)
    judgements = _each(judgements, known.by_other_statements)
    judgements = _each(judgements, known.observed)
    # what is observed by now is what the others are held against
    known = known.with_observed(judgements)
    judgements = _each(judgements, known.rows_or_tables)
    known = known.with_observed(judgements)
    judgements = _each(judgements, known.constants)
    judgements = _each(judgements, known.indexed)
    return _beside_a_density(units, judgements)


def _beside_a_density(
    units: Sequence[RoleUnit], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """Take away the doubt of terms that stand in one sum with the density of an outcome."""
    both = list(zip(units, judgements, strict=True))
    dense = {u.position for u, j in both if u.densities and j.role is Role.LIKELIHOOD and j.sure}
    return [
        replace(j, sure=True) if u.position in dense and j.role is Role.LIKELIHOOD else j
        for u, j in both
    ]


def _each(
    judgements: Sequence[Judgement], settle: Callable[[DensityTerm], DensityTerm]
) -> list[Judgement]:
    return [
        map_terms(judgement, judgement.role, lambda t: t if t.density else settle(t))
        if judgement.role in _OPEN
        else judgement
        for judgement in judgements
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the statements of a program say about its data."""

    origins: Mapping[str, Names]
    sizes: Mapping[str, tuple[str, ...]]
    """Sizes of data and parameters, as they are written."""
    own: Mapping[str, Names]
    """Data in the sizes of each parameter."""
    counts: Names
    """Data that are integers, and sizes of nothing."""
    lengths: Names
    """Data that are sizes."""
    stated: Names
    """Parameters that are outcomes of a density."""
    outcomes: Names
    """Data that are outcomes of a density."""
    hyper: Names
    """Data that set the distribution of a parameter."""
    observed_data: Names
    """All data of likelihood statements."""
    observed_lengths: Names
    """First sizes of the outcomes."""
    has_likelihood: bool

    def with_observed(self, judgements: Sequence[Judgement]) -> _Known:
        """Add the data of terms that were found to be likelihood."""
        terms = [t for j in judgements if j.role is Role.LIKELIHOOD for t in j.terms]
        bare = frozenset[str]().union(*(t.data for t in terms if not t.density))
        return replace(
            self,
            observed_data=self.observed_data | roots(bare - self.lengths, self.origins),
            observed_lengths=self.observed_lengths | self._first(bare),
            has_likelihood=bool(terms),
        )

    def _first(self, data: Names) -> Names:
        return frozenset(self.sizes[n][0] for n in data if self.sizes.get(n))

    def rows_of(self, term: DensityTerm) -> Names:
        """Return the data containers of a term, summed up or not."""
        return frozenset(n for n in term.data if self.sizes.get(n))

    def by_other_statements(self, term: DensityTerm) -> DensityTerm:
        """Decide a term whose data other statements speak of."""
        if not term.data:
            return term
        data = roots(self._apart(term), self.origins)
        if not data:
            why = "a term of parameters and of their number" if term.outcome else term.why
            return term.with_role(Role.PRIOR, why)
        if data <= self.outcomes:
            why = f"no density, but its data ({names(data)}) are outcomes"
            return term.with_role(Role.LIKELIHOOD, why)
        if data <= self.hyper:
            why = f"no density, but its data ({names(data)}) are hyperparameters"
            return term.with_role(Role.PRIOR, why)
        return term

    def _apart(self, term: DensityTerm) -> Names:
        """Return the data of a term without those in the sizes of its parameters."""
        own = frozenset[str]().union(*(self.own[n] for n in variables_of(term.outcome)))
        return term.data - own

    def observed(self, term: DensityTerm) -> DensityTerm:
        """Take counts, residuals and what data choose as observed."""
        if term.role is not Role.UNDECIDED:
            return term
        seen = (term.data & self.counts) | term.choosing
        residuals = term.added & self.rows_of(term)
        if seen or any(not self._measures(n, term) for n in residuals):
            why = f"no density, but holds observed data ({names(seen or residuals)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        if not residuals:
            return term
        # theta - y in a program of its own, or beta - m0
        if residuals & self.observed_data or self._first(residuals) & self.observed_lengths:
            why = f"no density, but holds data as long as an outcome ({names(residuals)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        return term if self.has_likelihood else self._alone(term)

    def _measures(self, data: str, term: DensityTerm) -> bool:
        """Return whether a data container has the sizes of the parameters, and no others."""
        sizes = {size for n in variables_of(term.outcome) for size in self.sizes.get(n, ())}
        return set(self.sizes.get(data, ())) <= sizes

    def _alone(self, term: DensityTerm) -> DensityTerm:
        """Look at tables as large as the parameters where nothing else is observed."""
        if variables_of(term.outcome) <= self.stated:
            why = f"no density, but no other statement holds data ({names(term.data)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        why = f"data ({names(term.data)}) as large as {names(term.outcome)}, and no outcome"
        return term.with_role(Role.PRIOR, why, sure=False)

    def rows_or_tables(self, term: DensityTerm) -> DensityTerm:
        """Look at data that multiply: predictors and weights have rows, penalties do not."""
        rows = self.rows_of(term)
        if term.role is not Role.UNDECIDED or not rows or term.added & rows:
            return term
        own = all(self._measures(n, term) for n in rows)
        if not self.has_likelihood:
            if own:
                return self._alone(term)
            why = f"no density, but no other statement holds data ({names(term.data)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        if not own and self._first(rows) & self.observed_lengths:
            why = f"no density, but holds data as long as an outcome ({names(rows)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        why = f"no density, and its data ({names(term.data)}) are no outcomes"
        return term.with_role(Role.PRIOR, why, sure=False)

    def constants(self, term: DensityTerm) -> DensityTerm:
        """Look at data that are single numbers: with those of outcomes they are observed."""
        if term.role is not Role.UNDECIDED or self.rows_of(term) or not term.outcome:
            return term
        data = self._apart(term)
        shared = roots(data - self.lengths, self.origins) & self.observed_data
        if self.has_likelihood and (shared or data & self.lengths):
            why = f"no density, but its data ({names(data)}) stand beside outcomes elsewhere"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        if not self.has_likelihood and term.added and variables_of(term.outcome) <= self.stated:
            why = f"no density, but no other statement holds data ({names(data)})"
            return term.with_role(Role.LIKELIHOOD, why, sure=False)
        why = f"constants ({names(data)}) and parameters alone"
        return term.with_role(Role.PRIOR, why, sure=False)

    def indexed(self, term: DensityTerm) -> DensityTerm:
        """Look at the log of a probability that data index, where nothing else is observed."""
        if self.has_likelihood or term.role is not Role.PRIOR or term.data:
            return term
        chosen = frozenset(n for n in term.chosen if self.sizes.get(n))
        if not chosen:
            return term
        why = f"data ({names(chosen)}) choose which term of the parameters it is"
        return term.with_role(Role.LIKELIHOOD, why, sure=False)


def _known(tree: Tree, judgements: Sequence[Judgement]) -> _Known:
    """Gather what terms with a density say about the data."""
    origins = origins_of(tree)
    terms = [(t, t.density) for j in judgements for t in j.terms if t.density]
    outcomes = roots(_of(terms, Role.LIKELIHOOD, lambda d: d.outcome.data), origins)
    hyper = roots(_of(terms, Role.PRIOR, lambda d: d.arguments.data), origins)
    computed = [*_declared(tree, "data"), *_declared(tree, "transformed data")]
    parameters = list(_declared(tree, "parameters"))
    data = {d.name for d in computed}
    own = {d.name: frozenset(e.name for dim in d.dims for e in dim.walk()) for d in parameters}
    dims = [e.name for d in (*computed, *parameters) for dim in d.dims for e in dim.walk()]
    lengths = frozenset(dims) & data
    seen = _of(terms, Role.LIKELIHOOD, lambda d: d.outcome.data)
    sizes = {d.name: tuple(unparse(e) for e in d.dims) for d in (*computed, *parameters)}
    return _Known(
        origins=origins,
        sizes=sizes,
        own=own,
        counts=frozenset(d.name for d in computed if d.base == "int") - lengths,
        lengths=lengths,
        stated=frozenset[str]().union(*(variables_of(t.outcome) for t, _ in terms)),
        outcomes=outcomes,
        hyper=hyper - outcomes,
        observed_data=outcomes,
        observed_lengths=frozenset(sizes[n][0] for n in seen if sizes.get(n)),
        has_likelihood=any(j.role is Role.LIKELIHOOD for j in judgements),
    )


def _declared(tree: Tree, block: str) -> Sequence[Declaration]:
    return [d for d in tree.blocks[block] if isinstance(d, Declaration)]


def _of(
    terms: Sequence[tuple[DensityTerm, Density]], role: Role, data: Callable[[Density], Names]
) -> Names:
    return frozenset[str]().union(*(data(d) for t, d in terms if t.role is role))
