"""Figures: labelled, within the support, sensible limits, for any make of comparison."""

from __future__ import annotations

from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest

from bayeswrap.errors import UnknownNameError
from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.density_curve import density_curve
from bayeswrap.plots.panel_values import panels_of
from bayeswrap.plots.selection import MOST_PANELS
from bayeswrap.plots.sheet import svg_text

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


def test_the_legend_lies_inside_the_figure(figure):
    box = figure.legends[0].get_window_extent()
    assert box.x1 <= figure.bbox.x1
    assert box.y1 <= figure.bbox.y1


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


def test_labels_are_never_read_as_mathematics(builder):
    comparison = builder(labels={"mu": "beta[$x^{2$]"}).everything()
    assert drawn(plot_comparison(comparison)).axes[0].get_xlabel() == "beta[$x^{2$]"
    drawn(plot_rank(comparison.lineup.posterior))
    drawn(plot_trace(comparison.lineup.posterior))


def test_a_density_stays_inside_the_support_and_integrates_to_one():
    draws = np.random.default_rng(4).exponential(size=4000)
    x, density = density_curve(draws, (0.0, np.inf), (-1.0, 12.0))
    assert x.min() == 0.0
    assert np.trapezoid(density, x) == pytest.approx(1.0, abs=0.01)
    assert density[0] > 0.7, "half of the mass at an edge must not leak away"


def test_a_density_of_heavy_tails_is_right_within_a_narrow_window():
    draws = np.random.default_rng(5).standard_cauchy(20_000)
    x, density = density_curve(draws, (-np.inf, np.inf), (-1.0, 1.0))
    np.testing.assert_allclose(density, 1 / (np.pi * (1 + x**2)), atol=0.02)


def test_the_window_is_that_of_the_posterior_not_of_an_estimate_far_out(shapes):
    comparison = shapes("far")
    (panel,) = panels_of(comparison, ["mu"])
    low, high = panel.window
    assert high - low < 3.2 * np.ptp(np.quantile(panel.draws, [0.001, 0.999]))
    (axes,) = plot_comparison(comparison, ["mu"]).axes
    assert "49.5" in [t.get_text() for t in axes.texts], "its value stands at the arrow"


def test_the_prior_does_not_widen_the_window(full):
    (panel,) = panels_of(full, ["mu"])
    assert panel.window == replace(panel, prior=np.empty(0)).window


def test_a_flat_prior_has_a_note(shapes):
    (panel,) = panels_of(shapes("no prior"), ["a"])
    assert panel.note == "flat prior"
    (other,) = panels_of(shapes("edge"), ["mu"])
    assert other.note == "prior not drawn"


def test_a_note_below_the_figure_names_estimates_that_do_not_exist(shapes):
    figure = plot_comparison(shapes("lost"))
    assert figure._supxlabel.get_text() == "Estimates that do not exist are not drawn (MLE)."
    assert not any("MLE" in t for t in legend(figure))


def test_draws_that_do_not_vary_are_a_line(shapes):
    figure = drawn(plot_comparison(shapes("still")))
    assert "the draws do not vary" in [t.get_text() for t in figure.axes[0].texts]


def test_figures_leave_no_trace_in_global_settings(full):
    before = dict(mpl.rcParams)
    svg_text(plot_comparison(full))
    assert dict(mpl.rcParams) == before


def test_the_same_figure_is_the_same_text(full):
    first, second = (svg_text(plot_comparison(full)) for _ in range(2))
    assert first == second
    assert "<dc:date>" not in first


@pytest.mark.parametrize("plot", [plot_rank, plot_trace])
def test_chains_are_drawn_with_labels_and_legend(full, shapes, plot):
    posterior = full.lineup.posterior
    figure = drawn(plot(posterior))
    assert len(figure.axes) == 2
    assert all(a.get_xlabel() and len(figure.legends) == 1 for a in figure.axes)
    assert figure.axes[0].get_ylabel()
    assert len(plot(shapes("thirty parameters").lineup.posterior).axes) == MOST_PANELS
    drawn(plot(shapes("still").lineup.posterior))


def test_a_chain_that_lies_elsewhere_shows_in_its_ranks(full):
    posterior = full.lineup.posterior
    draws = posterior.draws.copy()
    draws[3] += 5.0
    (axes,) = plot_rank(replace(posterior, draws=draws), ["mu"]).axes
    values, _, base = axes.patches[3].get_data()
    share = values - base
    assert share[:10].max() == 0
    assert share[-5:].min() == pytest.approx(4.0, abs=0.1)


def test_divergent_transitions_are_ticks(full):
    posterior = full.lineup.posterior
    columns = posterior.method_draws.copy()
    columns[0, 9, 1] = 1.0
    figure = plot_trace(replace(posterior, method_draws=columns), ["mu"])
    assert legend(figure)[-1] == "divergent transition"
    assert list(figure.axes[0].lines[-1].get_xdata()) == [10]
