import numpy as np
import pandas as pd
import pytest
from fixtures.designs_by_hand import regression_of

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.regression_model.regression_model import RegressionModel

_RNG = np.random.default_rng(3)
_X = np.linspace(-1, 1, 40)
_DATA = {
    "x": _X,
    "z": np.cos(7 * _X),
    "f": np.where(np.arange(40) % 3 == 0, "a", "b"),
    "y": 1 + 2 * _X + _RNG.normal(0, 0.5, 40),
}


@pytest.fixture(scope="module")
def line():
    return bw.glm("y ~ x + z", _DATA, engine="stanli")


def test_a_prediction_at_a_new_row_is_the_line(line):
    point = line.mle()
    table = line.predict(point, {"x": [0.5], "z": [0.0]})
    assert table["estimate"].iloc[0] == pytest.approx(
        float(point["alpha"]) + 0.5 * point["beta"][0], rel=1e-10
    )
    assert line.predict(newdata={"x": [0.5], "z": [0.0]}).equals(table)


def test_slopes_and_comparisons_of_a_line_are_its_coefficients(line):
    beta = line.mle()["beta"]
    assert line.slopes("x").to_frame()["estimate"].iloc[0] == pytest.approx(beta[0], rel=1e-6)
    assert line.comparisons("x").to_frame()["estimate"].iloc[0] == pytest.approx(beta[0], rel=1e-9)
    assert len(line.effects("x").to_frame()) > 1


def test_residuals_sum_to_zero_and_r_squared_is_a_share(line):
    assert float(line.residuals().sum()) == pytest.approx(0.0, abs=1e-8)
    assert line.r_squared()["estimate"].between(0, 1).all()
    assert len(line.standardized()) == 2


@pytest.mark.parametrize("text", ["beta[x] > beta[z]", "beta[1] > beta[2]", "beta[x] > z"])
def test_a_hypothesis_takes_labels_and_the_names_of_stan(line, text):
    table = line.hypothesis(text)

    assert table.to_numpy().tolist() == line.hypothesis("x > z").to_numpy().tolist()
    assert list(table.index) == [text]


def test_a_hypothesis_is_judged(line):
    assert float(line.hypothesis("x > z")["estimate"].iloc[0]) == pytest.approx(
        float(line.mle()["beta"][0] - line.mle()["beta"][1]), rel=1e-9
    )


def test_ratios_of_a_logit_are_odds_ratios():
    data = {**_DATA, "b": (_DATA["y"] > 1).astype(int) ^ (np.arange(40) % 5 == 0)}
    model = bw.glm("b ~ x", data, family="bernoulli", engine="stanli")
    assert model.ratios()["estimate"].iloc[0] == pytest.approx(
        np.exp(model.mle()["beta"][0]), rel=1e-9
    )


def test_an_update_keeps_the_options(line):
    other = line.update(". ~ . - z")
    assert other.formula == "y ~ x"
    assert other.engine == "stanli"


def test_a_design_alone_is_not_enough():
    with pytest.raises(UsageError, match="design alone"):
        RegressionModel(regression_of(), engine="stanli").predict()
    with pytest.raises(UsageError, match="not made by a formula"):
        RegressionModel(regression_of(), engine="stanli").update("y ~ x")


@pytest.mark.filterwarnings("ignore::bayeswrap.errors.BayeswrapWarning")  # how it was coded
@pytest.mark.parametrize("family", ["cumulative", "categorical"])
def test_categories_without_predictors_have_their_frequencies(family):
    data = {"y": pd.Categorical(list("aabbbccccc"), ordered=True)}
    model = bw.glm("y ~ 1", data, family=family, engine="stanli")
    table = model.predict().loc[0]
    p = np.array([0.2, 0.3, 0.5])
    np.testing.assert_allclose(table.estimate, p, rtol=1e-6)
    np.testing.assert_allclose(table.se, np.sqrt(p * (1 - p) / 10), rtol=1e-5)


@pytest.mark.parametrize(
    "family", ["poisson", "negbinomial", "zero_inflated_poisson", "hurdle_poisson"]
)
def test_counts_without_predictors_have_their_mean(family):
    y = np.array([0, 0, 0, 1, 3, 2, 0, 5, 1, 2, 0, 4])
    row = bw.glm("y ~ 1", {"y": y}, family=family, engine="stanli").predict().iloc[0]
    assert row.estimate == pytest.approx(y.mean(), rel=1e-6)
    if family == "poisson":
        assert row.se == pytest.approx(np.sqrt(y.mean() / 12), rel=1e-6)


def test_a_result_may_stand_first(line):
    point = line.mle()
    for verb, name in ((line.hypothesis, "x > 0"), (line.hypothesis, ["x > 0", "z = 0"])):
        assert verb(point, name).equals(verb(name, point))
    assert line.effects(point, "x").table.equals(line.effects("x", result=point).table)
    assert line.slopes(point, "x").table.equals(line.slopes("x", point).table)
    assert line.comparisons(point).table.equals(line.comparisons(result=point).table)


def test_standardised_columns_are_so_in_new_rows(line):
    scaled = bw.glm("y ~ x + z", _DATA, standardize=True, engine="stanli")
    new = {"x": [0.5], "z": [0.2]}
    here, there = scaled.predict(newdata=new), line.predict(newdata=new)
    assert here.estimate.iloc[0] == pytest.approx(there.estimate.iloc[0], rel=1e-7)
    assert here.se.iloc[0] == pytest.approx(there.se.iloc[0], rel=1e-6)


def test_formulas_of_further_parameters_stay_in_an_update():
    two = bw.glm(["y ~ x", "sigma ~ z"], _DATA, engine="stanli").update(". ~ . + f")
    assert two.formula == "y ~ x + f, sigma ~ z"


def test_draws_have_the_same_verbs(line):
    draws = line.laplace(draws=500, seed=1)
    assert list(line.predict(draws).columns[:2]) == ["estimate", "sd"]
    assert {"probability", "evidence_ratio"} <= set(line.hypothesis(draws, "x > 0").columns)
    assert line.loo_pit(draws).between(0, 1).all()
