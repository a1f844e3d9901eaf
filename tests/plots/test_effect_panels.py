from __future__ import annotations

import numpy as np
import pandas as pd

from bayeswrap.plots.effect_panels import EffectFigure, plot_effect


def table(x, **more):
    n = len(x)
    columns = {"x": x, "estimate": np.arange(n) + 1.0, "ci_lower": 0.5, "ci_upper": n + 1.0}
    return pd.DataFrame(columns | more)


def drawn(frame, **more):
    return plot_effect(EffectFigure(table=frame, x="x", quantity="mean", ci_prob=0.9, **more))


def test_a_number_is_a_line_with_a_band():
    axes = drawn(table(np.linspace(0, 1, 20))).axes[0]
    assert len(axes.lines) == 1
    assert len(axes.collections) == 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x", "mean")


def test_levels_are_points_with_names():
    axes = drawn(table(["a", "b", "c"])).axes[0]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["a", "b", "c"]
    assert len(axes.containers) == 1


def test_colours_stand_beside_each_other_and_in_the_legend():
    frame = table(["a", "a", "b", "b"], colour=["u", "v", "u", "v"])
    figure = drawn(frame, colour="colour")
    x = [c.lines[0].get_xdata() for c in figure.axes[0].containers]
    assert np.allclose(x[1] - x[0], 0.12)
    texts = [t.get_text() for t in figure.legends[0].get_texts()]
    assert texts == ["colour = u", "colour = v", "90 % interval"]


def test_panels_have_their_own_levels_and_a_line_where_there_is_no_effect():
    frame = table(["+1", "b - a", "c - a"], term=["x", "f", "f"])
    figure = drawn(frame, panels="term", level=0.0)
    ticks = [[t.get_text() for t in axes.get_xticklabels()] for axes in figure.axes]
    assert ticks == [["+1"], ["b - a", "c - a"]]
    assert all(axes.lines[-1].get_ydata()[0] == 0.0 for axes in figure.axes)


def test_many_panels_are_cut_and_say_so():
    frame = table([0.0] * 14, term=[f"t{i}" for i in range(14)])
    figure = drawn(frame, panels="term", notes=("Held: z = 1.",))
    assert len(figure.axes) == 12
    assert figure.get_supxlabel() == "Held: z = 1. The figure shows the first 12 of 14 panels."
