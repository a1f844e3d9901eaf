"""The parts of marginal estimation: patterns, factors, gradients, quadrature, text."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.polynomial import legendre

from bayeswrap.estimates.marginal_likelihood.hessian_pattern import find_pattern
from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.precision import factorise
from bayeswrap.estimates.marginal_likelihood.quadrature import Quadrature, running_integral
from bayeswrap.program.syntax.rewriting import parameters_without


def matrix_of(kind, n):
    """Return a positive definite matrix with a pattern."""
    rng = np.random.default_rng(1)
    a = np.zeros((n, n))
    if kind == "pairs":
        a = np.kron(np.eye(n // 2), rng.normal(size=(2, 2)))
    elif kind == "chain":
        a = np.diag(rng.normal(size=n - 1), 1)
    elif kind == "arrow":
        a[:2] = rng.normal(size=(2, n))
    elif kind == "dense":
        a = rng.normal(size=(n, n))
    a = a + a.T
    return a + np.diag(np.abs(a).sum(axis=1) + rng.uniform(1, 3, n))


@pytest.mark.parametrize(
    ("kind", "n", "colours"),
    [("diagonal", 30, 1), ("pairs", 30, 2), ("chain", 30, 3), ("arrow", 30, 3), ("dense", 8, 8)],
)
def test_patterns_need_few_colours(kind, n, colours):
    a = matrix_of(kind, n)

    pattern = find_pattern(lambda u: -a @ u, np.ones(n))

    products = (a @ pattern.colours.T).ravel()
    np.testing.assert_allclose(pattern.matrix(products[pattern.source]).toarray(), a, atol=1e-14)
    assert len(pattern.colours) == colours
    assert pattern.is_diagonal == (kind == "diagonal")


@pytest.mark.parametrize(
    ("kind", "n"), [("diagonal", 30), ("pairs", 30), ("arrow", 30), ("chain", 30), ("chain", 500)]
)
def test_factors_solve_and_give_traces_from_directions(kind, n):
    a = matrix_of(kind, n)
    pattern = find_pattern(lambda u: -a @ u, np.ones(n))
    precision = factorise(pattern)(a[pattern.rows, pattern.columns])
    other = np.where(a != 0, np.random.default_rng(2).normal(size=(n, n)), 0.0)
    other = other + other.T

    trace = sum(sign * d @ other @ d for sign, d in precision.trace_directions())

    inverse, root = np.linalg.inv(a), precision.root()
    b = np.arange(n, dtype=float)
    np.testing.assert_allclose(precision.solve(b), inverse @ b, rtol=1e-10)
    np.testing.assert_allclose(precision.variances(), np.diag(inverse), rtol=1e-10)
    np.testing.assert_allclose(root @ root.T, inverse, atol=1e-12)
    assert precision.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-12)
    assert trace == pytest.approx(np.trace(inverse @ other), rel=1e-9)


@pytest.mark.parametrize(("kind", "n"), [("pairs", 30), ("chain", 500)])
def test_what_is_not_positive_definite_has_no_factor(kind, n):
    a = matrix_of(kind, n)
    pattern = find_pattern(lambda u: -a @ u, np.ones(n))
    a[3, 3] = -1.0

    assert factorise(pattern)(a[pattern.rows, pattern.columns]) is None


def test_a_refined_factor_is_that_of_the_new_matrix():
    a = matrix_of("pairs", 10)
    pattern = find_pattern(lambda u: -a @ u, np.ones(10))
    near = factorise(pattern)((1.3 * a)[pattern.rows, pattern.columns])

    precision = near.refined(lambda: np.zeros(0), lambda d: a @ d)

    np.testing.assert_allclose(precision.variances(), np.diag(np.linalg.inv(a)), rtol=1e-12)
    assert precision.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-12)


def skewed(q):
    """Return a log density of one parameter and three effects, and its gradient."""
    psi, u = q[0], q[1:]
    weight = np.array([1.0, 2.0, 5.0])
    value = (weight * (u - np.exp(u)) - 0.5 * (u - psi) ** 2).sum()
    slope = weight * (1 - np.exp(u)) - (u - psi)
    return value, np.concatenate([[(u - psi).sum()], slope])


def marginal():
    latent = np.array([False, True, True, True])
    return Laplace(skewed, np.zeros(4), latent, ~latent)


@pytest.mark.parametrize("make", [marginal, lambda: Quadrature(marginal(), 24)])
@pytest.mark.parametrize("psi", [-1.0, 0.3, 2.0])
def test_gradients_are_those_of_the_value(make, psi):
    function, h = make(), 1e-3
    value = [function(np.array([psi + k * h]))[0] for k in (-2, -1, 1, 2)]
    expected = (8 * (value[2] - value[1]) - (value[3] - value[0])) / (12 * h)

    assert function(np.array([psi]))[1][0] == pytest.approx(expected, abs=2e-8)


def test_quadrature_is_the_integral():
    at, weights = legendre.leggauss(400)
    u = -20 + 15 * (at + 1)  # to +10, where exp(-exp(u)) has long vanished
    expected = sum(
        np.log(15 * weights @ np.exp(w * (u - np.exp(u)) - 0.5 * (u - 0.3) ** 2))
        for w in (1.0, 2.0, 5.0)
    )

    assert Quadrature(marginal(), 24)(np.array([0.3]))[0] == pytest.approx(expected, abs=1e-9)
    assert abs(marginal()(np.array([0.3]))[0] - expected) > 1e-3


def test_a_skewed_density_is_not_called_quadratic():
    function = marginal()

    assert not function.is_quadratic(function.settle(np.array([0.3])))


def test_running_integrals_of_polynomials_are_exact():
    at, weights = legendre.leggauss(8)

    running = running_integral(at, weights) @ (3 * at**2)

    np.testing.assert_allclose(running, at**3 + 1, atol=1e-14)


def test_declarations_are_taken_out_of_the_text():
    code = """data { int J; } // parameters {
    parameters { // the mean
      real<lower=0, upper=1> a, b; /* theta; */
      array[J] vector<offset=a, multiplier=b>[J] theta; real c;
    } model { theta[1] ~ normal(a, b); }"""

    assert parameters_without(code, ["theta", "b"]).endswith(
        "parameters {real<lower=0, upper=1> a;real c;} model {}"
    )
