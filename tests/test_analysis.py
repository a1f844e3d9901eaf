"""All estimates in one call; an estimate that does not exist is told, never raised."""

from __future__ import annotations

import logging

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import UnknownNameError, UsageError

FAST = {"iter_warmup": 500, "iter_sampling": 1000}


def test_an_ordinary_program(library_model):
    entry = bw.library["beta_binomial"]

    found = bw.analyze(
        entry.program, entry.example_data, seed=1, show_progress=False, **entry.columns
    )

    titles = [r.title for r in found.results]
    assert titles[:3] == ["MLE", "MAP (constrained scale)", "MAP (unconstrained scale)"]
    assert "prior (NUTS)" in titles
    assert not found.missing


def test_separation_is_told_not_raised():
    program = bw.Program.from_string(
        """data { int N; vector[N] x; array[N] int<lower=0, upper=1> y; }
        parameters { real b; } model { b ~ normal(0, 2.5); y ~ bernoulli_logit(b * x); }""",
        name="separated",
    )
    data = {"x": [-2.0, -1.0, 1.0, 2.0], "y": [0, 0, 1, 1]}

    found = bw.analyze(program, data, seed=1, engine="stanli", sample_options=FAST)

    assert [m.title for m in found.missing] == ["MLE"]
    assert {"mle_does_not_exist", "optimum_at_infinity"} <= found.verdict.flags
    assert "There is no MLE" in found.verdict.summary


def test_hierarchy_is_told_not_raised():
    entry = bw.library["eight_schools_noncentered"]

    found = bw.analyze(
        entry.program,
        entry.example_data,
        seed=1,
        engine="stanli",
        sample_options={**FAST, "adapt_delta": 0.95},
        **entry.columns,
    )

    assert found.verdict.point_is_enough is False
    assert "joint_mode_degenerate" in found.verdict.flags
    assert "recommend_marginal_or_full_bayes" in found.verdict.flags


@pytest.fixture
def plateau():
    """A curve whose rate most starts put at infinity, where the likelihood is level."""
    program = bw.Program.from_string(
        """data { int N; vector[N] x; vector[N] y; }
        parameters { real a; real b; real<lower=0> sigma; }
        model { y ~ normal(a * (1 - exp(-b * x)), sigma); }""",
        name="plateau",
    )
    # BOD of NIST's StRD: a = 213.81, b = 0.54724
    data = {"x": [1.0, 2, 3, 5, 7, 10], "y": [109.0, 149, 149, 191, 213, 224]}
    return program, data


def test_modes_are_looked_for_beyond_the_plateau_of_the_first_start(plateau):
    found = bw.analyze(*plateau, seed=1, engine="stanli")

    for point in found.lineup.points[:2]:
        np.testing.assert_allclose(point.values[:2], [213.809408890, 0.54723748542], rtol=1e-6)
    assert "local_optimum" not in found.verdict.flags
    assert "not_identified" not in found.verdict.flags


def test_a_posterior_that_is_proved_improper_is_not_sampled(plateau, monkeypatch):
    # a rate without end costs the likelihood a finite factor alone: its tail is level
    monkeypatch.setattr("bayeswrap.model.model.Model.sample", lambda *_, **__: pytest.fail("drawn"))

    found = bw.analyze(*plateau, seed=1, engine="stanli")

    assert "improper_posterior" in found.verdict.flags
    assert found.lineup.posterior is None
    assert "posterior_mean" not in found.to_frame()
    assert found.verdict.summary.startswith("There is no posterior to report")
    assert "The MLE exists. Report it with its profile interval." in found.verdict.summary


def test_chains_that_nearly_agree_run_longer(gold_model, caplog):
    # doses far from zero: intercept and slope are correlated by -0.9997
    model, _ = gold_model("glm/binomial_beetles_logit")
    data, fast = dict(model.data.values), {"seed": 1, "engine": "stanli", "starts": 0}
    asked = {"iter_warmup": 1000, "iter_sampling": 1000}
    with caplog.at_level(logging.INFO, logger="bayeswrap.analysis"):
        once = bw.analyze(model.program, data, **fast, sample_options=asked)
        again = bw.analyze(model.program, data, **fast)

    assert [r.message.split(":")[0] for r in caplog.records if "once more" in r.message] == [
        "the chains run once more"
    ]
    assert "sampler_not_converged" in once.verdict.flags
    assert not again.verdict.flags
    assert again.lineup.posterior.draws.shape[1] == 4000
    assert again.lineup.posterior.warnings[-1].startswith(
        "a second run, longer; of the first R-hat"
    )


def test_chains_that_were_caught_start_again_around_the_mode():
    # from random starts the rate is caught at zero or at infinity
    rng = np.random.default_rng(4)
    x = np.linspace(100, 900, 60)
    y = 240 * (1 - np.exp(-0.004 * x)) + rng.normal(size=60)
    program = bw.Program.from_string(
        """data { int N; vector[N] x; vector[N] y; }
        parameters { real a; real b; real<lower=0> sigma; }
        model {
          a ~ normal(0, 1000);
          b ~ normal(0, 1);
          sigma ~ exponential(1);
          y ~ normal(a * (1 - exp(-b * x)), sigma);
        }""",
        name="curve",
    )

    found = bw.analyze(program, {"x": x, "y": y}, seed=1, engine="stanli")

    assert found.lineup.posterior.diagnostics.r_hat_max < 1.05
    assert "from starts around the mode" in found.lineup.posterior.warnings[-1]
    mean = found.to_frame().loc["a", "posterior_mean"]
    assert abs(mean - 240) < 4 * found.to_frame().loc["a", "posterior_sd"]


