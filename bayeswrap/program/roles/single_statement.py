"""What one target statement shows by itself: an outcome of data, or of parameters.

A statement is a sum of terms; each density in it is a `Term`. What other statements say about it
comes later, in `roles`. Imports `expressions`, `pieces` and `syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.patterns import family, is_cumulative
from bayeswrap.program.syntax.tree import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.program.flow.values import Density, Flow
    from bayeswrap.program.roles.units import Piece

__all__ = [
    "Look",
    "Term",
    "combined",
    "first_look",
    "names",
    "over_terms",
]


_LOCATION_SCALE = frozenset(
    {"normal", "cauchy", "student_t", "double_exponential", "logistic", "std_normal"}
    | {"multi_normal", "multi_normal_cholesky", "multi_normal_prec"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
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
    rows: frozenset[str] = frozenset()
    """Those of them that are containers."""

    def seen(self, role: Role, why: str, *, sure: bool = True) -> Term:
        """Return this term with a role."""
        return replace(self, role=role, why=why, sure=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A statement's terms, with the role that they have together."""

    role: Role
    why: str
    sure: bool
    terms: tuple[Term, ...] = ()
    said: bool = False
    """The user has said the role: no rule changes it."""


def names(group: frozenset[str] | set[str]) -> str:
    """Return names for a message."""
    return ", ".join(sorted(group))


def first_look(piece: Piece) -> Look:
    """Decide what one piece shows by itself."""
    if piece.node.dead:
        return Look(role=Role.PRIOR, why="never runs with these data", sure=True)
    if piece.node.is_adjustment:
        return Look(role=Role.ADJUSTMENT, why="follows Stan's jacobian flag", sure=True)
    if not piece.densities:
        return combined((_without_density(piece.flow),))
    terms = [_density_term(d) for d in sorted(piece.densities, key=_order)]
    # a constant, such as the normalisation of a truncation, joins the term that it belongs to
    weighty = [t for t in terms if not _joins(t)] or terms
    return _beside(combined(tuple(weighty)), piece)


def _order(density: Density) -> tuple[str, ...]:
    """Sort densities, so that sets of them are told the same way in every run."""
    parts = (density.outcome, density.arguments)
    return (density.name, *(names(f.parameters | f.data) for f in parts), density.literal)


def combined(terms: tuple[Term, ...]) -> Look:
    """Return the role that the terms of a statement have together."""
    undecided = next((t for t in terms if t.role is Role.UNDECIDED), None)
    if undecided:
        return Look(role=Role.UNDECIDED, why=undecided.why, sure=False, terms=terms)
    roles = sorted({t.role for t in terms})
    if len(roles) > 1:
        why = f"terms of different roles ({' and '.join(roles)}) in one statement"
        return Look(role=Role.UNDECIDED, why=why, sure=False, terms=terms)
    # the first doubt is told, if there is one
    told = next((t for t in terms if not t.sure), terms[0])
    return Look(role=told.role, why=told.why, sure=told.sure, terms=terms)


def over_terms(look: Look, role: Role, change: Callable[[Term], Term]) -> Look:
    """Return a look with its terms changed, unless it has another role or the user has said it."""
    if look.said or look.role is not role:
        return look
    terms = tuple(change(t) for t in look.terms)
    if terms == look.terms:
        return look
    new = combined(terms)
    # a doubt about the statement as a whole stays
    return replace(new, sure=new.sure and (look.sure or any(not t.sure for t in look.terms)))


def _joins(term: Term) -> bool:
    density = term.density
    if density is None or density.outcome.parameters or density.outcome.data:
        return False
    return is_cumulative(density.name) or not density.arguments.parameters


def _without_density(flow: Flow) -> Term:
    if not flow.parameters:
        return Term(role=Role.PRIOR, why="a constant", data=flow.data)
    if flow.data:
        why = f"no density, but data ({names(flow.data)}) and parameters"
        return Term(
            role=Role.UNDECIDED,
            why=why,
            sure=False,
            outcome=flow.parameters,
            data=flow.data,
            rows=flow.rows,
        )
    if flow.choosing:
        why = f"data ({names(flow.choosing)}) choose which term of the parameters it is"
        return Term(role=Role.LIKELIHOOD, why=why, sure=False, outcome=flow.parameters)
    return Term(role=Role.PRIOR, why="a term of parameters alone", outcome=flow.parameters)


