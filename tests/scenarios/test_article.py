"""The points that the theory makes, shown on running programs."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
NORMAL = """
data { int N; vector[N] y; }
parameters { real mu; real<lower=0> sigma; }
model { y ~ normal(mu, sigma); }
"""
COIN = """
data { int n; int<lower=0, upper=n> y; real<lower=0> a; real<lower=0> b; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(a, b); y ~ binomial(n, p); }
"""


def model(code, data):
    return bw.Model(bw.Program.from_string(code, name="article"), data, engine="stanli")


def test_a_product_of_densities_underflows_where_the_log_sum_does_not():
    y = np.tile(Y, 200)
    fit = model(NORMAL, {"y": y}).mle(seed=1)
    densities = np.exp(-0.5 * ((y - fit["mu"]) / fit["sigma"]) ** 2) / (
        fit["sigma"] * np.sqrt(2 * np.pi)
    )

    assert np.prod(densities) == 0.0
    assert np.isfinite(fit.log_likelihood)
    assert fit.log_likelihood == pytest.approx(np.log(densities).sum(), rel=1e-12)


def test_the_gaussian_mle_is_the_sample_mean_and_variance():
    fit = model(NORMAL, {"y": Y}).mle(seed=1)

    assert fit["mu"] == pytest.approx(Y.mean(), rel=1e-12)
    assert fit["sigma"] ** 2 == pytest.approx(Y.var(), rel=1e-10)


def test_the_mode_on_the_other_scale_has_the_unbiased_variance():
    mode = model(NORMAL, {"y": Y}).map("unconstrained", seed=1)

    assert mode["sigma"] ** 2 == pytest.approx(Y.var(ddof=1), rel=1e-10)


def test_a_uniform_prior_that_holds_the_mle_gives_it_back():
    uniform = model(
        NORMAL.replace("model {", "model { mu ~ uniform(-100, 100); sigma ~ uniform(0, 50);"),
        {"y": Y},
    )

    np.testing.assert_allclose(
        uniform.map(seed=1).values[:2], uniform.mle(seed=2).values[:2], rtol=1e-10
    )


def test_another_prior_pulls_and_the_pull_fades_as_data_grow():
    gaps = []
    for factor in (1, 10, 100, 1000):
        coin = model(COIN, {"n": 10 * factor, "y": 7 * factor, "a": 2, "b": 2})
        mle, mode = coin.mle(seed=1), coin.map(seed=1)
        gaps.append(abs(mode["p"] - mle["p"]) / mle.to_frame().loc["p", "se"])

    assert gaps[0] > 0.1
    # the pull in standard errors falls with the square root of the sample size
    np.testing.assert_allclose(np.array(gaps[:-1]) / gaps[1:], np.sqrt(10), rtol=0.25)


@pytest.mark.parametrize("case", ["uniform", "non_uniform"])
def test_six_values_with_either_prior(library_model, case):
    entry = bw.library["six_valued"]
    prior = [1 / 6] * 6 if case == "uniform" else [0.02, 0.03, 0.1, 0.25, 0.5, 0.1]
    program = bw.Model(entry.program, {"n": 10, "y": 3, "prior": prior}, engine="stanli")

    found = program.enumerate()

    assert found.mle == {2}
    assert found.map == ({2} if case == "uniform" else {3})
    assert ("the same" in str(found)) is True


def test_tied_values_are_returned_as_a_set():
    entry = bw.library["six_valued"]
    tied = bw.Model(entry.program, {"n": 2, "y": 1, "prior": [1 / 6] * 6}, engine="stanli")

    assert tied.enumerate().mle == {3, 4}
    assert tied.enumerate().map == {3, 4}


def test_a_discrete_map_has_no_scale(library_model):
    found = library_model("six_valued").enumerate()

    assert not hasattr(found, "scale")
    assert found.posterior.sum() == pytest.approx(1, abs=1e-14)
