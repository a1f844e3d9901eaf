"""NUTS, prior draws and the Laplace approximation in this process, and on the compiled engine."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayeswrap.errors import DataError, EngineRunError, EstimandError, UnknownNameError, UsageError
from bayeswrap.estimates.posterior import nuts
from bayeswrap.estimates.posterior.nuts import SampleOptions
from bayeswrap.estimates.results.status import Status

PAIR = (
    "data { vector[3] y; } parameters { real a; real<lower=0> b; }"
    "model { a ~ normal(0, 10); b ~ exponential(1); y ~ normal(a, b); }"
)
DATA = {"y": [1.0, 2.0, 4.0]}


def test_bernoulli_posterior(bernoulli):
    row = bernoulli.sample(seed=4).to_frame().loc["theta"]

    assert abs(row["mean"] - 0.25) < 4 * row["mcse_mean"]
    assert abs(row["sd"] - 0.120096) < 4 * row["mcse_sd"]
    exact = stats.beta(3, 9).ppf([0.025, 0.975])
    np.testing.assert_allclose([row["ci_lower"], row["ci_upper"]], exact, atol=0.03)


def test_the_seed_repeats_the_draws(model):
    short = {"chains": 2, "iter_warmup": 50, "iter_sampling": 20}

    first, again, other = (model(PAIR, **DATA).sample(seed=s, **short) for s in (1, 1, 2))

    np.testing.assert_array_equal(first.draws, again.draws)
    assert (first.draws != other.draws).any()
    assert first.record.engine.startswith("evaluated by stanli")
    assert first.record.method == "sample"
    assert first.record.options["chains"] == 2


def test_initial_values_are_where_the_chains_start(model):
    # without steps of adaptation to speak of, the first draw is near the start
    far = {"a": 1e4}
    posterior = model(PAIR, **DATA).sample(
        seed=1, inits=far, chains=2, iter_warmup=1, iter_sampling=4
    )

    assert (np.abs(posterior["a"][:, 0]) > 1e3).all()


def test_every_chain_has_its_own_remainder(model, monkeypatch):
    seen = {}
    original = nuts.sample_in_process

    def spy(*args, inits, **kwargs):
        seen["inits"] = inits
        return original(*args, inits=inits, **kwargs)

    monkeypatch.setattr(nuts, "sample_in_process", spy)
    model(PAIR, **DATA).sample(seed=1, inits={"a": 3.0}, chains=3, iter_warmup=20, iter_sampling=4)

    assert seen["inits"].shape == (3, 2)
    np.testing.assert_array_equal(seen["inits"][:, 0], 3.0)
    assert len(set(seen["inits"][:, 1])) == 3


def test_each_chain_may_have_its_own_start(model, library_model):
    own = [{"a": 1e4}, {"a": -1e4}]
    posterior = model(PAIR, **DATA).sample(
        seed=1, inits=own, chains=2, iter_warmup=1, iter_sampling=4
    )
    compiled = library_model("gaussian_mean_sd").sample(
        seed=1, inits=[{"mu": 1e4}, {"mu": -1e4}], chains=2, iter_warmup=1, iter_sampling=4
    )

    assert posterior["a"][0, 0] > 1e3
    assert posterior["a"][1, 0] < -1e3
    assert compiled["mu"][0, 0] > compiled["mu"][1, 0] + 1e3


def test_starts_for_another_number_of_chains(model):
    with pytest.raises(UsageError, match="2 mappings"):
        model(PAIR, **DATA).sample(seed=1, inits=[{"a": 1.0}, {"a": 2.0}], chains=3)


def test_initial_values_are_checked(model):
    pair = model(PAIR, **DATA)

    with pytest.raises(DataError, match="do not fit"):
        pair.sample(seed=1, inits={"b": -1.0})
    with pytest.raises(UnknownNameError, match="no parameter 'c'"):
        pair.sample(seed=1, inits={"c": 1.0})
    nowhere = model("parameters { real x; } model { target += log(x); }")
    with pytest.raises(EngineRunError, match="initial values"):
        nowhere.sample(seed=1, inits={"x": -1.0})


def test_prior_draws(model):
    prior = model(PAIR, **DATA).prior(draws=2000, seed=3)

    row = prior.to_frame().loc["b"]
    assert prior.of_prior
    assert prior.title == "prior (NUTS)"
    assert prior.record.method == "prior"
    assert abs(row["mean"] - 1) < 4 * row["mcse_mean"]


def test_an_improper_prior_has_no_draws(gaussian):
    with pytest.raises(EstimandError, match="improper"):
        gaussian([1.0, 2.0, 3.0]).prior()


def test_laplace_of_the_bernoulli_example(bernoulli):
    found = bernoulli.laplace(draws=4000, seed=2)

    logit = np.log(found["theta"] / (1 - found["theta"])).ravel()
    assert logit.mean() == pytest.approx(-1.098612, abs=4 * 0.666667 / np.sqrt(4000))
    assert logit.std() == pytest.approx(0.666667, rel=0.05)
    row = found.to_frame().loc["theta"]
    assert row["mean"] == pytest.approx(0.26844, abs=0.008)
    assert row["sd"] == pytest.approx(0.12300, abs=0.006)
    np.testing.assert_allclose([row["ci_lower"], row["ci_upper"]], [0.0827, 0.5519], atol=0.02)
    assert found.title == "Laplace approximation"
    assert list(found.to_frame().columns)[:5] == ["mean", "sd", "median", "mcse_mean", "mcse_sd"]
    assert found.centre.status is Status.CONVERGED


def test_laplace_knows_its_own_density(bernoulli):
    found = bernoulli.laplace(draws=500, seed=2)

    theta = found["theta"].ravel()
    logit = np.log(theta / (1 - theta))
    exact = 3 * np.log(theta) + 9 * np.log1p(-theta)  # the Jacobian is in
    gap = found.method_column("log_p__").ravel() - exact
    np.testing.assert_allclose(gap, gap[0], atol=1e-9)
    q = -0.5 * ((logit + np.log(3)) / (2 / 3)) ** 2
    np.testing.assert_allclose(found.method_column("log_q__").ravel(), q, atol=1e-6)


def test_laplace_repeats_with_its_seed(bernoulli):
    one, two = bernoulli.laplace(draws=50, seed=7), bernoulli.laplace(draws=50, seed=7)

    np.testing.assert_array_equal(one.draws, two.draws)


def test_compiled_laplace_agrees_with_the_one_in_process(library_model):
    compiled = library_model("gaussian_mean_sd").laplace(draws=2000, seed=1)

    centre = compiled.centre
    table = compiled.to_frame()
    assert set(compiled.method_names) >= {"log_p__", "log_q__"}
    gap = table["mean"]["mu"] - centre["mu"]
    assert abs(gap) < 4 * table["mcse_mean"]["mu"]
    assert table["sd"]["mu"] == pytest.approx(centre.to_frame().loc["mu", "sd_laplace"], rel=0.08)


@pytest.mark.parametrize(
    "wrong",
    [
        {"chains": 0},
        {"iter_warmup": 0},
        {"iter_sampling": 3},
        {"chains": 2.5},
        {"thin": 0},
        {"max_treedepth": True},
        {"adapt_delta": 1.0},
        {"adapt_delta": 0.0},
    ],
)
def test_options_are_checked(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        SampleOptions(**wrong)


def test_options_by_the_names_of_both_engines():
    options = SampleOptions(chains=2, adapt_delta=0.9, thin=2)

    assert options.for_cmdstanpy() == {
        "chains": 2,
        "iter_warmup": 1000,
        "iter_sampling": 1000,
        "adapt_delta": 0.9,
        "thin": 2,
    }
    assert options.for_stanli()["delta"] == 0.9
    assert options.for_stanli()["max_depth"] == 10
