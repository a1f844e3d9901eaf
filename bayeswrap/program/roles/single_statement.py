"""What one target statement shows by itself: an outcome of data, or of parameters.

A statement is a sum of terms; each density in it is a `DensityTerm`. What other statements say
about it comes later, in `assignment`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variable_of
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.units import is_normalising_constant
from bayeswrap.program.syntax.patterns import family, is_cumulative
from bayeswrap.program.syntax.tree import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.program.flow.values import Density
    from bayeswrap.program.roles.units import RoleUnit

__all__ = [
    "DensityTerm",
    "Judgement",
    "combined",
    "judge_alone",
    "map_terms",
    "names",
]


_LOCATION_SCALE = frozenset(
    {"normal", "cauchy", "student_t", "double_exponential", "logistic", "std_normal"}
    | {"multi_normal", "multi_normal_cholesky", "multi_normal_prec"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityTerm:
    """One density of a statement, or its whole where it has none."""

    role: Role
    why: str
    sure: bool = True
    outcome: frozenset[str] = frozenset()
    """Parameters in the outcome."""
    parents: frozenset[str] = frozenset()
    """Parameters in the distribution."""
    density: Density | None = None
    data: frozenset[str] = frozenset()
    """Data in a term without a density."""
    added: frozenset[str] = frozenset()
    """Those of them that are added in, not only factors of parameters."""
    choosing: frozenset[str] = frozenset()
    """Data that choose its value."""
    is_latent: bool = False
    """Whether the question, where there is one, is between prior and population."""
    chosen: frozenset[str] = frozenset()
    """Variables in the indices of a term that takes a log."""

    def with_role(self, role: Role, why: str, *, sure: bool = True) -> DensityTerm:
        """Return this term with a role."""
        return replace(self, role=role, why=why, sure=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A statement's terms, with the role that they have together."""

    role: Role
    why: str
    sure: bool
    terms: tuple[DensityTerm, ...] = ()
    is_latent: bool = False
    """Whether the question, where there is one, is between prior and population."""
    by_user: bool = False
    """The user has set the role: no rule changes it."""


def names(group: frozenset[str] | set[str]) -> str:
    """Return names for a message; all that no index names stands for its variable."""
    whole = {variable_of(n) for n in group if not re.search(r"\[.*\d", n)}
    return ", ".join(sorted(whole | {n for n in group if variable_of(n) not in whole}))


def judge_alone(unit: RoleUnit) -> Judgement:
    """Decide what one unit shows by itself."""
    if unit.node.dead:
        return Judgement(role=Role.PRIOR, why="never runs with these data", sure=True)
    if unit.node.is_adjustment:
        return Judgement(role=Role.ADJUSTMENT, why="follows Stan's jacobian flag", sure=True)
    if not unit.densities:
        return combined((_without_density(unit),))
    densities = sorted(unit.densities, key=_order)
    # a constant, such as the normalisation of a truncation, joins the term that it belongs to
    weighty = [d for d in densities if not is_normalising_constant(d)] or densities
    return _beside(combined(tuple(map(_density_term, weighty))), unit)


def _order(density: Density) -> tuple[str, ...]:
    """Return a key that sorts densities: a set of them has the same order in every run."""
    parts = (density.outcome, density.arguments)
    return (density.name, *(names(f.parameters | f.data) for f in parts), density.literal)


def combined(terms: tuple[DensityTerm, ...]) -> Judgement:
    """Return the role that the terms of a statement have together."""
    undecided = next((t for t in terms if t.role is Role.UNDECIDED), None)
    if undecided:
        return Judgement(
            role=Role.UNDECIDED,
            why=undecided.why,
            sure=False,
            terms=terms,
            is_latent=undecided.is_latent,
        )
    roles = sorted({t.role for t in terms})
    if roles == [Role.POPULATION, Role.PRIOR] and len({t.outcome for t in terms}) == 1:
        # a mixture of distributions of one effect, of which one is fixed
        roles, terms = [Role.POPULATION], tuple(t for t in terms if t.role is Role.POPULATION)
    if len(roles) > 1:
        why = f"terms of different roles ({' and '.join(roles)}) in one statement"
        return Judgement(role=Role.UNDECIDED, why=why, sure=False, terms=terms)
    # the first doubt is reported, if there is one
    first = next((t for t in terms if not t.sure), terms[0])
    return Judgement(role=first.role, why=first.why, sure=first.sure, terms=terms)


def map_terms(
    judgement: Judgement, role: Role, change: Callable[[DensityTerm], DensityTerm]
) -> Judgement:
    """Return a judgement with its terms changed, unless its role is another or the user's own."""
    if judgement.by_user or judgement.role is not role:
        return judgement
    terms = tuple(change(t) for t in judgement.terms)
    if terms == judgement.terms:
        return judgement
    new = combined(terms)
    # a doubt about the statement as a whole stays
    return replace(
        new, sure=new.sure and (judgement.sure or any(not t.sure for t in judgement.terms))
    )


