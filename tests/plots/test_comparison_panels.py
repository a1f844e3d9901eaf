"""Figures: labelled, within the support, sensible limits, for any make of comparison."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.plots.comparison_panels import plot_comparison

CASES = (
    "no prior",
    "one parameter",
    "four parameters",
    "edge",
    "lost",
    "only missing",
    "still",
    "points only",
    "far",
)


def legend(figure):
    return [t.get_text() for t in figure.legends[0].get_texts()]


def drawn(figure):
    figure.canvas.draw()
    return figure


@pytest.mark.parametrize("case", CASES)
def test_every_panel_is_labelled_under_one_legend(shapes, case):
    comparison = shapes(case)
    figure = drawn(plot_comparison(comparison))
    assert [a.get_xlabel() for a in figure.axes] == [str(n) for n in comparison.to_frame().index]
    assert figure.axes[0].get_ylabel() == "density"
    assert len(figure.legends) == 1
    assert all(np.isfinite(a.get_xlim()).all() for a in figure.axes)


@pytest.fixture(scope="module")
def figure(full):
    return drawn(plot_comparison(full))


def test_the_legend_tells_the_three_kinds_of_interval_apart(figure):
    assert legend(figure) == [
        "posterior density",
        "posterior mean, 95 % credible interval",
        "MLE, 95 % Wald confidence interval",
        "MAP (constrained scale), 95 % approximate interval",
        "MAP (unconstrained scale), 95 % approximate interval",
        "Laplace mean, 95 % approximate interval",
        "prior density",
    ]


def test_a_note_below_the_figure_names_estimates_that_do_not_exist(shapes):
    figure = plot_comparison(shapes("lost"))
    assert figure._supxlabel.get_text() == "Estimates that do not exist are not drawn (MLE)."
    assert not any("MLE" in t for t in legend(figure))


def test_draws_that_do_not_vary_are_a_line(shapes):
    figure = drawn(plot_comparison(shapes("still")))
    assert "the draws do not vary" in [t.get_text() for t in figure.axes[0].texts]


def test_a_marginal_mle_is_called_one_in_the_legend():
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    figure = plot_comparison(bw.compare(model.mle(marginal=True, seed=1), starts=0), ["mu"])
    assert "marginal MLE, 95 % Wald confidence interval" in legend(figure)
