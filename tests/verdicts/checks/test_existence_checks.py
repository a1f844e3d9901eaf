"""Checks on what exists, from evidence and from real programs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.verdicts.check import Outcome

FAILED, PASSED = Outcome.FAILED, Outcome.PASSED
NORMAL = """
data {{ int N; vector[N] y; }}
parameters {{ real mu; real<lower=0> sigma; }}
model {{ {prior} y ~ normal(mu, sigma); }}
"""
LOGIT = """
data {{ int N; vector[N] x; array[N] int<lower=0, upper=1> y; }}
parameters {{ real a; real b; }}
model {{
  {prior}
  y ~ bernoulli_logit(a + b * x);
}}
"""
SEPARATED = {"x": np.arange(-3.5, 4), "y": np.array([0, 0, 0, 0, 1, 1, 1, 1])}
MIXED = {"x": np.arange(-3.5, 4), "y": np.array([0, 1, 0, 0, 1, 1, 0, 1])}
UNIFORM = """
data { int N; vector<lower=0>[N] y; }
parameters { real<lower=max(y)> theta; }
model { y ~ uniform(0, theta); }
"""
STUDENT = """
data { int N; vector[N] y; }
parameters { real mu; real<lower=0> sigma; real<lower=0> nu; }
model { y ~ student_t(nu, mu, sigma); }
"""


def compared(code, data):
    model = bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli")
    mle = model.mle(seed=1, require_converged=False)
    mode = model.map("unconstrained", seed=1, require_converged=False)
    return bw.compare(mle, mode, starts=0)


def check(comparison, code):
    [found] = [c for c in comparison.verdict.checks if c.code == code]
    return found


@pytest.mark.parametrize(
    ("y", "prior", "expected"),
    [
        ([0.5], "", FAILED),
        ([0.5, 1.0], "", FAILED),
        ([0.5, 1.0, -0.3], "", PASSED),
        ([0.5, 1.0], "mu ~ normal(0, 1); sigma ~ exponential(1);", PASSED),
    ],
)
def test_three_observations_make_a_flat_posterior_proper(y, prior, expected):
    comparison = compared(NORMAL.format(prior=prior), {"N": len(y), "y": np.array(y)})

    assert check(comparison, "improper_posterior").outcome is expected
    if expected is FAILED:
        assert comparison.verdict.summary.startswith("There is no posterior to report")
        assert comparison.verdict.point_is_enough is None


def test_separation_under_a_flat_prior():
    comparison = compared(LOGIT.format(prior=""), SEPARATED)

    assert comparison.verdict.flags >= {"mle_does_not_exist", "optimum_at_infinity"}
    assert check(comparison, "improper_posterior").outcome is FAILED


def test_separation_under_a_prior():
    comparison = compared(LOGIT.format(prior="a ~ normal(0, 5); b ~ normal(0, 2);"), SEPARATED)

    assert "mle_does_not_exist" in comparison.verdict.flags
    assert check(comparison, "improper_posterior").outcome is PASSED


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        ("a + b * mean(x) ~ normal(0, 5); b ~ normal(0, 2);", PASSED),
        ("a + b * mean(x) ~ normal(0, 5);", FAILED),
    ],
)
def test_separation_under_a_prior_that_bounds_its_direction(prior, expected):
    comparison = compared(LOGIT.format(prior=prior), SEPARATED)

    assert check(comparison, "improper_posterior").outcome is expected


def test_no_separation():
    comparison = compared(LOGIT.format(prior=""), MIXED)

    assert check(comparison, "mle_does_not_exist").outcome is PASSED
    assert check(comparison, "weakly_identified").outcome is PASSED
    assert check(comparison, "non_regular").outcome is PASSED


def test_a_support_that_moves():
    found = check(compared(UNIFORM, {"y": np.array([2.31, 4.87, 0.95, 3.66])}), "non_regular")

    assert found.outcome is FAILED
    assert found.parameters == ("theta",)


def test_degrees_of_freedom_without_an_upper_limit():
    y = stats.t.ppf((np.arange(60) + 0.5) / 60, df=15)
    comparison = compared(STUDENT, {"y": y})

    assert "nu" in check(comparison, "weakly_identified").parameters
    assert check(comparison, "improper_posterior").outcome is FAILED


PLANE = """
data { int N; vector[N] x; vector[N] z; vector[N] y; }
parameters { real a; real b; real c; real<lower=0> sigma; }
model { y ~ normal(a + b * x + c * z, sigma); }
"""


def plane(noise, spread=1.0, n=30):
    rng = np.random.default_rng(1)
    x, z, e = rng.normal(size=(3, n))
    return {"N": n, "x": x, "z": 2 * x + noise * z, "y": x + spread * e}


def test_near_multiples_are_weakly_identified_and_exact_ones_are_not_identified():
    near, exact, far = (compared(PLANE, plane(noise)).verdict for noise in (1e-6, 0.0, 1.0))

    [found] = [c for c in near.checks if c.code == "weakly_identified"]
    assert set(found.parameters) == {"b", "c"}
    assert "nearly flat along 2 b - c" in found.evidence
    assert "b + 2 c is well identified" in found.evidence
    assert "weakly_identified" in near.flags
    assert "not_identified" not in near.flags
    assert "not_identified" in exact.flags
    assert "weakly_identified" not in exact.flags
    assert not {"weakly_identified", "not_identified"} & far.flags


def test_an_exact_fit_is_improper_whatever_its_prior():
    """8 points on a plane: the mass of sigma near 0 is that of sigma^-5."""
    kept = PLANE.replace("model {", "model { sigma ~ normal(0, 1); a ~ normal(0, 9);")

    found = check(compared(kept, plane(1.0, spread=0.0, n=8)), "improper_posterior")

    assert found.outcome is FAILED
    assert "sigma towards its lower bound" in found.evidence