def _density_term(density: Density) -> Term:
    outcome, arguments = density.outcome, density.arguments
    term = Term(
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
        return term.seen(Role.LIKELIHOOD, f"outcome is data ({names(outcome.data)})")
    return _constant_outcome(term, density)


def _parameter_term(term: Term, density: Density) -> Term:
    """Look at a density whose outcome holds parameters: with data added in, they are observed."""
    outcome = density.outcome
    if outcome.added:
        both = outcome.added & density.arguments.data
        if density.element and both:
            why = f"{names(both)} and parameters stand in one container: which element is this?"
            return term.seen(Role.UNDECIDED, why)
        # a scalar may be a hyperparameter as well: mu - m0 looks like y - mu
        sure = not outcome.doubtful and bool(outcome.added & outcome.rows)
        return term.seen(Role.LIKELIHOOD, f"outcome holds data ({names(outcome.added)})", sure=sure)
    if outcome.rows and is_cumulative(density.name):
        # the probability that a linear predictor is not exceeded
        return term.seen(Role.LIKELIHOOD, f"a probability given data ({names(outcome.data)})")
    return term.seen(Role.PRIOR, _prior_why(density), sure=not outcome.doubtful)


def _prior_why(density: Density) -> str:
    hyper = density.arguments.data
    return "outcome is a parameter" + (f"; data ({names(hyper)}) set its prior" if hyper else "")


def _constant_outcome(term: Term, density: Density) -> Term:
    if not density.arguments.parameters:
        return term.seen(Role.PRIOR, "a constant")
    if is_cumulative(density.name):
        return term.seen(Role.UNDECIDED, "a constant probability may be censoring or truncation")
    is_zero = not density.literal or float(density.literal.replace("_", "")) == 0
    if is_zero and family(density.name) in _LOCATION_SCALE:
        return term.seen(Role.UNDECIDED, "a constant 0 as outcome may be a soft constraint")
    return term.seen(Role.LIKELIHOOD, "constant outcome, parameters in its distribution")


def _formula_term(term: Term, density: Density) -> Term:
    """Look at a density of the user's own, written as a formula of its arguments."""
    outcome, rows = density.outcome, density.arguments.rows
    if outcome.data and not outcome.parameters:
        return term.seen(Role.LIKELIHOOD, f"outcome is data ({names(outcome.data)})")
    if outcome.parameters and not (rows or outcome.data):
        return term.seen(Role.PRIOR, _prior_why(density))
    if outcome.parameters and not outcome.added:
        why = f"{density.name} has parameters as its outcome, and holds data ({names(rows)})"
        return term.seen(Role.PRIOR, why, sure=False)
    return term.seen(Role.UNDECIDED, f"{density.name} of parameters and data may hold a likelihood")


def _once(piece: Piece) -> bool:
    """Tell whether the summand without a density is added once, not with each row of data."""
    node = piece.node.node
    gathered = isinstance(node, Target) and node.expression.head == "Variable"
    scalar = piece.node.outcome_type == "real"
    return not piece.node.in_loop and (len(piece.summands) > 1 or (gathered and scalar))


def _beside(look: Look, piece: Piece) -> Look:
    """Look at the summands without a density that stand beside those with one."""
    bare = piece.flow.bare
    if look.role is Role.UNDECIDED or not bare:
        return look
    why = f"a summand without a density ({names(bare)}) stands beside the density"
    if look.role is Role.LIKELIHOOD:
        # log1m(theta) + poisson_lpmf(y[n] | lambda) of each row; outside a loop it may be a
        # prior that was smuggled in
        alone = not bare & piece.flow.data and _once(piece)
        return replace(look, why=f"{look.why}; {why}", sure=look.sure and not alone)
    if bare & piece.flow.data:
        return replace(look, role=Role.UNDECIDED, why=why, sure=False)
    outcomes = frozenset[str]().union(*(t.outcome for t in look.terms))
    return replace(look, sure=look.sure and bare <= outcomes)
