from __future__ import annotations

import pytest
from fixtures.expressions import var

from bayeswrap.program.flow.propagation import TargetNode
from bayeswrap.program.flow.values import NOTHING, Density, Flow
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.single_statement import (
    DensityTerm,
    combined,
    judge_alone,
    map_terms,
)
from bayeswrap.program.roles.units import RoleUnit
from bayeswrap.program.syntax.tree import Target

M = Flow(parameters=frozenset("m"), linear=frozenset("m"))
Y = Flow(data=frozenset("y"), added=frozenset("y"), rows=frozenset("y"))
H = Flow(data=frozenset("h"), added=frozenset("h"))


def density(
    outcome: Flow, arguments: Flow = NOTHING, name: str = "normal", literal: str = ""
) -> Flow:
    one = Density(name, outcome, arguments, NOTHING, literal, unit=False, element=False, user=False)
    both = outcome.parameters | arguments.parameters
    return Flow(parameters=both, densities=frozenset({one}))


def unit(flow: Flow, *, dead: bool = False, jacobian: bool = False) -> RoleUnit:
    node = TargetNode("model", Target(var("x"), jacobian), (flow,), dead=dead)
    return RoleUnit(0, (0,), node, flow)


@pytest.mark.parametrize(
    ("flow", "role", "sure"),
    [
        (density(Y, M), Role.LIKELIHOOD, True),
        (density(M, H), Role.PRIOR, True),
        (density(M | Y), Role.LIKELIHOOD, True),
        # m - h: observed, or centred on a hyperparameter?
        (density(M | H), Role.LIKELIHOOD, False),
        (density(NOTHING, M, "poisson", "3"), Role.LIKELIHOOD, True),
        (density(NOTHING, M, "normal", "0"), Role.UNDECIDED, False),
        (density(NOTHING, M, "normal_lccdf", "0"), Role.UNDECIDED, False),
        (M, Role.PRIOR, True),
        (NOTHING, Role.PRIOR, True),
        (M | Y, Role.UNDECIDED, False),
        (Flow(parameters=frozenset("m"), choosing=frozenset("y")), Role.LIKELIHOOD, False),
    ],
)
def test_what_a_statement_shows_by_itself(flow: Flow, role: Role, sure: bool) -> None:  # noqa: FBT001 - a parameter of the test
    judgement = judge_alone(unit(flow))
    assert judgement.role is role
    assert judgement.sure is sure


def test_dead_statements_and_adjustments_are_not_looked_into() -> None:
    assert judge_alone(unit(density(Y, M), dead=True)).why == "never runs with these data"
    assert judge_alone(unit(M, jacobian=True)).role is Role.ADJUSTMENT


def test_a_normalising_constant_joins_the_density_beside_it() -> None:
    constant = density(NOTHING, NOTHING, "normal_lccdf", "0")
    both = Flow(densities=density(M).densities | constant.densities, parameters=frozenset("m"))
    assert [t.outcome for t in judge_alone(unit(both)).terms] == [{"m"}]


def test_terms_of_two_roles_are_undecided_together() -> None:
    prior, likelihood = (DensityTerm(role=r, why="w") for r in (Role.PRIOR, Role.LIKELIHOOD))
    assert combined((prior, prior)).role is Role.PRIOR
    mixed = combined((prior, likelihood))
    assert (mixed.role, mixed.sure) == (Role.UNDECIDED, False)
    assert mixed.why == "terms of different roles (likelihood and prior) in one statement"


def test_no_rule_changes_what_the_user_has_set() -> None:
    term = DensityTerm(role=Role.PRIOR, why="w")
    judgement = combined((term,))
    changed = map_terms(judgement, Role.PRIOR, lambda t: t.with_role(Role.POPULATION, "p"))
    assert changed.role is Role.POPULATION
    by_user = type(judgement)(role=Role.PRIOR, why="", sure=True, terms=(term,), by_user=True)
    assert map_terms(by_user, Role.PRIOR, lambda t: t.with_role(Role.POPULATION, "p")) is by_user
    assert map_terms(judgement, Role.LIKELIHOOD, lambda t: t) is judgement
