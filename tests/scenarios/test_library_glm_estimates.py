"""Regressions and survival models of the library against numbers computed without Stan."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

import bayeswrap as bw
from bayeswrap.program_library import library

if TYPE_CHECKING:
    from collections.abc import Callable

# whichever test comes first makes the model, and is warned
pytestmark = pytest.mark.filterwarnings("ignore:'y' was coded")

# worst distance from the reference, in standard errors
CLOSE = 1e-7
# Stan's normal distribution function on the log scale has about eight digits
APPROXIMATE = {"ordered_probit": 1e-4}

# those of other files: closed forms, latent effects, the first entries
OTHERS = {
    "linear_regression",
    "logistic_regression",
    "poisson_regression",
    "gamma_exponential",
    "gaussian_process_regression",
}
NAMES = tuple(
    name
    for name in library
    if name.endswith(("_regression", "_survival", "_exponential", "_exposure", "_horseshoe"))
    or name.startswith(("zero_inflated", "hurdle", "ordered", "categorical"))
    if name not in OTHERS
)
WITH_MODES = tuple(name for name in NAMES if library[name].card.estimates["mle"])
LONG = {"zero_inflated_poisson", "zero_inflated_negative_binomial", "hurdle_poisson"}


@functools.cache
def _model(name: str) -> bw.Model:
    entry = library[name]
    return bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)


def _assert_equal(found: bw.PointEstimate, expected: dict[str, Any], name: str) -> None:
    se, table = library[name].reference["mle"]["se"], found.to_frame()
    for key, value in expected["values"].items():
        distance = abs(table.loc[key, "estimate"] - value) / se[key]
        assert distance < APPROXIMATE.get(name, CLOSE), key
    rel = APPROXIMATE.get(name, 1e-10)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], rel=rel)


@pytest.mark.parametrize("name", WITH_MODES)
def test_mle_is_the_one_computed_without_stan(name: str) -> None:
    found, expected = _model(name).mle(), library[name].reference["mle"]
    _assert_equal(found, expected, name)
    table = found.to_frame()
    for key, se in expected["se"].items():
        assert table.loc[key, "se"] == pytest.approx(se, rel=APPROXIMATE.get(name, 1e-8)), key


@pytest.mark.parametrize("name", [name for name in WITH_MODES if name not in LONG])
def test_mode_is_the_one_computed_without_stan(name: str) -> None:
    _assert_equal(_model(name).map(), library[name].reference["map_constrained"], name)


@pytest.mark.parametrize("name", NAMES)
def test_published_numbers_agree_to_their_digits(name: str) -> None:
    reference = library[name].reference
    for key, value in reference.get("published", {"values": {}})["values"].items():
        digits = len(str(value).partition(".")[2])
        assert abs(reference["mle"]["values"][key] - value) <= 0.51 * 10**-digits, key


@pytest.mark.parametrize("name", NAMES)
def test_draws_are_around_the_mode_and_predict_every_row(name: str) -> None:
    model, reference = _model(name), library[name].reference
    draws = model.sample(chains=1, iter_warmup=150, iter_sampling=25, seed=1, show_progress=False)
    values = draws["y_rep"]
    assert values.shape == (1, 25, len(library[name].example_data))
    assert np.isfinite(values).all()
    assert all(np.isfinite(draws[v]).all() for v in draws.layout.variables if "log_lik" in v)
    if "mle" in reference:
        center = draws.to_frame()["mean"]
        for key, se in reference["mle"]["se"].items():
            mode = reference["map_unconstrained"]["values"][key]
            assert abs(center[key] - mode) < 4 * se, key


CENSORED = ("weibull", "exponential", "lognormal", "loglogistic")


@pytest.mark.parametrize("name", CENSORED)
def test_each_kind_of_censoring_is_the_probability_of_what_is_known(name: str) -> None:
    frame = pd.DataFrame({"t": [3.0, 2.0, 4.0, 1.5], "u": [3.0, 2.0, 4.0, 2.5]})
    entry = library[f"{name}_survival"]
    data = {"y": "t", "y_upper": "u", "censored": [0, 1, -1, 2], "X": np.zeros((4, 1))}
    model = bw.Model(entry.program, frame, engine="stanli", **data)
    extra = {"weibull": {"shape": 1.7}, "exponential": {}, "lognormal": {"sigma": 0.8}}
    values = {"alpha": 0.6, "beta": [0.3], **extra.get(name, {"shape": 1.7})}
    made: dict[str, Callable[[], Any]] = {
        "weibull": lambda: stats.weibull_min(1.7, scale=np.exp(0.6)),
        "exponential": lambda: stats.expon(scale=np.exp(0.6)),
        "lognormal": lambda: stats.lognorm(0.8, scale=np.exp(0.6)),
        "loglogistic": lambda: stats.fisk(1.7, scale=np.exp(0.6)),
    }
    law = made[name]()
    known = [law.pdf(3.0), law.sf(2.0), law.cdf(4.0), law.cdf(2.5) - law.cdf(1.5)]
    expected = np.log(known).sum()
    found = model.log_density(values, prior=0.0)
    assert found == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("time", [1e-4, 1.0, 1e4])
@pytest.mark.parametrize("name", CENSORED)
def test_intervals_keep_their_digits_in_both_tails(name: str, time: float) -> None:
    entry = library[f"{name}_survival"]
    data = {"N": 1, "K": 1, "X": [[0.0]], "y": [time], "y_upper": [1.5 * time], "censored": [2]}
    model = bw.Model(entry.program, data, engine="stanli")
    extra = {"weibull": {"shape": 0.7}, "exponential": {}, "lognormal": {"sigma": 0.8}}
    values = {"alpha": 0.0, "beta": [0.0], **extra.get(name, {"shape": 0.7})}
    made: dict[str, Callable[[], Any]] = {
        "weibull": lambda: stats.weibull_min(0.7),
        "exponential": stats.expon,
        "lognormal": lambda: stats.lognorm(0.8),
        "loglogistic": lambda: stats.fisk(0.7),
    }
    law = made[name]()
    log_cdf, log_sf = law.logcdf([time, 1.5 * time]), law.logsf([time, 1.5 * time])
    pair = log_cdf[::-1] if log_cdf[0] < log_sf[0] else log_sf
    expected = pair[0] + np.log(-np.expm1(pair[1] - pair[0]))
    assert model.log_density(values, prior=0.0) == pytest.approx(expected, rel=1e-9)


def test_horseshoe_has_the_posterior_of_another_sampler() -> None:
    name = "regularized_horseshoe"
    posterior, model = library[name].reference["posterior"], _model(name)
    draws = model.sample(
        chains=1,
        iter_warmup=200,
        iter_sampling=200,
        adapt_delta=0.95,
        seed=1,
        show_progress=False,
    )
    beta = draws.layout.split(draws.draws)["beta"][0]
    for k, column in enumerate(beta.T, 1):
        mean, sd = posterior["mean"][f"beta[{k}]"], posterior["sd"][f"beta[{k}]"]
        # some two hundred draws: the Monte Carlo error is near 0.07 standard deviations
        assert abs(column.mean() - mean) < 0.3 * sd
        assert 0.7 < column.std() / sd < 1.4


FAR = {
    "cloglog_regression": ({"trials": [3], "y": [1]}, {}),
    "binomial_regression": ({"trials": [3], "y": [1]}, {}),
    "beta_binomial_regression": ({"trials": [3], "y": [1]}, {"phi": 2.0}),
    "beta_regression": ({"y": [0.25]}, {"phi": 2.0}),
    "probit_regression": ({"y": [0]}, {}),
}


@pytest.mark.parametrize("eta", [-37.0, 5.0, 37.0])
@pytest.mark.parametrize("name", FAR)
def test_probabilities_that_round_to_one_have_a_density(name: str, eta: float) -> None:
    outcome, more = FAR[name]
    data = {"N": 1, "K": 1, "X": [[0.0]], **outcome}
    model = bw.Model(library[name].program, data, engine="stanli")
    y, n = np.ravel(outcome["y"])[0], np.ravel(outcome.get("trials", [1]))[0]
    logs: dict[str, tuple[float, float]] = {
        "cloglog_regression": (np.log(-np.expm1(-np.exp(eta))), -np.exp(eta)),
        "binomial_regression": (special.log_expit(eta), special.log_expit(-eta)),
        "probit_regression": (stats.norm.logcdf(eta), stats.norm.logsf(eta)),
    }
    if name in logs:
        of_one, of_zero = logs[name]
        expected = np.log(special.comb(n, y)) + y * of_one + (n - y) * of_zero
    else:
        a, b = 2.0 * special.expit(eta), 2.0 * special.expit(-eta)
        law = stats.beta(a, b) if name == "beta_regression" else stats.betabinom(n, a, b)
        expected = law.logpdf(y) if name == "beta_regression" else law.logpmf(y)
    found = model.log_density({"alpha": eta, "beta": [0.0], **more}, prior=0.0)
    assert found == pytest.approx(expected, rel=1e-6)
