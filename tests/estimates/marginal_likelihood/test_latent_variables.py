"""Which variables are integrated out."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.marginal_models import CENTRED, NONCENTRED, assert_is, model

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.estimates.marginal_likelihood.latent_variables import (
    chosen_latent,
    latent_variables,
    require_population,
)

MISSING = """data { int n; int m; vector[n] y_obs; }
parameters { real mu; real<lower=0> sigma; vector[m] y_mis; }
"""
MERGED = [
    """transformed parameters { vector[n + m] y = append_row(y_obs, y_mis); }
    model { mu ~ normal(0, 10); y ~ normal(mu, sigma); }""",
    "model { vector[n + m] y; y[1:n] = y_obs; y[(n + 1):(n + m)] = y_mis; y ~ normal(mu, sigma); }",
    "model { y_obs ~ normal(mu, sigma); y_mis ~ normal(mu, sigma); }",
]


@pytest.mark.parametrize("code", MERGED)
def test_missing_data_leave_the_likelihood_of_the_observed(code):
    y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])

    mle = model(MISSING + code, {"n": 8, "m": 3, "y_obs": y}).mle(marginal=True, seed=1)

    sd = y.std()
    truth = [y.mean(), sd], -4 * np.log(2 * np.pi * sd**2) - 4, [sd / 8**0.5, sd / 4]
    assert_is(mle, ["mu", "sigma"], truth)
    np.testing.assert_allclose(
        mle.effects.filter(like="y_mis", axis=0), [[y.mean(), sd]] * 3, rtol=1e-7
    )


# a residual holds data too, but nothing is missing
RESIDUAL = """data { vector[3] y; } parameters { real mu; vector[3] m; }
model { vector[3] e = y - mu; e ~ normal(0, 1); }"""
# a population without a density names its scale beside its effects
WITHOUT_DENSITY = """data { vector[3] y; } parameters { real<lower=0> t; vector[3] v; }
model { target += -3 * log(t) - 0.5 * dot_self(v) / t^2; // population
y ~ normal(v, 1); }"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CENTRED, ("theta",)),
        (NONCENTRED, ("z",)),
        *[(MISSING + code, ("y_mis",)) for code in MERGED],
        (RESIDUAL, ()),
        (WITHOUT_DENSITY, ("v",)),
    ],
)
def test_latent_variables_are_found(code, expected):
    assert latent_variables(bw.Program.from_string(code)) == expected


def test_named_variables_keep_the_order_of_their_declarations():
    program = bw.Program.from_string(CENTRED)

    assert chosen_latent(program, ["theta", "mu"]) == ("mu", "theta")
    assert chosen_latent(program, "theta") == ("theta",)
    assert chosen_latent(program, marginal=True) == ("theta",)
    assert chosen_latent(program, marginal=False) == ()
    with pytest.raises(UnknownNameError, match="no parameter 'tehta'"):
        chosen_latent(program, ["tehta"])


def test_a_doubtful_prior_does_not_hold_an_integral_together():
    program = bw.Program.from_string(
        """data { int N; vector[N] y; array[N] int g; }
        parameters { real<lower=0> tau; vector[6] z; }
        model { z ~ std_normal(); y ~ normal(tau * z[g], tau); }"""
    )

    with pytest.raises(EstimandError, match=r'roles=\{"3": "population"\}'):
        require_population(program, ["z"])
    require_population(program, [])


def test_effects_beside_elements_with_a_prior_are_refused() -> None:
    program = bw.Program.from_string(
        "data { int J; vector[J] y; }\nparameters { vector[J + 1] b; real<lower=0> tau; }\n"
        "model { b[1] ~ normal(0, 5); b[2:(J + 1)] ~ normal(0, tau);\n"
        "y ~ normal(b[1] + b[2:(J + 1)], 1); }"
    )
    assert latent_variables(program) == ("b",)
    with pytest.raises(EstimandError, match="a parameter of their own"):
        require_population(program, ["b"])
