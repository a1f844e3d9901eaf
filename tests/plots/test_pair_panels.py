"""Pairs of parameters: draws, Laplace's ellipse, divergences and modes at their values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.plots.pair_panels import ellipse, plot_pairs
from bayeswrap.plots.sheet import COLOURS


def test_axes_of_the_ellipse_are_those_of_the_covariance(made):
    root = np.array([[2.0, 0.0], [0.6, 0.8]])
    mode = made.map({"a": 1.0, "b": -2.0}, {"a": 2.0, "b": 1.0}, root=root)
    curve = ellipse(mode, ("a", "b"), 0.95)
    around = curve - np.array([[1.0], [-2.0]])
    covariance = root @ root.T
    size = np.einsum("in,ij,jn->n", around, np.linalg.inv(covariance), around)
    # the quantile of a chi-square distribution with two degrees of freedom
    np.testing.assert_allclose(size, 5.991464547, rtol=1e-8)
    longest = np.linalg.norm(around, axis=0).max()
    largest = np.linalg.eigvalsh(covariance).max()
    assert longest == pytest.approx(np.sqrt(5.991464547 * largest), rel=1e-3)


def test_there_is_no_ellipse_without_a_spread(made):
    mode = made.map({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": np.nan})
    assert np.isnan(ellipse(mode, ("a", "b"), 0.95)).all()


def test_a_panel_has_the_draws_the_modes_and_the_ellipse(full):
    figure = plot_pairs(full, ["mu", "sigma"])
    (axes,) = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("mu", "sigma")
    mle = next(line for line in axes.lines if line.get_color() == COLOURS["mle"])
    assert mle.get_xdata()[0] == full.lineup.mle["mu"]
    curve = next(line for line in axes.lines if line.get_color() == COLOURS["laplace"])
    expected = ellipse(
        full.lineup.laplace.centre or full.lineup.map_unconstrained, ("mu", "sigma"), 0.95
    )
    np.testing.assert_allclose(np.array(curve.get_data()), expected)


def test_divergent_transitions_are_crosses_at_their_draws(full):
    draws = full.lineup.posterior
    divergent = np.zeros((*draws.draws.shape[:2], 1))
    divergent[1, 5] = divergent[2, 7] = 1
    marked = replace(draws, method_names=("divergent__",), method_draws=divergent)
    results = tuple(marked if r is draws else r for r in full.results)
    figure = plot_pairs(replace(full, lineup=type(full.lineup)(results)), ["mu", "sigma"])
    crosses = next(line for line in figure.axes[0].lines if line.get_marker() == "x")
    np.testing.assert_array_equal(crosses.get_xdata(), draws["mu"][[1, 2], [5, 7]])
    assert "divergent transition" in [t.get_text() for t in figure.legends[0].get_texts()]


def test_many_parameters_are_drawn_by_their_largest_correlations(shapes):
    figure = plot_pairs(shapes("thirty parameters"))
    assert len(figure.axes) == 6
    assert "6 of 435 pairs" in figure._supxlabel.get_text()


def test_pairs_need_draws_and_known_names(shapes, full):
    with pytest.raises(EstimandError, match=r"put sample\(\) into compare"):
        plot_pairs(shapes("points only"))
    with pytest.raises(UnknownNameError, match="nu"):
        plot_pairs(full, ["nu"])
