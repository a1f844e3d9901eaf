from __future__ import annotations

from fixtures.marginaleffects_models import model_with_numbers

from bayeswrap.predictions.effects import effects


def test_a_table_is_printed_with_what_it_is_of():
    fit, _ = model_with_numbers("poisson")
    effect = effects(fit, "f")
    lines = str(effect).splitlines()
    assert lines[0] == "expected k"
    assert lines[1].split()[:4] == ["f", "estimate", "se", "ci_lower"]
    assert lines[-1].startswith("Held: x = ")


def test_a_table_is_given_as_a_copy():
    fit, _ = model_with_numbers("poisson")
    effect = effects(fit, "f")
    frame = effect.to_frame()
    frame["estimate"] = 0.0
    assert (effect.table.estimate > 0).all()


def test_a_table_draws_itself():
    fit, _ = model_with_numbers("poisson")
    figure = effects(fit, ["x", "f"]).plot()
    assert len(figure.axes) == 1
    assert len(figure.axes[0].lines) == 3
