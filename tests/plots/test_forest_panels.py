"""The forest: a row for each parameter, every estimate at its value."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.plots.forest_panels import plot_forest
from bayeswrap.plots.sheet import COLOURS


def test_every_estimate_stands_at_its_value_with_its_interval(full):
    figure = plot_forest(full, ["mu"])
    (axes,) = figure.axes
    frame = full.lineup.mle.to_frame(full.ci_prob)
    own = [line for line in axes.lines if line.get_color() == COLOURS["mle"]]
    (marker,) = [line for line in own if line.get_marker() == "s"]
    (interval,) = [line for line in own if line.get_marker() == "None"]
    assert marker.get_xdata()[0] == frame.loc["mu", "estimate"]
    np.testing.assert_array_equal(interval.get_xdata(), frame.loc["mu", ["ci_lower", "ci_upper"]])


def test_rows_have_the_labels_in_the_order_of_declaration(builder):
    comparison = builder(labels={"mu": "mean of the dose"}).everything()
    figure = plot_forest(comparison)
    names = [t.get_text() for a in figure.axes for t in a.get_yticklabels()]
    assert names[0] == "mean of the dose"
    tops = [a.get_ylim() for a in figure.axes]
    assert all(bottom > top for bottom, top in tops)


@pytest.mark.parametrize(("scale", "panels"), [(1.0, 1), (1e6, 2)])
def test_a_variable_of_another_size_has_an_axis_of_its_own(made, scale, panels):
    import bayeswrap as bw  # noqa: PLC0415 - one test needs it

    mle = made.mle({"a": 1.0, "b": 2.0 * scale}, {"a": 0.2, "b": 0.3 * scale})
    comparison = bw.compare(mle, starts=0)
    assert len(plot_forest(comparison).axes) == panels


def test_many_parameters_are_cut_with_a_note(shapes):
    figure = plot_forest(shapes("thirty parameters"))
    assert sum(len(a.get_yticks()) for a in figure.axes) == 30
    assert figure._supxlabel is None or "of 30" not in figure._supxlabel.get_text()
