"""Which priors are population statements, once all likelihood statements are decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variable_of, variables_of
from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.roles.noncentred import noncentred_effects, reaching_directly
from bayeswrap.program.roles.role import POSSIBLE_LIKELIHOOD, Role
from bayeswrap.program.roles.single_statement import DensityTerm, Judgement, map_terms, names
from bayeswrap.program.syntax.patterns import family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.flow.parameter_cells import Cells
    from bayeswrap.program.flow.propagation import DataFlow
    from bayeswrap.program.roles.units import RoleUnit
    from bayeswrap.program.syntax.tree import Tree

__all__ = [
    "with_populations",
]


_HEAVY = frozenset({"cauchy", "student_t"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """Which parameters reach the data, and how."""

    data_flow: DataFlow
    direct: frozenset[str]
    """Parameters in a statement that is, or may be, likelihood."""
    beside: frozenset[str]
    """Those that stand there in another way than as the scale of a non-centred effect."""
    reaching: frozenset[str]
    """Those, and the parameters of their distributions."""
    effects: Mapping[str, bool]
    """Non-centred effects; True where it is sure that they are effects."""
    latent: frozenset[str] = frozenset()
    """Outcomes of population statements."""

    def are_containers(self, group: frozenset[str]) -> bool:
        """Return whether all of a group belong to a variable with a size."""
        return all(map(self.cells.is_container, group))

    def all_scalar(self, group: frozenset[str]) -> bool:
        """Return whether all of a group are single numbers."""
        return not any(map(self.cells.shape, group))

    @property
    def cells(self) -> Cells:
        """How the parameters are cut."""
        return self.data_flow.cells


def with_populations(
    tree: Tree, data_flow: DataFlow, units: Sequence[RoleUnit], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """Return the judgements with population statements apart from priors.

    Parameters
    ----------
    tree : Tree
        The program.
    data_flow : DataFlow
        Its target statements.
    units : sequence of RoleUnit
        What they are made of.
    judgements : sequence of Judgement
        What each unit shows by itself.
    """
    setting = _setting(tree, data_flow, units, judgements)
    judgements = [
        map_terms(judgement, Role.PRIOR, lambda t: _by_parents(t, setting))
        for judgement in judgements
    ]
    setting = replace(setting, latent=_latent(judgements, setting))
    judgements = [
        map_terms(judgement, Role.PRIOR, lambda t: _by_outcome(t, setting))
        for judgement in judgements
    ]
    scaled = _scaled(data_flow, judgements, setting)
    return [
        map_terms(judgement, Role.PRIOR, lambda t: _local_scale(t, setting, scaled))
        for judgement in judgements
    ]


def _setting(
    tree: Tree, data_flow: DataFlow, units: Sequence[RoleUnit], judgements: Sequence[Judgement]
) -> _Setting:
    likelihoods = [
        p
        for p, judgement in zip(units, judgements, strict=True)
        if judgement.role in POSSIBLE_LIKELIHOOD
    ]
    direct = reaching_directly(likelihoods, data_flow)
    effects = noncentred_effects(tree, data_flow, likelihoods)
    zeroed = frozenset(name for name, sure in effects.items() if sure)
    # a centred and a non-centred half may share a scale
    without = propagate(tree, replace(data_flow.setting, zeroed=zeroed)) if zeroed else data_flow
    return _Setting(
        data_flow=data_flow,
        direct=direct,
        beside=reaching_directly(likelihoods, without),
        reaching=_reaching(direct, judgements),
        effects=effects,
    )


def _reaching(direct: frozenset[str], judgements: Sequence[Judgement]) -> frozenset[str]:
    """Return the parameters that reach a likelihood, directly or through other parameters."""
    terms = [
        t
        for judgement in judgements
        if judgement.role not in POSSIBLE_LIKELIHOOD
        for t in judgement.terms
    ]
    reaching = set(direct)
    while True:
        more = {p for t in terms if t.outcome & reaching for p in t.parents} - reaching
        if not more:
            return frozenset(reaching)
        reaching |= more


def _by_parents(term: DensityTerm, setting: _Setting) -> DensityTerm:
    """Look at where else the parameters of a distribution lead."""
    if term.density is None:
        return _without_density(term, setting)
    parents = term.parents - term.outcome - _states(term, variables_of(term.outcome), setting)
    only = parents - setting.beside
    if only:
        verb = "reach" if len(only) > 1 else "reaches"
        why = f"{names(only)} {verb} the data through {names(term.outcome)} only"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    scaled = {p for n in term.outcome for p in setting.data_flow.multipliers(n)} & parents
    if scaled and setting.are_containers(term.outcome):
        why = f"{names(scaled)} scales {names(term.outcome)}, and stands in its distribution"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    if parents and setting.direct and not term.outcome & setting.reaching:
        # missing or censored values: their statement is all that they have
        why = f"{names(term.outcome)} has no other way to the data"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    if setting.all_scalar(parents):
        return term
    why = f"{names(term.parents)} is used elsewhere too, but is no single scale"
    return term.with_role(Role.PRIOR, why, sure=False)


def _without_density(term: DensityTerm, setting: _Setting) -> DensityTerm:
    """Look at a term of parameters alone: which of them it is a density of does not show."""
    inner, rest = term.outcome & setting.direct, term.outcome - setting.direct
    if inner and rest and not setting.all_scalar(term.outcome):
        if setting.are_containers(inner) and setting.all_scalar(rest):
            # the kernel of a field, with its precision
            why = f"{names(rest)} reaches the data through {names(inner)} only"
            return term.with_role(Role.POPULATION, why, sure=term.sure)
        why = f"no density of {names(term.outcome)} is written"
        return replace(term, role=Role.UNDECIDED, why=why, is_latent=True)
    plain = len(variables_of(term.outcome)) <= 1 or setting.all_scalar(term.outcome)
    return replace(term, sure=term.sure and plain)


def _latent(judgements: Sequence[Judgement], setting: _Setting) -> frozenset[str]:
    direct = setting.direct
    terms = [t for judgement in judgements for t in judgement.terms if _is_population(judgement, t)]
    outcomes = frozenset[str]().union(*(t.outcome & direct or t.outcome for t in terms))
    states = variables_of(outcomes)
    return outcomes | {n for t in terms for n in _states(t, states, setting)}


def _states(term: DensityTerm, states: frozenset[str], setting: _Setting) -> frozenset[str]:
    """Return the states that a state depends on: ``x[t] ~ normal(x[t - 1], q)`` makes x[1] one."""
    own = frozenset(p for p in term.parents if variable_of(p) in states)
    # a single element that is a parent may be a mean that stands in the same container
    return own if not setting.all_scalar(own) else frozenset()


def _is_population(judgement: Judgement, term: DensityTerm) -> bool:
    return judgement.role is Role.POPULATION or (
        not judgement.by_user and term.role is Role.POPULATION
    )


def _by_outcome(term: DensityTerm, setting: _Setting) -> DensityTerm:
    """Look at whether other statements make the outcome a latent effect."""
    outcome = term.outcome
    if outcome & setting.latent and setting.are_containers(outcome):
        why = f"{names(outcome & setting.latent)} has a population statement"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    effects = outcome & set(setting.effects)
    if not effects or term.parents - outcome:
        return term
    if all(setting.effects[n] for n in effects):
        why = f"effects {names(effects)}, scaled by a parameter that is used nowhere else"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    why = f"{names(effects)} is multiplied by a parameter that is used elsewhere too"
    return term.with_role(Role.PRIOR, why, sure=False)


def _scaled(
    data_flow: DataFlow, judgements: Sequence[Judgement], setting: _Setting
) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Return scales of effects, each with the shape of the effect."""
    terms = [t for judgement in judgements for t in judgement.terms if _is_population(judgement, t)]
    centred = {(p, e) for t in terms for p in t.parents for e in t.outcome}
    products = {
        (p, e) for e, sure in setting.effects.items() if sure for p in data_flow.multipliers(e)
    }
    return frozenset((p, setting.cells.sizes(e)) for p, e in centred | products)


def _local_scale(
    term: DensityTerm, setting: _Setting, scaled: frozenset[tuple[str, tuple[str, ...]]]
) -> DensityTerm:
    """Doubt scales that come one to an effect: they may be effects or hyperparameters."""
    for name in sorted(term.outcome):
        shape = setting.cells.shape(name)
        is_scale = setting.cells.declared[variable_of(name)].constraint.is_scale
        if (
            is_scale
            and shape
            and not term.parents
            and _comes_one_to_each(term, shape, name, scaled)
        ):
            why = f"a prior of fixed scale, though {names({name})} holds one scale for each effect"
            return term.with_role(Role.PRIOR, why, sure=False)
    return term


def _comes_one_to_each(
    term: DensityTerm,
    shape: tuple[str, ...],
    name: str,
    scaled: frozenset[tuple[str, tuple[str, ...]]],
) -> bool:
    """Return whether scales are local: shaped as the effects, or heavy-tailed as in a horseshoe."""
    heavy = term.density is not None and term.density.unit and family(term.density.name) in _HEAVY
    # three scales of three coefficients are not local
    heavy = heavy and not any(size.isdecimal() for size in shape)
    return any(n == name and (s == shape or (heavy and len(s) == len(shape))) for n, s in scaled)
