import numpy as np
import pytest
from fixtures.designs_by_hand import group_of, predictor_of, regression_of

from bayeswrap.regression.default_priors import prior_slots


def _slots(regression):
    return {slot.variable: slot for slot in prior_slots(regression)}


def test_a_gaussian_outcome_sets_the_scales():
    regression = regression_of()
    y, matrix = (
        regression.design.response.values,
        regression.design.predictors["mu"].population.values,
    )
    slots = _slots(regression)
    sd = y.std(ddof=1)
    assert slots["beta"].data["prior_scale_beta"] == pytest.approx(
        2.5 * sd / matrix.std(axis=0, ddof=1)
    )
    assert slots["alpha"].data["prior_location_alpha"] == pytest.approx(y.mean())
    assert slots["alpha"].data["prior_scale_alpha"] == pytest.approx(2.5 * sd)
    assert slots["sigma"].data["prior_rate_sigma"] == pytest.approx(1 / sd)


def test_a_logit_has_no_unit():
    slots = _slots(regression_of("bernoulli"))
    assert float(slots["alpha"].data["prior_location_alpha"]) == 0.0
    assert float(slots["alpha"].data["prior_scale_alpha"]) == 2.5


def test_a_positive_outcome_in_other_units_has_the_same_prior_of_the_slopes():
    slots = _slots(regression_of("weibull"))
    y = regression_of("weibull").design.response.values
    assert float(slots["alpha"].data["prior_location_alpha"]) == pytest.approx(np.log(y.mean()))
    matrix = predictor_of().population.values
    assert slots["beta"].data["prior_scale_beta"] == pytest.approx(2.5 / matrix.std(0, ddof=1))


def test_standard_deviations_of_groups_are_of_the_size_of_the_outcome():
    regression = regression_of(mu=predictor_of(groups=[group_of("g", ["Intercept", "x"], 4)]))
    sd_y = regression.design.response.values.std(ddof=1)
    sd_x = regression.design.predictors["mu"].groups[0].values[:, 1].std(ddof=1)
    rates = _slots(regression)["sd_g"].data["prior_rate_sd_g"]
    assert rates == pytest.approx([1 / sd_y, sd_x / sd_y])


def test_a_constant_column_has_a_finite_scale():
    mu = predictor_of(("x",))
    mu.population.values[:] = 1e9
    assert np.isfinite(_slots(regression_of(mu=mu))["beta"].data["prior_scale_beta"]).all()
