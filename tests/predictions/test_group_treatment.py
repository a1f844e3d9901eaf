from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted

from bayeswrap.errors import UsageError
from bayeswrap.predictions.group_treatment import GroupTreatment, effect_covariance

DATA = pd.DataFrame({"g": ["a", "b", "a"], "h": ["u", "u", "v"], "y": [1.0, 2.0, 3.0]})
FIT = fitted(
    Formula("y", [], {"g": ["Intercept"], "h": ["Intercept"]}),
    DATA,
    "gaussian",
    {
        "alpha": 0.0,
        "sd_g": [1.0],
        "r_g": [0.1, 0.2],
        "sd_h": [1.0],
        "r_h": [0.3, 0.4],
        "sigma": 1.0,
    },
)


def test_arguments_name_what_becomes_of_groups():
    of = GroupTreatment.of
    assert of("include", "marginal", FIT.regression).factors is None
    assert of("exclude", "marginal", FIT.regression).factors == frozenset()
    assert of("marginal", "marginal", FIT.regression).integrates_rest
    assert of(["h"], "zero", FIT.regression).factors == {"h"}


@pytest.mark.parametrize(
    ("groups", "new_groups", "words"),
    [
        ("includ", "marginal", "did you mean 'include'"),
        (["G"], "marginal", "did you mean 'g'"),
        ("include", "margnal", "did you mean 'marginal'"),
    ],
)
def test_other_arguments_are_refused(groups, new_groups, words):
    with pytest.raises(UsageError, match=words):
        GroupTreatment.of(groups, new_groups, FIT.regression)


def test_new_levels_can_be_refused_with_their_row():
    treatment = GroupTreatment(new_groups="error")
    design = FIT.design_of(pd.DataFrame({"g": ["a", "z"], "h": ["u", "u"]}))
    with pytest.raises(UsageError, match=r"not seen(.|\n)*row 2"):
        treatment.used(design.predictors["mu"].groups[0])


def test_a_covariance_is_made_of_deviations_and_correlations():
    names = fitted(
        Formula("y", [], {"g": ["Intercept", "y"]}),
        DATA,
        "gaussian",
        {
            "alpha": 0.0,
            "sd_g": [2.0, 3.0],
            "L_g": np.linalg.cholesky([[1, 0.5], [0.5, 1]]),
            "r_g": np.zeros((2, 2)),
            "sigma": 1.0,
        },
    )
    group = names.regression.names["mu"].groups[0]
    found = effect_covariance(group, names.points.variables())
    np.testing.assert_allclose(found, [[[4, 3], [3, 9]]], rtol=1e-12)
    values = names.points.variables() | {"cor_g": np.full((1, 2, 2), np.nan)}
    np.testing.assert_allclose(effect_covariance(group, values), found, rtol=1e-12)
    alone = FIT.regression.names["mu"].groups[0]
    assert effect_covariance(alone, FIT.points.variables()).tolist() == [[[1.0]]]
