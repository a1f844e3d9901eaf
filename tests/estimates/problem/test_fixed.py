"""Nested fits: parameters that the user holds."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import DataError, EstimandError, UnknownNameError
from bayeswrap.estimates.results.status import Status

LINE = (
    "data { int N; matrix[N, 2] X; vector[N] y; }"
    "parameters { real a; vector[2] beta; real<lower=0> sigma; }"
    "transformed parameters { real twice = 2 * beta[2]; }"
    "model { beta ~ normal(0, 10); y ~ normal(a + X * beta, sigma); }"
)
X = np.column_stack([np.arange(8.0), np.array([1, -1, 2, 0, 1, 3, -2, 1.0])])
Y = np.array([1.0, 2.5, 2.2, 4.1, 5.3, 4.4, 7.2, 8.1])


@pytest.fixture
def line(model):
    return model(LINE, N=8, X=X, y=Y)


def least_squares(columns, y):
    design = np.column_stack(columns)
    beta = np.linalg.lstsq(design, y, rcond=None)[0]
    residual = y - design @ beta
    sigma = np.sqrt(residual @ residual / y.size)
    return beta, sigma, sigma * np.sqrt(np.diag(np.linalg.inv(design.T @ design)))


@pytest.mark.parametrize("value", [0.0, 0.7])
def test_a_held_slope_gives_the_nested_regression(line, value):
    beta, sigma, errors = least_squares([np.ones(8), X[:, 0]], Y - value * X[:, 1])

    estimate = line.mle(fixed={"beta[2]": value}, seed=1)

    table = estimate.to_frame()
    assert estimate.status is Status.CONVERGED
    np.testing.assert_allclose(table["estimate"][["a", "beta[1]"]], beta, rtol=1e-9)
    np.testing.assert_allclose(table["se"][["a", "beta[1]"]], errors, rtol=1e-6)
    assert estimate["sigma"] == pytest.approx(sigma, rel=1e-9)
    assert table.loc["beta[2]", "estimate"] == value
    assert np.isnan(table.loc["beta[2]", "se"])
    assert table.loc["beta[2]", "note"] == "fixed"
    assert estimate.notes["twice"] == "a function of fixed parameters"
    assert estimate.n_parameters == 3
    assert estimate.record.options["fixed"] == f"beta[2] = {value:.17g}"
    assert "searched in process" in estimate.record.engine


def test_likelihood_ratio_of_nested_fits(line):
    full, nested = line.mle(seed=1), line.mle(fixed={"beta[2]": 0}, seed=1)
    _, wide, _ = least_squares([np.ones(8), X], Y)
    _, narrow, _ = least_squares([np.ones(8), X[:, 0]], Y)

    ratio = 2 * (full.log_likelihood - nested.log_likelihood)
    assert ratio == pytest.approx(2 * 8 * np.log(narrow / wide), rel=1e-8)
    assert full.n_parameters - nested.n_parameters == 1


def test_a_whole_variable_together_with_initial_values_and_starts(line):
    estimate = line.mle(
        fixed={"beta": [1.0, 0.0]}, inits={"a": 5}, starts=10, seed=1, show_progress=False
    )

    residual = Y - X[:, 0]
    assert estimate["a"] == pytest.approx(residual.mean())
    assert estimate["sigma"] == pytest.approx(residual.std())
    np.testing.assert_array_equal(estimate["beta"], [1.0, 0.0])
    assert estimate.census.modes[0].hits == 10
    np.testing.assert_allclose(estimate.census.modes[0].values[1:3], [1.0, 0.0])


def test_a_scale_is_held_on_the_declared_scale(line):
    mode = line.map(fixed={"sigma": 2}, seed=1)

    assert mode["sigma"] == 2
    design = np.column_stack([np.ones(8), X])
    precision = design.T @ design / 4 + np.diag([0, 0.01, 0.01])
    exact = np.linalg.solve(precision, design.T @ Y / 4)
    np.testing.assert_allclose(mode.to_frame()["estimate"].iloc[:3], exact, rtol=1e-9)
    np.testing.assert_allclose(
        mode.to_frame()["sd_laplace"].iloc[:3],
        np.sqrt(np.diag(np.linalg.inv(precision))),
        rtol=1e-6,
    )


def test_a_value_on_the_edge_of_the_support(model):
    groups = model(
        "data { int J; vector[J] y; } parameters { real mu; real<lower=0> tau; vector[J] z; }"
        "model { z ~ std_normal(); y ~ normal(mu + tau * z, 1); }",
        J=4,
        y=[1.0, 2.0, 4.0, 5.0],
    )

    estimate = groups.map(fixed={"tau": 0}, seed=1)

    assert estimate["tau"] == 0
    assert estimate["mu"] == pytest.approx(3)


def test_everything_held_is_an_evaluation(line):
    estimate = line.mle(fixed={"a": 0, "beta": [1, 0], "sigma": 1}, seed=1)

    residual = Y - X[:, 0]
    exact = -0.5 * residual @ residual - 4 * np.log(2 * np.pi)
    assert estimate.log_likelihood == pytest.approx(exact)
    assert estimate.n_parameters == 0


def test_a_simplex_is_held_whole_or_not_at_all(model):
    counts = model(
        "data { array[3] int y; } parameters { simplex[3] p; } model { y ~ multinomial(p); }",
        y=[3, 2, 5],
    )

    with pytest.raises(EstimandError, match="cannot be held alone"):
        counts.mle(fixed={"p[1]": 0.3})
    estimate = counts.mle(fixed={"p": [0.2, 0.3, 0.5]}, seed=1)
    np.testing.assert_allclose(estimate["p"], [0.2, 0.3, 0.5])


@pytest.mark.parametrize(
    ("fixed", "error", "match"),
    [
        ({"gamma": 0}, UnknownNameError, "gamma"),
        ({"beta[3]": 0}, UnknownNameError, r"beta\[3\]"),
        ({"twice": 0}, UnknownNameError, "twice"),
        ({"beta": [1, 2, 3]}, DataError, "shape"),
        ({"a": np.nan}, DataError, "finite"),
        ({"sigma": -1}, DataError, "do not fit"),
    ],
)
def test_what_cannot_be_held(line, fixed, error, match):
    with pytest.raises(error, match=match):
        line.mle(fixed=fixed)


def test_a_bound_that_moves_with_a_free_parameter(model):
    chained = model(
        "data { real y; } parameters { real a; real<lower=a> b; }"
        "model { a ~ normal(0, 1); b ~ normal(0, 1); y ~ normal(a + b, 1); }",
        y=1.0,
    )

    with pytest.raises(EstimandError, match="depends on a"):
        chained.map(fixed={"b": 2})
    assert chained.map(fixed={"a": 0, "b": 2}, seed=1)["b"] == 2
