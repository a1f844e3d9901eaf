"""The mass of a scale at an exact fit, which is known by counting powers of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.propriety.exact_fit_tails import exact_fit_tails
from bayeswrap.diagnosis.propriety.tail_mass import tails_of
from bayeswrap.diagnosis.propriety.tails import Mass


def exact_fit(regression, n, *, prior="", density="normal(X * beta, sigma)"):
    """Points on a plane: the mass of sigma near 0 is that of sigma^(3 - n), times its prior."""
    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    built = regression(design, design @ np.array([1, 2, -0.5]), prior, density)
    found = built.map("unconstrained", seed=1, require_converged=False)
    return exact_fit_tails(found.problem, found.optimum.q)


@pytest.mark.parametrize("density", ["normal(X * beta, sigma)", "student_t(4, X * beta, sigma)"])
@pytest.mark.parametrize(("n", "improper"), [(3, False), (4, True), (5, True), (12, True)])
def test_an_exact_fit_pins_three_directions(regression, n, improper, density):
    found = exact_fit(regression, n, density=density)

    assert bool(found) is improper
    for tail in found:
        # the log scale has the density exp((n - 4) t) at distance t, from log(100) to its double
        assert tail.exponent == pytest.approx((4 - n) * np.log(100) / np.log(2), abs=0.05)
        assert tail.reachable


@pytest.mark.parametrize(("n", "improper"), [(4, False), (5, True), (6, True)])
def test_an_exact_fit_with_a_variance(regression, n, improper):
    """The variance v has the density v^((3 - n) / 2): its integral diverges from n = 5 on."""
    found = exact_fit(regression, n, density="normal(X * beta, sqrt(sigma))")

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
def test_an_exact_fit_under_a_prior(regression, n, prior, improper):
    assert bool(exact_fit(regression, n, prior=prior)) is improper


def test_an_ill_conditioned_exact_fit(regression):
    """A quintic through 21 points whose powers have a condition number of 6e6."""
    x = np.arange(21.0)
    design = x[:, np.newaxis] ** np.arange(6)
    built = regression(design, design.sum(axis=1))
    end = built.map("unconstrained", seed=1, require_converged=False)

    found = tails_of(end.problem, unbounded_ends=[end.optimum.q], budget=1000)

    assert [t.outcome for t in found if (t.coordinate, t.sign) == ("sigma", -1)] == [Mass.INFINITE]
    assert "sigma towards its lower bound" in found.sentence


def test_effects_that_collapse_to_their_mean_are_no_exact_fit(schools):
    """Under a flat prior tau^-J is met by the J effects that it pins down: nothing is left."""
    built = schools()
    at_zero = np.concatenate([[8.0, -40.0], np.full(8, 8.0)])

    assert exact_fit_tails(built.map(seed=1, require_converged=False).problem, at_zero) == ()
    improper = schools("target += -log(tau);")
    found = exact_fit_tails(improper.map(seed=1, require_converged=False).problem, at_zero)
    assert [t.coordinate for t in found] == ["tau"]
