import numpy as np
import pytest
from fixtures.designs_by_hand import regression_of

from bayeswrap.regression.standardized_columns import standardized
from bayeswrap.regression_model.glm import glm

_DATA = {
    "y": [1.0, 3.0, 2.0, 5.0, 4.0, 7.0],
    "x": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0],
    "f": ["a", "b", "a", "b", "a", "b"],
}


def test_columns_have_mean_zero_and_standard_deviation_one():
    values = standardized(regression_of().design).predictors["mu"].population.values
    assert values.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert values.std(axis=0, ddof=1) == pytest.approx([1, 1])


@pytest.mark.filterwarnings("ignore::bayeswrap.errors.BayeswrapWarning")
def test_columns_of_two_values_stay_and_new_data_move_by_the_fit():
    model = glm("y ~ x + f", _DATA, standardize=True, engine="stanli")
    raw = glm("y ~ x + f", _DATA, engine="stanli")
    sd = np.std(_DATA["x"], ddof=1)
    assert model.mle()["beta"] == pytest.approx(raw.mle()["beta"] * [sd, 1.0], rel=1e-9)
    new = model.design.builder.at({"x": [35.0 + sd], "f": ["b"]})
    assert new.predictors["mu"].population.values.tolist() == [[1.0, 1.0]]
    assert model.stan_code == raw.stan_code
