"""The mass of a scale at an exact fit, which is known by counting powers of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.exact_tail import exact_fit_tails
from bayeswrap.estimates.propriety import Mass, tails_of

REGRESSION = (
    "data { int N; int K; matrix[N, K] X; vector[N] y; }"
    "parameters { vector[K] beta; real<lower=0> sigma; }"
    "model { y ~ normal(X * beta, sigma); }"
)
SCHOOLS = (
    "data { int J; vector[J] y; vector[J] s; }"
    "parameters { real mu; real<lower=0> tau; vector[J] theta; }"
    "model { PRIOR theta ~ normal(mu, tau); y ~ normal(theta, s); }"
)
EIGHT = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
ERRORS = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])


def exact_fit(model, n, *, prior="", density="normal(X * beta, sigma)"):
    """Points on a plane: the mass of sigma near 0 is that of sigma^(3 - n), times its prior."""
    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    code = REGRESSION.replace("y ~ normal(X * beta, sigma)", f"{prior} y ~ {density}")
    built = model(code, N=n, K=3, X=design, y=design @ np.array([1, 2, -0.5]))
    found = built.map("unconstrained", seed=1, require_converged=False)
    return exact_fit_tails(found.request, found.optimum.q)


@pytest.mark.parametrize("density", ["normal(X * beta, sigma)", "student_t(4, X * beta, sigma)"])
@pytest.mark.parametrize(("n", "improper"), [(3, False), (4, True), (5, True), (12, True)])
def test_an_exact_fit_pins_three_directions(model, n, improper, density):
    found = exact_fit(model, n, density=density)

    assert bool(found) is improper
    for tail in found:
        # the log scale has the density exp((n - 4) t) at distance t, from log(100) to its double
        assert tail.exponent == pytest.approx((4 - n) * np.log(100) / np.log(2), abs=0.05)
        assert tail.reachable


@pytest.mark.parametrize(("n", "improper"), [(4, False), (5, True), (6, True)])
def test_an_exact_fit_with_a_variance(model, n, improper):
    """The variance v has the density v^((3 - n) / 2): its integral diverges from n = 5 on."""
    found = exact_fit(model, n, density="normal(X * beta, sqrt(sigma))")

    assert bool(found) is improper


@pytest.mark.parametrize(
    ("n", "prior", "improper"),
    [
        (6, "sigma ~ normal(0, 1); beta ~ normal(0, 3);", True),
        # sigma^2 more: the density of sigma is sigma^(5 - n)
        (5, "sigma ~ gamma(3, 1);", False),
        (6, "sigma ~ gamma(3, 1);", True),
        # sigma^-1 more, as Jeffreys had it
        (3, "target += -log(sigma);", True),
        (6, "sigma ~ inv_gamma(2, 1);", False),
    ],
)
def test_an_exact_fit_under_a_prior(model, n, prior, improper):
    assert bool(exact_fit(model, n, prior=prior)) is improper


def test_an_ill_conditioned_exact_fit(model):
    """A quintic through 21 points whose powers have a condition number of 6e6."""
    x = np.arange(21.0)
    design = x[:, np.newaxis] ** np.arange(6)
    built = model(REGRESSION, N=21, K=6, X=design, y=design.sum(axis=1))
    end = built.map("unconstrained", seed=1, require_converged=False)

    found = tails_of(end.request, soared=[end.optimum.q], budget=1000)

    assert [t.outcome for t in found if (t.coordinate, t.sign) == ("sigma", -1)] == [Mass.INFINITE]
    assert "sigma towards its lower bound" in found.sentence


def test_effects_that_collapse_to_their_mean_are_no_exact_fit(model):
    """Under a flat prior tau^-J is met by the J effects that it pins down: nothing is left."""
    built = model(SCHOOLS.replace("PRIOR", ""), J=8, y=EIGHT, s=ERRORS)
    at_zero = np.concatenate([[8.0, -40.0], np.full(8, 8.0)])

    assert exact_fit_tails(built.map(seed=1, require_converged=False).request, at_zero) == ()
    improper = model(SCHOOLS.replace("PRIOR", "target += -log(tau);"), J=8, y=EIGHT, s=ERRORS)
    found = exact_fit_tails(improper.map(seed=1, require_converged=False).request, at_zero)
    assert [t.coordinate for t in found] == ["tau"]
