"""The rows of Stan's constraints, against the transforms that Stan computes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import bayeswrap as bw
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import UnsupportedProgramError
from bayeswrap.estimates.problem.coordinates import Coordinates
from bayeswrap.program.syntax.constraints import CONSTRAINTS, Constraint, constraint_of

DECLARATIONS = {
    "Identity": "vector[3] x;",
    "Offset": "vector<offset=2>[3] x;",
    "Multiplier": "vector<multiplier=2>[3] x;",
    "OffsetMultiplier": "vector<offset=1, multiplier=2>[3] x;",
    "Lower": "vector<lower=-1>[3] x;",
    "Upper": "vector<upper=4>[3] x;",
    "LowerUpper": "vector<lower=-1, upper=4>[3] x;",
    "Ordered": "ordered[3] x;",
    "PositiveOrdered": "positive_ordered[3] x;",
    "Simplex": "simplex[3] x;",
    "StochasticRow": "row_stochastic_matrix[2, 3] x;",
    "StochasticColumn": "column_stochastic_matrix[2, 3] x;",
    "SumToZero": "sum_to_zero_vector[3] x;",
    "UnitVector": "unit_vector[3] x;",
    "Correlation": "corr_matrix[3] x;",
    "CholeskyCorr": "cholesky_factor_corr[3] x;",
    "Covariance": "cov_matrix[3] x;",
    "CholeskyCov": "cholesky_factor_cov[3] x;",
}
LOWER, UPPER = -1.0, 4.0  # what the declarations above set
# the in-process engine has no transform of these two
NOT_IN_PROCESS = frozenset({"StochasticRow", "StochasticColumn"})
IN_PROCESS = [c for c in CONSTRAINTS.values() if c.name not in NOT_IN_PROCESS]
every_transform = pytest.mark.parametrize("constraint", IN_PROCESS, ids=lambda c: c.name)


@cache
def program_of(name: str) -> bw.Program:
    return bw.Program.from_string(f"parameters {{ {DECLARATIONS[name]} }}", name=name)


@cache
def density_of(name: str) -> InProcessDensity:
    return InProcessDensity(mir=translate(program_of(name).source, name), data="{}", name=name)


def scalars(name: str, q: np.ndarray) -> np.ndarray:
    return density_of(name).constrain(q)


def test_every_row_has_a_declaration():
    assert set(DECLARATIONS) == set(CONSTRAINTS)


@pytest.mark.parametrize("constraint", CONSTRAINTS.values(), ids=lambda c: c.name)
def test_stanc_names_the_constraint_so(constraint):
    declaration = program_of(constraint.name).variables["x"].declaration

    assert declaration.constraint is constraint
    assert len(declaration.bounds) >= len(constraint.bounds)


@pytest.mark.parametrize("name", sorted(NOT_IN_PROCESS))
def test_the_in_process_engine_refuses_what_it_does_not_know(name):
    with pytest.raises(UnsupportedProgramError, match="transform"):
        density_of(name)


@every_transform
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_constrain_and_unconstrain_are_inverse(constraint, data):
    density = density_of(constraint.name)
    q = data.draw(arrays(float, density.dimension, elements=st.floats(-3, 3)))
    assume(constraint.name != "UnitVector" or np.linalg.norm(q) > 1e-3)  # 0 has no direction
    x = density.constrain(q)

    back = density.constrain(density.unconstrain_scalars(x))

    np.testing.assert_allclose(back, x, atol=1e-8)


@every_transform
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_scalars_lie_between_their_ends(constraint, data):
    dimension = density_of(constraint.name).dimension
    q = data.draw(arrays(float, dimension, elements=st.floats(0.1, 3)))
    lower = LOWER if "lower" in constraint.bounds else constraint.ends[0]
    upper = UPPER if "upper" in constraint.bounds else constraint.ends[1]

    x = scalars(constraint.name, q)

    assert (x >= lower - 1e-9).all()
    assert (x <= upper + 1e-9).all()
    if constraint.diagonal_is_positive:
        assert (x.reshape(3, 3).diagonal() > 0).all()


@every_transform
def test_elementwise_means_one_scalar_a_coordinate(constraint):
    density = density_of(constraint.name)
    q = np.full(density.dimension, 0.3)
    x = density.constrain(q)
    if density.names() == density.coordinates:
        changed = [
            np.flatnonzero(density.constrain(q + step) != x).tolist()
            for step in 0.1 * np.eye(q.size)
        ]
        assert (changed == [[0], [1], [2]]) == constraint.elementwise
    else:
        assert not constraint.elementwise


@every_transform
def test_affine_means_equal_steps(constraint):
    start, step = np.array([0.2, -0.4, 0.7, 0.1, 0.3, 0.5]), np.array([1, 2, 0.5, 1, 1, 1])
    dimension = density_of(constraint.name).dimension

    x = [scalars(constraint.name, (start + k * step)[:dimension]) for k in (0, 1, 2)]

    equal = np.allclose(x[2] - x[1], x[1] - x[0], atol=1e-10)
    assert equal == constraint.affine


@every_transform
def test_exponential_transforms(constraint):
    """The first scalar is a bound plus or minus exp(q), and nothing else is called so."""
    q = np.full(density_of(constraint.name).dimension, 0.3)
    step = np.eye(q.size)[0]
    x = [scalars(constraint.name, q + k * step)[0] for k in (0, 1, 2)]

    ratio = (x[2] - x[1]) / (x[1] - x[0]) if x[1] != x[0] else 0.0
    rises = np.sign(x[1] - x[0])

    # the first element of a Cholesky factor of a covariance is exp(q) too, the others are not
    is_exponential = np.isclose(ratio, np.e) and not constraint.diagonal_is_positive
    assert (rises if is_exponential else 0) == constraint.exp_sign


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("name", [n for n, c in CONSTRAINTS.items() if c.elementwise])
def test_edges_of_elementwise_constraints_are_limits(name, sign):
    """Where a coordinate runs to an edge, its scalar settles; elsewhere it goes on."""
    near, far = (scalars(name, np.array([sign * q, 0, 0]))[0] for q in (60.0, 120.0))
    constraint = CONSTRAINTS[name]

    settles = bool(abs(far - near) < 1e-12)

    assert settles == (constraint.edge_below if sign < 0 else constraint.edge_above)
    assert constraint.edge_of_one == (constraint.edge_below or constraint.edge_above)


def test_a_simplex_reaches_its_edge_by_several_coordinates():
    simplex, gaps = CONSTRAINTS["Simplex"], CONSTRAINTS["PositiveOrdered"]

    assert (simplex.edge_below, simplex.edge_above, simplex.edge_of_one) == (True, True, False)
    assert (gaps.edge_below, gaps.edge_above, gaps.edge_of_one) == (True, False, True)


@every_transform
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_what_stan_constrains_meets_the_rule(constraint, data):
    dimension = density_of(constraint.name).dimension
    q = data.draw(arrays(float, dimension, elements=st.floats(0.1, 3)))
    rule = constraint.vector_rule
    x = scalars(constraint.name, q)

    assert rule is None or not rule.is_violated(x)
    assert rule is None or rule.is_violated(x[::-1] * 1.01 + [0.1, 0, 0])


def test_rules_look_at_each_vector():
    rule = CONSTRAINTS["Simplex"].vector_rule

    violated = rule.is_violated(np.array([[0.5, 0.5], [0.5, 0.6], [1.5, -0.5]]))

    assert violated.tolist() == [False, True, True]


def test_nothing_is_assumed_of_a_constraint_without_a_row():
    unknown = constraint_of("Circulant")

    assert unknown == Constraint(name="Circulant")
    promises = (unknown.elementwise, unknown.compact, unknown.unbounded, unknown.is_scale)
    assert not any((*promises, unknown.edge_below, unknown.edge_above))


def test_an_ordered_vector_is_a_free_coordinate_and_positive_gaps():
    coordinates = Coordinates(program_of("Ordered"), density_of("Ordered"))
    x = scalars("Ordered", np.array([0.5, 0.1, -0.2]))

    assert coordinates.kinds == ("Identity", "PositiveOrdered", "PositiveOrdered")
    np.testing.assert_allclose(x, 0.5 + np.cumsum([0, np.exp(0.1), np.exp(-0.2)]))
