"""Situations that users of other software have reported, each with its right answer by value."""

from __future__ import annotations

import warnings

import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.errors import ConvergenceError, DataError
from bayeswrap.estimates.results.status import Status

CASES = GOLD / "cases"
OLD_SYNTAX = """
data{
  int result[2];
  vector[2] weights;
  vector[2] breaks;
}
parameters{
  real mu;
}
model {
  real p;
  for(i in 1:2){
    p <- normal_cdf(breaks[i], mu, 3);
    increment_log_prob(bernoulli_log(result[i], p) * weights[i]);
  }
}
"""


def bound(name, **mapping):
    folder = CASES / name
    data = next(p for p in (folder / "data.json", folder / "data.csv") if p.exists())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of levels that are coded
        return bw.Model(folder / "program.stan", data, engine="stanli", **mapping)


@pytest.mark.parametrize(
    ("name", "log_likelihood", "values"),
    [
        # independent optimisation of the same likelihoods by SciPy
        ("infinite_data", -7.89294, {"shape": 1.32863, "scale": 6.37434}),
        ("multinomial_zero_cell", -2.33355, {"p": 0.3}),
        ("zinb_half_zeros", -424.114224, {"zi": 0.541808, "mu": 4.504664, "phi": 1.718545}),
        ("ode_growth", -37.515043, {"r": 0.576436, "K": 64.77056, "sigma": 0.167058}),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_maximum_has_the_value_of_an_independent_search(name, log_likelihood, values, seed):
    estimate = bound(name).mle(seed=seed)

    assert estimate.log_likelihood == pytest.approx(log_likelihood, abs=1e-5)
    for parameter, value in values.items():
        assert float(estimate[parameter]) == pytest.approx(value, rel=2e-5)


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_cell_without_counts_leaves_one_mode(seed):
    estimate = bound("simplex_zero_cell").mle(seed=seed, starts=20)

    assert estimate.status is Status.BOUNDARY
    assert len(estimate.census.modes) == 1
    assert estimate["p"] == pytest.approx([5 / 16, 0, 3 / 16, 8 / 16], abs=1e-6)


def test_a_truncated_normal_wider_than_its_mean_has_no_maximum():
    with pytest.raises(ConvergenceError) as caught:
        bound("truncated_normal").mle()

    assert caught.value.estimate.status is Status.AT_INFINITY
    # the exponential limit
    assert caught.value.estimate.log_likelihood == pytest.approx(-10.6297480, abs=7.3e-3)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gamma_zero_outcome", "y[3]"),
        ("gamma_negative", "gamma"),
        ("index_out_of_range", "g[3]"),
    ],
)
def test_data_outside_a_density_or_an_index_are_named(name, words):
    with pytest.raises(DataError) as caught:
        bound(name).mle()

    assert words in str(caught.value)


def test_a_prediction_that_overflows_leaves_the_parameters():
    estimate = bound("rng_overflow").mle(seed=1)

    assert float(estimate["a"]) == pytest.approx(-0.07246, abs=1e-5)
    assert float(estimate["b"]) == pytest.approx(0.86451, abs=1e-5)


def test_a_program_without_parameters_is_simulated():
    draws = bound("no_parameters").sample(seed=1, show_progress=False)

    table = draws.to_frame(derived=True)
    assert table["mean"].abs().max() < 4 / len(draws.draws[0]) ** 0.5
    assert table["sd"].drop("m").between(0.9, 1.1).all()
    assert table.loc["m", "sd"] == pytest.approx(5**-0.5, rel=0.1)


def test_an_interval_that_covers_another_mass_is_not_adequate():
    verdict = bw.analyze(
        CASES / "gamma_prior_zero_counts" / "program.stan",
        CASES / "gamma_prior_zero_counts" / "data.json",
        engine="stanli",
        seed=1,
        show_progress=False,
    ).verdict

    assert verdict.point_is_enough is not True


def test_separation_is_named_by_the_predictor():
    comparison = bw.analyze(
        CASES / "separated_by_one_predictor" / "program.stan",
        CASES / "separated_by_one_predictor" / "data.csv",
        X=["marker", "bmi"],
        engine="stanli",
        seed=1,
        show_progress=False,
    )

    assert "marker completely separates relapse" in str(comparison.verdict) + str(comparison)


def test_a_program_of_the_old_syntax_is_migrated(tmp_path):
    file = tmp_path / "weights.stan"
    file.write_text(OLD_SYNTAX, encoding="utf-8")
    program = bw.Program.from_file(file, migrate=True)
    data = {"result": [1, 0], "weights": [0.5, 1.0], "breaks": [1.0, 2.0]}

    estimate = bw.Model(program, data, engine="stanli").mle(seed=1)

    assert float(estimate["mu"]) == pytest.approx(2.8911, abs=1e-4)
    assert estimate.to_frame().loc["mu", "se"] == pytest.approx(3.0897, abs=1e-4)


def test_names_of_any_kind_and_a_correlation_on_its_edge_lose_nothing():
    size, income, markup, outcome, category = (
        "Körpergröße (cm)",
        "income_in_thousand_US_dollars_per_capita_adjusted",
        "<b>x&y</b>",
        "y; DROP TABLE",
        "cat",
    )
    model = bound(
        "hostile_names",
        X=[size, income, markup],
        y=outcome,
        category_of_the_respondent=category,
        C=4,
    )

    draws = model.sample(seed=1, chains=2, iter_sampling=300, show_progress=False)
    comparison = bw.compare(model.map(seed=1), draws, starts=0)

    table = comparison.to_frame()
    factors = [n for n in table.index if n.startswith("L_Omega")]
    # the entries that are 0 or 1 by the type have no row
    assert factors == [f"L_Omega[{i},{j}]" for i, j in ((2, 1), (3, 1), (2, 2), (3, 2), (3, 3))]
    assert table.filter(like="coefficients", axis=0)["label"].str.endswith(markup + "]").any()
    assert table["posterior_mean"].notna().all()