def test_a_hierarchy_has_its_marginal_mle_and_its_posterior(gold_model):
    model, _ = gold_model("pathological/eight_schools_joint_mode")

    found = bw.analyze(model.program, dict(model.data.values), seed=1, engine="stanli")

    table = found.to_frame()
    assert table.loc["tau", "mle"] == 0
    # at tau = 0 the schools share one mean: inverse variance weights
    sigma, y = (np.asarray(model.data.values[n], dtype=float) for n in ("sigma", "y"))
    pooled = (y / sigma**2).sum() / (1 / sigma**2).sum()
    np.testing.assert_allclose(table.loc["mu", "mle"], pooled, rtol=1e-6)
    assert np.isnan(table.loc["tau", "map_constrained"])
    assert found.verdict.point_is_enough is False
    # the centred effects are the cause of the divergences; then the answer
    assert found.verdict.summary.startswith("The spread of the centred effects theta")
    assert "Report the posterior, not a mode." in found.verdict.summary
    assert "There is no joint mode of effects and population parameters" in found.verdict.summary
    assert "marginal MLE" in str(found)


def test_a_model_may_stand_for_its_program_and_data():
    coin = bw.library["beta_binomial"].program
    model = bw.Model(coin, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")

    found = bw.analyze(model, seed=1, sample_options=FAST)

    assert found.to_frame().loc["theta", "mle"] == pytest.approx(0.7)
    with pytest.raises(UsageError, match="has its data"):
        bw.analyze(model, {"n": 10, "y": 2, "a": 3, "b": 3})


def test_options_are_checked_before_anything_runs(monkeypatch):
    coin = bw.library["beta_binomial"].program
    model = bw.Model(coin, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")
    monkeypatch.setattr("bayeswrap.all_modes.estimate_mode", lambda *_, **__: pytest.fail("run"))

    with pytest.raises(UnknownNameError, match="'iter'"):
        bw.analyze(model, sample_options={"iter": 2000})
    with pytest.raises(UsageError, match="probability"):
        bw.analyze(model, ci_prob=95)


def test_bad_data_are_raised():
    entry = bw.library["beta_binomial"]

    with pytest.raises(bw.BayeswrapError, match="missing"):
        bw.analyze(entry.program, {"n": 3})


GROWTH = """
functions { vector growth(real t, vector z, real r, real K) {
  vector[1] d = [r * z[1] * (1 - z[1] / K)]'; return d; } }
data { int<lower=1> T; array[T] real ts; vector<lower=0>[T] y; }
parameters { real<lower=0> r; real<lower=0> K; real<lower=0> z0; real<lower=0> sigma; }
transformed parameters { array[T] vector[1] z = ode_rk45(growth, [z0]', 0, ts, r, K); }
model {
  r ~ lognormal(-1, 1); K ~ lognormal(4, 1); z0 ~ lognormal(1, 1); sigma ~ exponential(5);
  for (t in 1:T) y[t] ~ lognormal(log(z[t, 1]), sigma);
}
"""
SIZES = [7.35, 7.77, 18.96, 26.0, 36.11, 45.5, 41.25, 54.52, 52.26, 87.88, 61.12, 57.27]


@pytest.fixture
def growth():
    """A growth rate far out makes one evaluation take half a minute by Stan's own limit."""
    data = {"T": 12, "ts": [float(t) for t in range(1, 13)], "y": SIZES}
    return bw.Model(bw.Program.from_string(GROWTH, name="growth"), data, engine="stanli")


@pytest.mark.slow
def test_a_differential_equation_comes_to_an_end(growth):
    found = bw.analyze(growth, seed=1, show_progress=False)

    mle = found.lineup.mle
    assert mle["r"] == pytest.approx(0.576436, abs=1e-6)
    assert mle["K"] == pytest.approx(64.77056, abs=1e-4)
    assert mle.log_likelihood == pytest.approx(-37.515043, abs=1e-6)
    assert found.verdict.point_is_enough is False


def test_what_the_seconds_are_not_enough_for_is_named(growth):
    found = bw.analyze(growth, seed=1, seconds=0, sample_options=FAST)

    assert [r.title for r in found.results] == ["posterior (NUTS)"]
    assert {m.title for m in found.missing} >= {"MLE", "Laplace approximation"}
    assert all("seconds were spent" in m.reason for m in found.missing)
    [check] = [c for c in found.verdict.checks if c.code == "out_of_time"]
    assert "whether the posterior is proper" in check.evidence
    assert check.evidence in str(found)


def test_seconds_are_a_time(growth, monkeypatch):
    monkeypatch.setattr(bw.Model, "sample", pytest.fail)

    with pytest.raises(UsageError, match="seconds"):
        bw.analyze(growth, seconds=-1)


def test_without_pressure_no_clock_changes_the_result(library_model):
    model = library_model("beta_binomial")

    usual, generous = (
        bw.analyze(model, seed=1, show_progress=False, seconds=s, sample_options=FAST)
        for s in (None, 1000)
    )

    assert usual.to_frame().equals(generous.to_frame())
    assert str(usual) == str(generous)