def _without_density(unit: RoleUnit) -> DensityTerm:
    flow = unit.flow
    term = DensityTerm(
        role=Role.PRIOR,
        why="a term of parameters alone" if flow.parameters else "a constant",
        outcome=flow.parameters,
        data=flow.data,
        added=flow.added,
        choosing=flow.choosing,
        chosen=_indices_of_logs(unit),
    )
    if not flow.parameters:
        return term
    if flow.data:
        why = f"no density, but data ({names(flow.data)}) and parameters"
        return term.with_role(Role.UNDECIDED, why, sure=False)
    if flow.choosing:
        why = f"data ({names(flow.choosing)}) choose which term of the parameters it is"
        return term.with_role(Role.LIKELIHOOD, why, sure=False)
    return term


def _indices_of_logs(unit: RoleUnit) -> frozenset[str]:
    """Return the variables in indices of a term that takes the log of something."""
    parts = [e for expression in unit.expressions for e in expression.walk()]
    if not any(e.head == "FunApp" and "log" in e.name for e in parts):
        return frozenset()
    indices = (index for e in parts if e.head == "Indexed" for index in e.args[1:])
    return frozenset(e.name for i in indices for e in i.walk() if e.head == "Variable")


def _density_term(density: Density) -> DensityTerm:
    outcome, arguments = density.outcome, density.arguments
    term = DensityTerm(
        role=Role.UNDECIDED,
        why="",
        outcome=outcome.parameters,
        parents=arguments.parameters,
        density=density,
    )
    if density.user:
        return _formula_term(term, density)
    if outcome.parameters:
        return _parameter_term(term, density)
    if outcome.data:
        return term.with_role(Role.LIKELIHOOD, f"outcome is data ({names(outcome.data)})")
    return _constant_outcome(term, density)


def _parameter_term(term: DensityTerm, density: Density) -> DensityTerm:
    """Look at a density whose outcome holds parameters: with data added in, they are observed."""
    outcome = density.outcome
    if outcome.added:
        both = outcome.added & density.arguments.data
        if density.element and both:
            why = f"{names(both)} and parameters stand in one container: which element is this?"
            return term.with_role(Role.UNDECIDED, why)
        # a scalar may be a hyperparameter as well: mu - m0 looks like y - mu
        sure = not outcome.doubtful and bool(outcome.added & outcome.rows)
        return term.with_role(
            Role.LIKELIHOOD, f"outcome holds data ({names(outcome.added)})", sure=sure
        )
    if outcome.rows and is_cumulative(density.name):
        # the probability that a linear predictor is not exceeded
        return term.with_role(Role.LIKELIHOOD, f"a probability given data ({names(outcome.data)})")
    return term.with_role(Role.PRIOR, _prior_why(density), sure=not outcome.doubtful)


def _prior_why(density: Density) -> str:
    hyper = density.arguments.data
    return "outcome is a parameter" + (f"; data ({names(hyper)}) set its prior" if hyper else "")


def _constant_outcome(term: DensityTerm, density: Density) -> DensityTerm:
    if not density.arguments.parameters:
        return term.with_role(Role.PRIOR, "a constant")
    if is_cumulative(density.name):
        return term.with_role(
            Role.UNDECIDED, "a constant probability may be censoring or truncation"
        )
    is_zero = not density.literal or float(density.literal.replace("_", "")) == 0
    if is_zero and family(density.name) in _LOCATION_SCALE:
        return term.with_role(Role.UNDECIDED, "a constant 0 as outcome may be a soft constraint")
    return term.with_role(Role.LIKELIHOOD, "constant outcome, parameters in its distribution")


def _formula_term(term: DensityTerm, density: Density) -> DensityTerm:
    """Look at a density of the user's own, written as a formula of its arguments."""
    outcome, rows = density.outcome, density.arguments.rows
    if outcome.data and not outcome.parameters:
        return term.with_role(Role.LIKELIHOOD, f"outcome is data ({names(outcome.data)})")
    if outcome.parameters and not (rows or outcome.data):
        return term.with_role(Role.PRIOR, _prior_why(density))
    if outcome.parameters and not outcome.added:
        why = f"{density.name} has parameters as its outcome, and holds data ({names(rows)})"
        return term.with_role(Role.PRIOR, why, sure=False)
    return term.with_role(
        Role.UNDECIDED, f"{density.name} of parameters and data may hold a likelihood"
    )


def _once(unit: RoleUnit) -> bool:
    """Return whether the summand without a density is added once, not with each row of data."""
    node = unit.node.node
    gathered = isinstance(node, Target) and node.expression.head == "Variable"
    scalar = unit.node.outcome_type == "real"
    return not unit.node.in_loop and (len(unit.summands) > 1 or (gathered and scalar))


def _beside(judgement: Judgement, unit: RoleUnit) -> Judgement:
    """Look at the summands without a density that stand beside those with one."""
    bare = unit.flow.bare
    if judgement.role is Role.UNDECIDED or not bare:
        return judgement
    why = f"a summand without a density ({names(bare)}) stands beside the density"
    if judgement.role is Role.LIKELIHOOD:
        # log1m(theta) + poisson_lpmf(y[n] | lambda) of each row; outside a loop it may be a
        # prior that was smuggled in
        alone = not bare & unit.flow.data and _once(unit)
        return replace(judgement, why=f"{judgement.why}; {why}", sure=judgement.sure and not alone)
    if bare & unit.flow.data:
        return replace(judgement, role=Role.UNDECIDED, why=why, sure=False)
    outcomes = frozenset[str]().union(*(t.outcome for t in judgement.terms))
    return replace(judgement, sure=judgement.sure and bare <= outcomes)
