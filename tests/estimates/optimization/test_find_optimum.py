"""What kind of point a search ended on."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.optimization.boundary import pulled_back
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.problem.support import SupportEdges, support_edges
from bayeswrap.estimates.results.status import Status

FREE, POSITIVE = support_edges(["Identity"]), support_edges(["Lower"])


@pytest.fixture(autouse=True)
def _as_in_stan():
    # Stan's own arithmetic overflows to infinity without a warning
    with np.errstate(over="ignore", invalid="ignore"):
        yield


def both(*kinds):
    return support_edges(kinds)


def test_nothing_to_estimate_is_converged():
    found = find_optimum(lambda _: (-3.0, np.zeros(0)), np.zeros(0), support_edges([]))

    assert (found.status, found.value) == (Status.CONVERGED, -3.0)


def test_a_start_without_density_is_not_converged():
    found = find_optimum(lambda _: (-np.inf, np.array([np.nan])), np.zeros(1), FREE)

    assert found.status is Status.NOT_CONVERGED


def test_a_clean_maximum():
    found = find_optimum(lambda q: (float(-2 * q @ q), -4 * q), np.array([1.0]), FREE)

    assert found.status is Status.CONVERGED
    assert found.root[0, 0] ** 2 == pytest.approx(0.25)
    assert found.hessian_error < 1e-6


@pytest.mark.parametrize(
    ("edges", "status"), [(FREE, Status.AT_INFINITY), (POSITIVE, Status.BOUNDARY)]
)
def test_a_value_that_levels_off_ends_where_the_coordinate_leads(edges, status):
    found = find_optimum(lambda q: (float(-np.exp(q[0])), -np.exp(q)), np.array([0.0]), edges)

    assert found.status is status
    assert found.direction[0] < 0


def test_the_rest_keeps_its_curvature_on_an_edge():
    def function(q):
        return float(-np.exp(q[0]) - 2 * (q[1] - 1) ** 2), np.array(
            [-np.exp(q[0]), -4 * (q[1] - 1)]
        )

    found = find_optimum(function, np.zeros(2), both("Lower", "Identity"))

    assert found.status is Status.BOUNDARY
    assert found.excluded == (0,)
    assert found.q[1] == pytest.approx(1)
    assert found.root[1] @ found.root[1] == pytest.approx(0.25)
    assert not found.root[0].any()


def test_two_edges_at_once():
    def function(q):
        return float(-np.exp(q).sum()), -np.exp(q)

    found = find_optimum(function, np.zeros(2), both("Lower", "Lower"))

    assert found.status is Status.BOUNDARY
    assert found.excluded == (0, 1)


def test_linear_growth_is_unbounded():
    found = find_optimum(lambda q: (float(-3 * q[0]), np.array([-3.0])), np.zeros(1), POSITIVE)

    assert found.status is Status.UNBOUNDED


def test_a_constant_direction_is_flat_and_named():
    def function(q):
        total = q[0] + 2 * q[1] - 1
        return float(-(total**2)), -2 * total * np.array([1.0, 2.0])

    found = find_optimum(function, np.array([0.3, -0.4]), both("Identity", "Identity"))

    assert found.status is Status.FLAT
    step = found.direction / np.abs(found.direction).max()
    assert step[0] + 2 * step[1] == pytest.approx(0, abs=1e-3)


def test_a_saddle_is_named_with_the_way_up():
    def function(q):
        # a double well in q0, a parabola in q1: 0 lies between the wells
        return float(q[0] ** 2 - q[0] ** 4 / 4 - q[1] ** 2), np.array(
            [2 * q[0] - q[0] ** 3, -2 * q[1]]
        )

    found = find_optimum(function, np.zeros(2), both("Identity", "Identity"))

    assert found.status is Status.SADDLE
    assert abs(found.direction[0]) > 10 * abs(found.direction[1])


def test_from_beside_the_saddle_the_maximum_is_found():
    def function(q):
        return float(q[0] ** 2 - q[0] ** 4 / 4), 2 * q - q**3

    found = find_optimum(function, np.array([0.01]), FREE)

    assert found.status is Status.CONVERGED
    assert found.q[0] == pytest.approx(np.sqrt(2))


def test_the_plateau_of_a_vanished_likelihood_is_no_maximum():
    def function(q):
        value = np.exp(-0.5 * (q[0] - 50) ** 2)
        return float(value), np.array([-(q[0] - 50) * value])

    assert not find_optimum(function, np.zeros(1), FREE).status.is_estimate


def test_a_search_that_ran_to_an_edge_starts_again_nearer():
    finite = lambda _: (0.0, np.zeros(2))  # noqa: E731 - a stub

    at = pulled_back(finite, np.array([-700.0, -700.0]), both("Lower", "Identity"))

    np.testing.assert_array_equal(at, [-40, -700])


def test_edges_of_every_transform():
    edges = support_edges(
        ["Identity", "Lower", "Upper", "LowerUpper", "Simplex", "PositiveOrdered"]
    )

    assert edges.below == (False, True, True, True, True, True)
    assert edges.above == (False, False, False, True, True, False)
    assert edges.alone == (False, True, True, True, False, True)
    assert edges.of(np.array([False, True, False, False, True, False])) == SupportEdges(
        (True, True), (False, True), (True, False)
    )


def test_a_mode_beside_another_is_a_maximum() -> None:
    def two_modes(q: np.ndarray) -> tuple[float, np.ndarray]:
        y = np.array([-4.0, 4.0, 4.5])
        r = y - q[0]
        return float(-np.log1p(r**2).sum()), np.array([(2 * r / (1 + r**2)).sum()])

    found = find_optimum(two_modes, np.array([-4.0]), support_edges(["Identity"]))
    assert found.status is Status.CONVERGED
    assert abs(found.q[0] + 3.736) < 1e-3


def test_a_derived_quantity_that_is_infinite_on_an_edge() -> None:
    program = bw.Program.from_string(
        "data { int y; } parameters { real<lower=0, upper=1> p; }"
        "transformed parameters { real odds = p / (1 - p); } model { y ~ binomial(10, p); }",
        name="edge",
    )
    mle = bw.Model(program, {"y": 10}, engine="stanli").mle(seed=1)
    assert mle.status is Status.BOUNDARY
    assert (float(mle["p"]), float(mle["odds"])) == (1.0, np.inf)
    assert mle.to_frame(derived=True)["se"].isna().all()
