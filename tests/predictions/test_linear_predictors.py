from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted

from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.linear_predictors import family_parameters, linear_predictors

DATA = pd.DataFrame(
    {"x": [0.5, -1.0, 2.0, 0.0], "g": ["b", "a", "b", "a"], "y": [1.0, 2.0, 3.0, 4.0]}
)
SLOPES = {
    "alpha": 1.0,
    "beta": [2.0],
    "sd_g": [0.5, 0.25],
    "L_g": np.linalg.cholesky([[1, 0.3], [0.3, 1]]),
    "r_g": [[0.1, 0.2], [-0.3, 0.4]],
    "sigma": 1.0,
}


def at(fit, treatment=None, data=None):
    design = fit.regression.design if data is None else fit.design_of(data)
    return linear_predictors(
        fit.regression, design, fit.points.variables(), treatment or GroupTreatment()
    )


def test_effects_of_levels_are_added():
    fit = fitted(Formula("y", ["x"], {"g": ["Intercept", "x"]}), DATA, "gaussian", SLOPES)
    # levels a and b: r_g[1] and r_g[2]
    expected = 1 + 2 * DATA.x + [-0.3, 0.1, -0.3, 0.1] + DATA.x * [0.4, 0.2, 0.4, 0.2]
    np.testing.assert_allclose(at(fit).eta["mu"][0], expected, rtol=1e-14)
    assert at(fit).effect_variance == {}


def test_effects_that_are_left_out_are_zero_or_have_their_variance():
    fit = fitted(Formula("y", ["x"], {"g": ["Intercept", "x"]}), DATA, "gaussian", SLOPES)
    none = at(fit, GroupTreatment(factors=frozenset()))
    np.testing.assert_allclose(none.eta["mu"][0], 1 + 2 * DATA.x, rtol=1e-14)
    assert none.effect_variance == {}
    marginal = at(fit, GroupTreatment(factors=frozenset(), integrates_rest=True))
    x = DATA.x.to_numpy()
    expected = 0.25 + 2 * x * 0.3 * 0.125 + x**2 * 0.0625
    np.testing.assert_allclose(marginal.effect_variance["mu"][0], expected, rtol=1e-12)


def test_a_level_that_was_not_seen_has_the_variance_of_the_population():
    fit = fitted(
        Formula("y", ["x"], {"g": ["Intercept"]}),
        DATA,
        "gaussian",
        {"alpha": 1.0, "beta": [2.0], "sd_g": [0.5], "r_g": [0.1, -0.3], "sigma": 1.0},
    )
    new = pd.DataFrame({"x": [0.0, 0.0], "g": ["a", "z"]})
    found = at(fit, data=new)
    np.testing.assert_allclose(found.eta["mu"][0], [1.1, 1.0])
    np.testing.assert_allclose(found.effect_variance["mu"][0], [0, 0.25])
    zero = at(fit, GroupTreatment(new_groups="zero"), new)
    assert zero.effect_variance == {}


def test_an_offset_has_the_coefficient_one():
    data = DATA.assign(o=[1.0, 2.0, 3.0, 4.0])
    fit = fitted(Formula("y", ["x"], offset="o"), data, "poisson", {"alpha": 1.0, "beta": [2.0]})
    np.testing.assert_allclose(at(fit).eta["mu"][0], 1 + 2 * data.x + data.o)


def test_a_second_parameter_has_a_formula_of_its_own():
    values = {"alpha": 1.0, "beta": [2.0], "alpha_sigma": -1.0, "beta_sigma": [0.5]}
    fit = fitted(Formula("y", ["x"], further={"sigma": ["x"]}), DATA, "gaussian", values)
    eta = at(fit).eta
    parameters = family_parameters(
        fit.regression, fit.regression.design, fit.points.variables(), eta
    )
    np.testing.assert_allclose(parameters["sigma"][0], np.exp(-1 + 0.5 * DATA.x), rtol=1e-14)


def test_of_categories_the_first_has_the_predictor_zero():
    data = DATA.assign(y=["p", "q", "r", "q"])
    values = {"alpha": [1.0, -1.0], "beta": [[2.0, 0.5]]}
    fit = fitted(Formula("y", ["x"], levels=["p", "q", "r"]), data, "categorical", values)
    eta = at(fit).eta["mu"][0]
    expected = np.column_stack([np.zeros(4), 1 + 2 * data.x, -1 + 0.5 * data.x])
    np.testing.assert_allclose(eta, expected, rtol=1e-14)


def test_trials_are_one_where_the_rows_have_none():
    data = DATA.assign(k=[1.0, 2.0, 3.0, 4.0], n=[5.0, 5.0, 5.0, 9.0])
    fit = fitted(Formula("k", ["x"], trials="n"), data, "binomial", {"alpha": 0.0, "beta": [1.0]})
    for rows, trials in ((data, [5, 5, 5, 9]), (data.drop(columns="n"), [1, 1, 1, 1])):
        design = fit.design_of(rows)
        values = fit.points.variables()
        eta = linear_predictors(fit.regression, design, values, GroupTreatment()).eta
        found = family_parameters(fit.regression, design, values, eta)["trials"]
        assert found[0].tolist() == pytest.approx(trials)
