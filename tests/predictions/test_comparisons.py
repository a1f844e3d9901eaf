from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from fixtures.marginaleffects_models import DATA, MODELS, model_with_numbers
from scipy.special import expit

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.predictions.comparisons import comparisons, slopes
from bayeswrap.predictions.prediction import predict


def assert_met(table, numbers):
    np.testing.assert_allclose(table["estimate"], numbers["estimate"], rtol=1e-8, atol=1e-9)
    # that package's derivatives are differences with a step of 1e-6
    np.testing.assert_allclose(table["se"], numbers["se"], rtol=2e-6)


def all_terms(name, **more):
    fit, numbers = model_with_numbers(name)
    parts = [comparisons(fit, "f", **more), comparisons(fit, "x", step=(0, 1), **more)]
    if "z" in MODELS[name][3]:
        parts.append(comparisons(fit, "z", step=(-1, 2), **more))
    return pd.concat([p.table for p in parts]), numbers


@pytest.mark.parametrize("name", sorted(MODELS))
def test_numbers_are_those_of_marginaleffects(name):
    table, numbers = all_terms(name)
    assert_met(table, numbers["differences"])
    table, _ = all_terms(name, contrast="ratio")
    assert_met(table, numbers["ratios"])
    fit, _ = model_with_numbers(name)
    assert_met(comparisons(fit, "f", levels="pairwise").table, numbers["pairwise"])
    assert_met(slopes(fit, "x").table, numbers["slopes"])
    assert_met(comparisons(fit, "x", by="f", step=(0, 1)).table, numbers["by"])
    assert_met(predict(fit, DATA.head(3)), numbers["predictions"])


def test_contrasts_have_names():
    fit, _ = model_with_numbers("logit")
    table = comparisons(fit).table
    assert list(table.term) == ["x", "z", "f", "f"]
    assert list(table.contrast) == ["+1", "+1", "b - a", "c - a"]
    table = comparisons(fit, "f", levels="sequential", contrast="ratio").table
    assert list(table.contrast) == ["b / a", "c / b"]


def test_an_odds_ratio_at_one_row_is_the_exponential_of_the_coefficient():
    fit, numbers = model_with_numbers("logit")
    table = comparisons(fit, "x", contrast="odds_ratio", average=False).table
    assert table.estimate.iloc[0] == pytest.approx(np.exp(numbers["parameters"]["x"]), rel=1e-10)
    assert table.interval.iloc[0] == "Wald (log scale)"


def test_a_slope_at_the_reference_row_is_the_density_times_the_coefficient():
    fit, numbers = model_with_numbers("logit")
    b = numbers["parameters"]
    mode = DATA.f.mode().iloc[0]
    eta = b["Intercept"] + b["x"] * DATA.x.mean() + b["z"] * DATA.z.mean()
    eta += {"a": 0, "b": b["f[T.b]"], "c": b["f[T.c]"]}[mode]
    table = slopes(fit, "x", average=False).table
    expected = b["x"] * expit(eta) * expit(-eta)
    assert table.estimate.iloc[0] == pytest.approx(expected, rel=1e-9)


def test_slopes_of_all_numbers_leave_factors_out():
    fit, _ = model_with_numbers("logit")
    assert list(slopes(fit).table.term) == ["x", "z"]


def test_categories_have_a_row_each():
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["low", "mid", "top"]})
    formula = Formula("y", ["x"], levels=["low", "mid", "top"])
    fit = fitted(formula, data, "cumulative", {"beta": [0.7], "c": [-0.5, 1.0]})
    table = comparisons(fit, "x").table
    assert list(table.category) == ["low", "mid", "top"]
    assert table.estimate.sum() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda f: comparisons(f, "X"), UnknownNameError, "did you mean 'x'"),
        (lambda f: comparisons(f, "x", by="g"), UnknownNameError, "no column 'g'"),
        (lambda f: comparisons(f, "x", contrast="odds"), UsageError, "odds_ratio"),
        (lambda f: comparisons(f, "f", levels="pairs"), UsageError, "pairwise"),
        (lambda f: comparisons(f, "x", contrast="odds_ratio"), UsageError, "a probability"),
        (lambda f: slopes(f, "f"), UsageError, "no slope"),
    ],
)
def test_wrong_arguments_are_named(call, error, words):
    fit, _ = model_with_numbers("poisson")
    with pytest.raises(error, match=words):
        call(fit)
