"""Which priors are population statements, once all likelihood statements are decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.roles.noncentred import noncentred_effects, reaching_directly
from bayeswrap.program.roles.role import POSSIBLE_LIKELIHOOD, Role
from bayeswrap.program.roles.single_statement import DensityTerm, Judgement, map_terms, names
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.patterns import family
from bayeswrap.program.syntax.tree import Declaration, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.flow.propagation import DataFlow
    from bayeswrap.program.roles.units import RoleUnit

__all__ = [
    "with_populations",
]


_HEAVY = frozenset({"cauchy", "student_t"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """Which parameters reach the data, and how."""

    parameters: Mapping[str, Declaration]
    direct: frozenset[str]
    """Parameters in a statement that is, or may be, likelihood."""
    reaching: frozenset[str]
    """Those, and the parameters of their distributions."""
    products: Mapping[str, frozenset[str]]
    """Parameters by what multiplies them."""
    effects: Mapping[str, bool]
    """Non-centred effects; True where it is sure that they are effects."""
    latent: frozenset[str] = frozenset()
    """Outcomes of population statements."""

    def are_containers(self, group: frozenset[str]) -> bool:
        """Return whether all of a group have a size."""
        return all(bool(self.parameters[n].dims) for n in group)

    def shape(self, name: str) -> tuple[str, ...]:
        """Return the sizes of a parameter as they are written."""
        return tuple(unparse(d) for d in self.parameters[name].dims)


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
    setting = replace(setting, latent=_latent(judgements, setting.direct))
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
    return _Setting(
        parameters={d.name: d for d in tree.blocks["parameters"] if isinstance(d, Declaration)},
        direct=direct,
        reaching=_reaching(direct, judgements),
        products=data_flow.products,
        effects=noncentred_effects(tree, data_flow, likelihoods),
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
    parents = term.parents - term.outcome
    only = parents - setting.direct
    if only:
        verb = "reach" if len(only) > 1 else "reaches"
        why = f"{names(only)} {verb} the data through {names(term.outcome)} only"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    scaled = {p for n in term.outcome for p in setting.products.get(n, ())} & parents
    if scaled and setting.are_containers(term.outcome):
        why = f"{names(scaled)} scales {names(term.outcome)}, and stands in its distribution"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    if parents and setting.direct and not term.outcome & setting.reaching:
        # missing or censored values: their statement is all that they have
        why = f"{names(term.outcome)} has no other way to the data"
        return term.with_role(Role.POPULATION, why, sure=term.sure)
    if _all_scalar(parents, setting):
        return term
    why = f"{names(term.parents)} is used elsewhere too, but is no single scale"
    return term.with_role(Role.PRIOR, why, sure=False)


def _all_scalar(group: frozenset[str], setting: _Setting) -> bool:
    return not any(setting.parameters[n].dims for n in group)


def _without_density(term: DensityTerm, setting: _Setting) -> DensityTerm:
    """Look at a term of parameters alone: which of them it is a density of does not show."""
    inner, rest = term.outcome & setting.direct, term.outcome - setting.direct
    if inner and rest and not _all_scalar(term.outcome, setting):
        if setting.are_containers(inner) and _all_scalar(rest, setting):
            # the kernel of a field, with its precision
            why = f"{names(rest)} reaches the data through {names(inner)} only"
            return term.with_role(Role.POPULATION, why, sure=term.sure)
        why = f"no density of {names(term.outcome)}: prior, or population?"
        return term.with_role(Role.UNDECIDED, why)
    plain = len(term.outcome) <= 1 or _all_scalar(term.outcome, setting)
    return replace(term, sure=term.sure and plain)


def _latent(judgements: Sequence[Judgement], direct: frozenset[str]) -> frozenset[str]:
    terms = (t for judgement in judgements for t in judgement.terms if _is_population(judgement, t))
    return frozenset[str]().union(*(t.outcome & direct or t.outcome for t in terms))


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
        (p, e) for e, sure in setting.effects.items() if sure for p in data_flow.products.get(e, ())
    }
    return frozenset((p, setting.shape(e)) for p, e in centred | products)


def _local_scale(
    term: DensityTerm, setting: _Setting, scaled: frozenset[tuple[str, tuple[str, ...]]]
) -> DensityTerm:
    """Ask about scales that come one to an effect: they may be effects or hyperparameters."""
    for name in term.outcome:
        shape = setting.shape(name)
        is_scale = setting.parameters[name].constraint.is_scale
        if (
            is_scale
            and shape
            and not term.parents
            and _comes_one_to_each(term, shape, name, scaled)
        ):
            why = f"{name} holds one scale for each effect: prior, or population?"
            return term.with_role(Role.UNDECIDED, why)
    return term


def _comes_one_to_each(
    term: DensityTerm,
    shape: tuple[str, ...],
    name: str,
    scaled: frozenset[tuple[str, tuple[str, ...]]],
) -> bool:
    """Return whether scales are local: shaped as the effects, or heavy-tailed as in a horseshoe."""
    heavy = term.density is not None and term.density.unit and family(term.density.name) in _HEAVY
    return any(n == name and (s == shape or (heavy and len(s) == len(shape))) for n, s in scaled)
