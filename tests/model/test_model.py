"""The verbs of a model, and what they refuse."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import (
    ConvergenceError,
    DataError,
    EstimandError,
    ProgramNotFoundError,
    UnknownNameError,
    UsageError,
)
from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.estimates.results.status import Status

COIN = """
data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 3); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def coin():
    return bw.Model(bw.Program.from_string(COIN, name="coin"), {"n": 10, "y": 7}, engine="stanli")


def test_program_by_path(tmp_path):
    path = tmp_path / "coin.stan"
    path.write_text(COIN, encoding="utf-8")

    model = bw.Model(path, {"n": 10, "y": 7}, engine="stanli")

    assert model.program.name == "coin"


def test_missing_program_file(tmp_path):
    with pytest.raises(ProgramNotFoundError, match="does not exist"):
        bw.Model(tmp_path / "no.stan", {})


def test_what_is_no_program():
    with pytest.raises(UsageError, match="not a program"):
        bw.Model({"n": 10})


def test_unknown_engine():
    program = bw.Program.from_string(COIN, name="coin")

    with pytest.raises(UsageError, match="'auto', 'cmdstan', 'stanli'"):
        bw.Model(program, {"n": 10, "y": 7}, engine="jags")


def test_data_are_checked_before_anything_is_compiled(monkeypatch):
    monkeypatch.setattr("bayeswrap.model.bound_model.compile_program", pytest.fail)

    with pytest.raises(DataError, match="outside the declared bounds"):
        bw.Model(bw.Program.from_string(COIN, name="coin"), {"n": 10, "y": 11})


def test_mle_and_both_maps(coin):
    assert coin.mle(seed=1)["p"] == pytest.approx(0.7, abs=1e-12)
    # beta(9, 6): modes (9 - 1) / 13 and, on the logit scale, 9 / 15
    assert coin.map(seed=1)["p"] == pytest.approx(8 / 13, abs=1e-12)
    assert coin.map("unconstrained", seed=1)["p"] == pytest.approx(9 / 15, abs=1e-12)


def test_every_mode_is_labelled_with_its_scale(coin):
    assert coin.mle(seed=1).scale is None
    assert coin.map(seed=1).scale is Scale.CONSTRAINED
    assert "unconstrained scale" in coin.map("unconstrained", seed=1).title


def test_unknown_scale(coin):
    with pytest.raises(UsageError, match="'constrained', 'unconstrained'"):
        coin.map("logit")


def test_log_densities_carry_all_constants(coin):
    mode = coin.map(seed=1)
    p = float(mode["p"])

    assert mode.log_likelihood == pytest.approx(stats.binom.logpmf(7, 10, p), rel=1e-12)
    assert mode.log_prior == pytest.approx(stats.beta.logpdf(p, 2, 3), rel=1e-12)
    assert mode.log_joint == pytest.approx(mode.log_likelihood + mode.log_prior, rel=1e-15)


def test_log_density_of_parts(coin):
    prior, likelihood = stats.beta.logpdf(0.3, 2, 3), stats.binom.logpmf(7, 10, 0.3)

    assert coin.log_density({"p": 0.3}) == pytest.approx(prior + likelihood, rel=1e-12)
    assert coin.log_density({"p": 0.3}, prior=False) == pytest.approx(likelihood, rel=1e-12)
    assert coin.log_density({"p": 0.3}, likelihood=False) == pytest.approx(prior, rel=1e-12)
    with_jacobian = coin.log_density({"p": 0.3}, jacobian=True)
    assert with_jacobian == pytest.approx(prior + likelihood + np.log(0.3 * 0.7), rel=1e-12)


def test_log_density_outside_the_support(coin):
    with pytest.raises(DataError, match="do not fit the program"):
        coin.log_density({"p": 1.3})


def test_inits_must_name_parameters(coin):
    with pytest.raises(UnknownNameError, match="no parameter 'q'"):
        coin.mle(inits={"q": 0.5})


def test_inits_must_lie_inside_the_support(coin):
    with pytest.raises(DataError, match="do not fit the program"):
        coin.mle(inits={"p": 2.0})


def test_program_without_likelihood_has_no_mle():
    program = bw.Program.from_string("parameters { real x; } model { x ~ normal(0, 1); }")
    model = bw.Model(program, engine="stanli")

    with pytest.raises(EstimandError, match="no likelihood"):
        model.mle()
    assert model.map(seed=1)["x"] == pytest.approx(0, abs=1e-10)


def test_no_finite_maximum_raises_with_the_estimate_attached():
    program = bw.Program.from_string(
        """data { int N; vector[N] x; array[N] int<lower=0, upper=1> y; }
        parameters { real b; } model { y ~ bernoulli_logit(b * x); }""",
        name="separated",
    )
    model = bw.Model(program, {"x": [-2.0, -1.0, 1.0, 2.0], "y": [0, 0, 1, 1]}, engine="stanli")

    with pytest.raises(ConvergenceError, match="no finite maximum") as caught:
        model.mle(seed=1)

    assert caught.value.estimate.status is Status.AT_INFINITY
    assert "b" in str(caught.value)
    assert np.isnan(model.mle(seed=1, require_converged=False).spread).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"chains": 0}, "chains"),
        ({"iter_sampling": 1}, "iter_sampling"),
        ({"iter_warmup": 2.5}, "iter_warmup"),
        ({"adapt_delta": 1.0}, "adapt_delta"),
        ({"thin": 0}, "thin"),
    ],
)
def test_sampling_options_are_checked_first(coin, options, message):
    with pytest.raises(UsageError, match=message):
        coin.sample(**options)


def test_a_drawn_seed_is_recorded_and_repeats_the_run(coin):
    first = coin.sample(iter_warmup=100, iter_sampling=50, chains=2)

    again = coin.sample(iter_warmup=100, iter_sampling=50, chains=2, seed=first.record.seed)

    np.testing.assert_array_equal(first.draws, again.draws)


def test_results_of_stanli_say_so(coin):
    assert "evaluated by stanli" in coin.mle(seed=1).record.engine


def test_improper_prior_has_no_draws():
    program = bw.Program.from_string(
        "data { real y; } parameters { real mu; } model { y ~ normal(mu, 1); }"
    )

    with pytest.raises(EstimandError, match="improper"):
        bw.Model(program, {"y": 1.0}, engine="stanli").prior()


def test_prior_draws_leave_the_likelihood_out(coin):
    prior = coin.prior(draws=2000, seed=3, show_progress=False)

    row = prior.to_frame().loc["p"]
    assert prior.of_prior
    assert abs(row["mean"] - 0.4) < 4 * row["mcse_mean"]


def test_model_is_picklable(coin):
    again = pickle.loads(pickle.dumps(coin))

    assert again.data.hash == coin.data.hash
    assert again.mle(seed=1)["p"] == coin.mle(seed=1)["p"]


def test_labels_of_the_data_frame(library_model):
    mle = library_model("logistic_regression").mle(seed=1)

    assert mle.labels["beta[1]"] == "beta[dist100]"


def test_the_compiled_engine_and_stanli_agree(library_model):
    entry = bw.library["gaussian_mean_sd"]
    in_process = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)

    compiled = library_model("gaussian_mean_sd").mle(seed=1)

    np.testing.assert_allclose(compiled.values, in_process.mle(seed=2).values, rtol=1e-9)
    assert compiled.cmdstan_fit is not None
    assert compiled.record.command
    assert "optimize" in compiled.record.command
