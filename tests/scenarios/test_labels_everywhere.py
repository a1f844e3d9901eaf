"""A label is accepted wherever Stan's spelling is, and printed in its place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.plots.chains import plot_trace
from bayeswrap.studies import prior_weight_path

PROGRAM = bw.Program.from_string(
    """data { int N; int K; int J; matrix[N, K] X; array[N] int<lower=1, upper=J> g;
      matrix[N, K] y; }
    parameters { vector[K] beta; matrix[J, K] r; real<lower=0> sigma; }
    model { beta ~ normal(0, 2); to_vector(r) ~ normal(0, 1); sigma ~ exponential(1);
      for (k in 1:K) y[, k] ~ normal(X[, k] * beta[k] + r[g, k], sigma); }
    generated quantities { vector[K] twice = 2 * beta; }""",
    name="two_outcomes",
)
X = pd.DataFrame({"dose": [-1.0, 0, 1, 2, 0.5, -0.5], "age group": [0.0, 1, 0, 1, 2, 1]})
DATA = {
    "X": X,
    "g": ["south", "north", "north", "south", "north", "south"],
    "y": np.column_stack([1.5 * X["dose"], -X["age group"]]) + np.linspace(-0.5, 0.5, 6)[:, None],
}


@pytest.fixture(scope="module")
def model() -> bw.Model:
    with pytest.warns(bw.BayeswrapWarning, match="1 = north, 2 = south"):
        return bw.Model(PROGRAM, DATA, engine="stanli")


@pytest.fixture(scope="module")
def point(model):
    return model.map(seed=1, starts=4)


@pytest.fixture(scope="module")
def draws(model):
    options = {"chains": 2, "iter_warmup": 100, "iter_sampling": 50}
    return model.sample(seed=1, show_progress=False, **options)


PAIRS = [("beta[dose]", "beta[1]"), ("r[south, age group]", "r[2,2]"), ("r[2,dose]", "r[2,1]")]


@pytest.mark.parametrize(("label", "name"), PAIRS)
def test_results_and_their_tables(point, draws, label, name):
    assert point[label] == point[name] == point.to_frame().loc[name, "estimate"]
    np.testing.assert_array_equal(draws[label], draws[name])
    for result in (point, draws):
        assert list(result.to_frame(names=label).index) == [name]
        assert result.to_frame(names=[name])["label"].tolist() == [result.labels[name]]
        assert result.labels[name] in str(result)
        assert name not in str(result)


def test_derived_quantities_that_are_named_are_in_the_table(point):
    assert list(point.to_frame(names="twice[dose]").index) == ["twice[1]"]


def test_expressions(point, draws):
    quantity, same = "exp(beta[dose]) - r[south, age group]", "exp(beta[1]) - r[2,2]"

    assert point.derive(quantity).value == point.derive(same).value
    assert point.derive(quantity).to_frame().index.tolist() == [quantity]
    np.testing.assert_array_equal(draws.derive(quantity).draws, draws.derive(same).draws)


def test_fixed_and_initial_values(model):
    held = model.map(seed=1, fixed={"beta[age group]": 0.25})
    started = model.map(seed=1, inits={"beta[dose]": 1.0, "sigma": 0.5})

    assert held["beta"][1] == 0.25
    assert held["beta"][0] == pytest.approx(started["beta[1]"], abs=0.1)
    assert started.record.options["inits"] == "beta, sigma"


def test_profiles(point):
    profile = point.profile("beta[dose]", 0.5)

    assert (profile.name, profile.label) == ("beta[1]", "beta[dose]")
    assert "of beta[dose]:" in str(profile)


def test_the_census_of_modes(point):
    assert "beta[dose]" in str(point.census)
    assert "beta[1]" in point.census.to_frame()


def test_figures_and_studies(draws, model):
    assert len(plot_trace(draws, "beta[dose]").axes) == 1
    study = prior_weight_path(model, [0.5, 1], ["beta[age group]"], seed=1)
    assert set(study.table["parameter"]) == {"beta[2]"}


def test_comparisons(point, draws):
    comparison = bw.compare(point, draws, starts=0)

    assert list(comparison.to_frame("r[south,dose]").index) == ["r[2,1]"]
    assert len(comparison.plot("beta[dose]").axes) == 1
    container = comparison.idata
    assert container.posterior["r"].sel(r_dim_0="south", r_dim_1="dose").shape == (2, 50)
    np.testing.assert_array_equal(
        container.posterior["beta"].sel(beta_dim_0="age group"), draws["beta"][..., 1]
    )
    observed = container.observed_data["y"]
    assert observed.coords["y_dim_0"].to_numpy().tolist() == [1, 2, 3, 4, 5, 6]
    assert observed.sel(y_dim_1="dose").to_numpy() == pytest.approx(DATA["y"][:, 0])


def test_saved_results_keep_their_labels(point, tmp_path):
    again = bw.load(bw.save(point, tmp_path / "point.bw"))

    assert again["r[south,dose]"] == point["r[2,1]"]
    assert str(again) == str(point)
