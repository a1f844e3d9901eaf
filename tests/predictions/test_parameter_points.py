from __future__ import annotations

import numpy as np
import pytest
from fixtures.handmade_regressions import stan_scalars

from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.status import Status
from bayeswrap.predictions.parameter_points import ParameterPoints

LAYOUT, HERE = stan_scalars({"alpha": 1.0, "beta": [2.0, -1.0]})
COVARIANCE = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, -0.02], [0.0, -0.02, 0.01]])


def point():
    root = np.linalg.cholesky(COVARIANCE)
    return ParameterPoints(layout=LAYOUT, scalars=HERE[np.newaxis], root=root, spread_name="se")


def test_a_linear_function_has_the_exact_spread():
    found = point().spread_of(lambda v: v["alpha"][:, None] + v["beta"] @ np.array([[1.0], [2.0]]))
    weights = np.array([1.0, 1.0, 2.0])
    assert found.value == pytest.approx([1.0])
    assert found.spread == pytest.approx([np.sqrt(weights @ COVARIANCE @ weights)], rel=1e-12)


def test_a_curved_function_has_the_spread_of_its_tangent():
    found = point().spread_of(lambda v: np.exp(v["alpha"][:, None]))
    assert found.spread == pytest.approx([np.e * 0.2], rel=1e-10)
    lower, upper = found.interval(0.95, (0.0, np.inf))
    # formed on the log scale, where the function is linear
    assert lower == pytest.approx([np.exp(1 - 1.959963984540054 * 0.2)], rel=1e-9)
    assert upper == pytest.approx([np.exp(1 + 1.959963984540054 * 0.2)], rel=1e-9)


def test_draws_give_a_number_each():
    draws = np.random.default_rng(1).normal(HERE, 0.1, size=(500, 3))
    points = ParameterPoints(layout=LAYOUT, scalars=draws, root=None, spread_name="sd")
    found = points.spread_of(lambda v: np.exp(v["beta"]))
    np.testing.assert_allclose(found.value, np.exp(draws[:, 1:]).mean(axis=0))
    np.testing.assert_allclose(found.spread, np.exp(draws[:, 1:]).std(axis=0, ddof=1))
    np.testing.assert_allclose(
        found.interval(0.9)[0], np.quantile(np.exp(draws[:, 1:]), 0.05, axis=0)
    )


def test_an_estimate_and_draws_are_read(made):
    estimate = made.point(Estimator.MLE, None, {"a": 1.5}, 0.5)
    points = ParameterPoints.of(estimate)
    assert points.is_point
    assert points.spread_name == "se"
    assert float(points.spread_of(lambda v: v["a"]).spread) == pytest.approx(
        np.linalg.norm(estimate.root)
    )


def test_what_is_no_result_is_refused(made):
    with pytest.raises(UsageError, match="not a result"):
        ParameterPoints.of({"a": 1.0})
    wrong = made.point(Estimator.MLE, None, {"a": 1.5}, 0.5, Status.UNBOUNDED)
    with pytest.raises(EstimandError, match="verified estimate"):
        ParameterPoints.of(wrong)
