from __future__ import annotations

import numpy as np
import pytest
from fixtures.handmade_regressions import Formula, fitted, stan_scalars
from fixtures.marginaleffects_models import DATA, model_with_numbers
from scipy.stats import norm

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.predictions.hypotheses import Statement, hypothesis, parameter_labels_of

COVARIANCE = np.diag([0.01, 0.04, 0.09])
TERMS = Formula("y", ["x", "z"])


def point():
    values = {"alpha": 0.5, "beta": [1.0, -0.5], "sigma": 2.0}
    return fitted(TERMS, DATA, "gaussian", values, COVARIANCE)


def test_a_difference_of_two_coefficients_is_tested():
    row = hypothesis(point(), "x > z").iloc[0]
    se = np.sqrt(0.04 + 0.09)
    assert row.estimate == pytest.approx(1.5)
    assert row.se == pytest.approx(se, rel=1e-10)
    assert row.z == pytest.approx(1.5 / se, rel=1e-10)
    assert row.p_value == pytest.approx(norm.sf(1.5 / se), rel=1e-8)


def test_an_equation_has_two_sides():
    both = hypothesis(point(), ["x = 0", "x == 0", "beta[1] = 0"])
    assert both.p_value.tolist() == pytest.approx([2 * norm.sf(5)] * 3, rel=1e-6)
    assert both.index.tolist() == ["x = 0", "x == 0", "beta[1] = 0"]


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("2*x - z > 1", 1.5),
        ("Intercept < 0", 0.5),
        ("exp(x) = 1", np.e - 1),
        ("sigma >= 1", 1.0),
        ("x*z <= `z`", 0.0),
        ("(x + z)/2 > 0", 0.25),
    ],
)
def test_expressions_are_read(text, estimate):
    assert hypothesis(point(), text).estimate.iloc[0] == pytest.approx(estimate)


def test_labels_of_factors_and_interactions_are_read():
    fit, numbers = model_with_numbers("poisson")
    b = numbers["parameters"]
    found = hypothesis(fit, ["f[b] > f[c]", "x:z = 0"]).estimate
    assert found.tolist() == pytest.approx([b["f[T.b]"] - b["f[T.c]"], b["x:z"]])


def test_draws_give_a_probability_and_its_odds():
    _, here = stan_scalars({"alpha": 0.5, "beta": [1.0, -0.5], "sigma": 2.0})
    draws = np.random.default_rng(1).normal(here, [0.1, 0.7, 0.7, 0.1], size=(2000, 4))
    values = {"alpha": 0.5, "beta": [1.0, -0.5], "sigma": 2.0}
    fit = fitted(TERMS, DATA, "gaussian", values, draws=draws)
    table = hypothesis(fit, ["x > z", "x < z", "x = z"])
    share = (draws[:, 1] > draws[:, 2]).mean()
    assert table.probability.iloc[:2].tolist() == pytest.approx([share, 1 - share])
    assert table.evidence_ratio.iloc[0] == pytest.approx(share / (1 - share))
    assert table.probability.isna().tolist() == [False, False, True]


def test_labels_of_a_second_parameter_start_with_its_name():
    values = {"alpha": 0.5, "beta": [1.0], "alpha_sigma": 0.0, "beta_sigma": [0.3]}
    fit = fitted(Formula("y", ["x"], further={"sigma": ["x"]}), DATA, "gaussian", values)
    assert parameter_labels_of(fit)["sigma_x"] == "beta_sigma[1]"
    assert hypothesis(fit, "sigma_x > 0").estimate.iloc[0] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("x", UsageError, "not a statement"),
        ("0 < x < 1", UsageError, "not a statement"),
        ("x >", UsageError, "not a statement"),
        ("X > 0", UnknownNameError, "did you mean 'x'"),
        ("beta > 0", UsageError, "one number"),
        ("__import__('os') > 0", UnknownNameError, "no function"),
        ("x.real > 0", UsageError, "not understood"),
        ("beta[7] > 0", UsageError, "not understood"),
    ],
)
def test_other_texts_are_refused(text, error, words):
    with pytest.raises(error, match=words):
        hypothesis(point(), text)


def test_a_statement_keeps_its_relation():
    assert Statement.parse("a >= 1", {}).relation == ">"
    assert Statement.parse("a = 1", {}).relation == "="
