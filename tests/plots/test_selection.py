"""The scalars that a figure shows."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UnknownNameError
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.selection import MOST_PANELS


def drawn(figure):
    figure.canvas.draw()
    return figure


@pytest.fixture(scope="module")
def figure(full):
    return drawn(plot_comparison(full))


def test_more_parameters_than_fit_are_cut_worst_first(shapes):
    comparison = shapes("thirty parameters")
    figure = plot_comparison(comparison)
    assert len(figure.axes) == MOST_PANELS
    worst = comparison.to_frame()["shape_gap_mean"].abs().idxmax()
    assert figure.axes[0].get_xlabel() == worst
    assert f"{MOST_PANELS} of 30" in figure._supxlabel.get_text()


def test_names_choose_scalars_or_whole_variables(shapes, full):
    comparison = shapes("thirty parameters")
    assert len(plot_comparison(comparison, ["beta"]).axes) == 30
    assert len(plot_comparison(comparison, ["beta[2]", "beta[7]"]).axes) == 2
    (derived,) = plot_comparison(full, ["ratio"]).axes
    assert derived.get_xlabel() == "signal/noise"
    with pytest.raises(UnknownNameError, match="gamma"):
        plot_comparison(comparison, ["gamma"])
