from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula

from bayeswrap.errors import UsageError
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.predictions.fitted_regression import FittedRegression
from bayeswrap.predictions.prediction import predict
from bayeswrap.regression.families import family_of
from bayeswrap.regression.regression import Regression

DATA = pd.DataFrame({"x": [0.0, 1.0, 3.0], "y": [1.0, 2.0, 2.5]})


def of(result, formula=None, family="gaussian"):
    formula = formula or Formula("y", ["x"])
    regression = Regression.of(formula.fit(DATA), family_of(family))
    return FittedRegression.of(regression, result, DATA, formula)


def test_a_result_of_the_regression_predicts(made):
    estimate = made.point(Estimator.MLE, None, {"alpha": 1.0, "beta[1]": 0.5, "sigma": 0.3})
    np.testing.assert_allclose(predict(of(estimate)).estimate, [1.0, 1.5, 2.5])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"mu": 1.0}, "no such variable"),
        ({"alpha": 1.0, "beta[1]": 0.5, "beta[2]": 0.5, "sigma": 0.3}, r"2 scalar\(s\)"),
        ({"alpha": 1.0, "beta[1]": 0.5}, "sigma"),
    ],
)
def test_a_result_of_another_regression_is_refused(made, values, words):
    with pytest.raises(UsageError, match=rf"another regression(.|\n)*{words}"):
        of(made.point(Estimator.MLE, None, values))


def test_cutpoints_are_counted(made):
    formula = Formula("y", ["x"], levels=[1.0, 2.0, 2.5])
    values = {"beta[1]": 0.5, "c[1]": 0.0, "c[2]": 1.0}
    fit = of(made.point(Estimator.MLE, None, values), formula, "cumulative")
    assert predict(fit).shape[0] == 9
    with pytest.raises(UsageError, match="another regression"):
        of(made.point(Estimator.MLE, None, {"beta[1]": 0.5, "c[1]": 0.0}), formula, "cumulative")
