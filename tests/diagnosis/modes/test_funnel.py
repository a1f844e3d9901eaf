"""Centred effects with a neck that is too narrow, by value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.diagnosis.modes.funnel import funnel_of

TEXT = """
data {{ int J; vector[J] y; vector<lower=0>[J] s; }}
parameters {{ real mu; real<lower=0> tau; {effects} }}
model {{ mu ~ normal(0, 5); tau ~ cauchy(0, 5); {population} y ~ normal({mean}, s); }}
"""
CENTRED = TEXT.format(
    effects="vector[J] theta;", population="theta ~ normal(mu, tau);", mean="theta"
)
BY_STAN = TEXT.format(
    effects="vector<offset=mu, multiplier=tau>[J] theta;",
    population="theta ~ normal(mu, tau);",
    mean="theta",
)
NONCENTRED = TEXT.format(
    effects="vector[J] z;", population="z ~ std_normal();", mean="mu + tau * z"
)
KNOWN = TEXT.format(effects="vector[J] theta;", population="theta ~ normal(3, 10);", mean="theta")
SCHOOLS = {"J": 8, "y": [28, 8, -3, 7, -1, 1, 18, 12], "s": [15, 10, 16, 11, 9, 11, 10, 18]}


def draws(code, log_sd):
    """Return draws of effects whose scale has this standard deviation on the log scale."""
    model = bw.Model(bw.Program.from_string(code, name="t"), SCHOOLS, engine="stanli")
    run = model.sample(seed=1, iter_warmup=10, iter_sampling=500)
    rng = np.random.default_rng(1)
    values = run.draws.copy()
    tau = np.exp(log_sd * rng.normal(size=values.shape[:2]))
    for i, name in enumerate(run.layout.names):
        if name.startswith(("theta", "z")):
            values[:, :, i] = tau * rng.normal(size=tau.shape)
    return replace(run, draws=values)


def test_the_neck_is_measured_and_the_statement_named():
    found = funnel_of(draws(CENTRED, log_sd=1.5))

    assert (found.effects, found.location, found.scale, found.line) == ("theta", "mu", "tau", 4)
    assert found.neck == pytest.approx(np.exp(1.96 * np.hypot(1.5, 0.27)), rel=0.25)


def test_a_scale_that_is_known_well_has_no_neck():
    assert funnel_of(draws(CENTRED, log_sd=0.1)) is None


@pytest.mark.parametrize("code", [BY_STAN, NONCENTRED, KNOWN], ids=["multiplier", "z", "known"])
def test_other_parametrisations_are_no_centred_funnel(code):
    assert funnel_of(draws(code, log_sd=1.5)) is None
