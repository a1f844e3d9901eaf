import numpy as np
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
