from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from fixtures.marginaleffects_models import DATA, model_with_numbers
from scipy.special import expit

from bayeswrap.errors import DataError, UnknownNameError, UsageError
from bayeswrap.predictions.effects import effects
from bayeswrap.predictions.prediction import predict


def test_an_effect_of_a_number_is_a_curve_with_the_others_held():
    fit, _ = model_with_numbers("logit")
    effect = effects(fit, "x")
    table = effect.to_frame()
    assert len(table) == 50
    assert table.x.iloc[[0, -1]].tolist() == [DATA.x.min(), DATA.x.max()]
    row = {"x": table.x, "z": DATA.z.mean(), "f": DATA.f.mode().iloc[0]}
    expected = predict(fit, pd.DataFrame(row))
    np.testing.assert_allclose(table.estimate, expected.estimate, rtol=1e-12)
    np.testing.assert_allclose(table.ci_upper, expected.ci_upper, rtol=1e-9)
    assert effect.notes[0].startswith("Held: z = 0.6303")


def test_values_are_chosen_with_at():
    fit, _ = model_with_numbers("logit")
    table = effects(fit, ["x", "f"], at={"x": [0.0, 1.0], "z": 2.0}).table
    assert list(table.x) == [0, 0, 0, 1, 1, 1]
    assert list(table.f) == ["a", "b", "c"] * 2
    expected = predict(fit, pd.DataFrame({"x": [1.0], "z": [2.0], "f": ["c"]}))
    assert table.estimate.iloc[-1] == pytest.approx(expected.estimate.iloc[0], rel=1e-12)


def test_a_second_number_is_shown_at_its_mean_and_one_deviation_to_each_side():
    fit, _ = model_with_numbers("poisson")
    effect = effects(fit, ["x", "z"])
    mean, sd = DATA.z.mean(), DATA.z.std()
    assert sorted(effect.table.z.unique()) == pytest.approx([mean - sd, mean, mean + sd])
    assert effect.colour == "z"


def test_average_effects_set_the_predictor_in_every_row():
    fit, _ = model_with_numbers("logit")
    table = effects(fit, "f", average=True).table
    for level, estimate in zip(table.f, table.estimate, strict=True):
        assert estimate == pytest.approx(predict(fit, DATA.assign(f=level)).estimate.mean())
    note = effects(fit, "f", average=True, at={"z": 1.0}).notes[0]
    assert note == "Averaged over the 120 rows of the data with z = 1.0."


def test_the_effects_of_groups_are_left_out_unless_asked_for():
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "g": ["a", "b", "a"], "k": [1.0, 0.0, 2.0]})
    values = {"alpha": 0.2, "beta": [0.5], "sd_g": [0.6], "r_g": [0.5, -0.5]}
    fit = fitted(Formula("k", ["x"], {"g": ["Intercept"]}), data, "poisson", values)
    typical = effects(fit, "x", at={"x": 0.0}).table.estimate
    population = effects(fit, "x", at={"x": 0.0}, groups="marginal").table.estimate
    own = effects(fit, "x", at={"x": 0.0, "g": "b"}, groups="include").table.estimate
    found = [float(t.iloc[0]) for t in (typical, population, own)]
    assert found == pytest.approx([np.exp(0.2), np.exp(0.38), np.exp(-0.3)], rel=1e-9)


def test_outcomes_with_trials_are_shown_as_probabilities():
    data = pd.DataFrame({"x": [0.0, 1.0], "k": [1.0, 3.0], "n": [5.0, 5.0]})
    fit = fitted(Formula("k", ["x"], trials="n"), data, "binomial", {"alpha": 0.2, "beta": [0.5]})
    effect = effects(fit, "x", at={"x": [0.0, 1.0]})
    np.testing.assert_allclose(effect.table.estimate, expit([0.2, 0.7]), rtol=1e-12)
    assert effect.quantity == "probability of k"


def test_categories_have_colours():
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["low", "mid", "top"]})
    formula = Formula("y", ["x"], levels=["low", "mid", "top"])
    fit = fitted(formula, data, "cumulative", {"beta": [0.7], "c": [-0.5, 1.0]})
    effect = effects(fit, "x", at={"x": [0.0]})
    assert (effect.colour, list(effect.table.category)) == ("category", ["low", "mid", "top"])
    assert effect.table.estimate.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"variables": "X"}, UnknownNameError, "did you mean 'x'"),
        ({"variables": ["x", "x"]}, UsageError, "one to three"),
        ({"variables": "x", "at": {"f": "A"}}, DataError, "did you mean 'a'"),
        ({"variables": "x", "at": {"F": "a"}}, UnknownNameError, "did you mean 'f'"),
        ({"variables": "x", "kind": "response"}, UsageError, "kind"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, words):
    fit, _ = model_with_numbers("logit")
    with pytest.raises(error, match=words):
        effects(fit, **arguments)
