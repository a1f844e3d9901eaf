from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.plots.sheet import svg_text


def test_a_line_stops_with_a_cross_where_the_product_is_lost():
    study = bw.studies.product_and_log_sum(np.full(1500, np.log(0.5)))
    axes = study.plot().axes[0]
    cross = next(line for line in axes.lines if line.get_marker() == "x")
    assert cross.get_xdata()[0] == pytest.approx(1074, abs=1)
    log_sum = next(line for line in axes.lines if len(line.get_xdata()) == 1500)
    assert np.isfinite(log_sum.get_ydata()[0])


def test_each_parameter_has_a_panel_with_the_numbers_of_the_table():
    study = bw.studies.modes_by_scale([4.2, 5.1, 3.8, 6.0], engine="stanli", seed=1)
    figure = study.plot()
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["mu", "sigma"]
    drawn = figure.axes[1].lines[0].get_ydata()
    of_sigma = study.table[study.table["parameter"] == "sigma"]
    np.testing.assert_array_equal(drawn, of_sigma["estimate"])
    assert list(of_sigma["kind"]) == ["MAP (constrained)", "MAP (unconstrained)"]
    ticks = [t.get_text() for t in figure.axes[1].get_xticklabels()]
    assert ticks == ["MAP\nconstrained", "MAP\nunconstrained"]


def test_panels_have_the_data_frames_own_names():
    frame = pd.DataFrame({"dist": [0.0, 1.0, 3.0, 4.0], "y": [1.0, 2.0, 2.0, 5.0]})
    study = bw.studies.ridge_path(frame[["dist"]], frame["y"], [1.0, 0.5], engine="stanli")
    assert study.plot().axes[0].get_title(loc="left") == "dist"


def test_values_that_differ_by_rounding_are_drawn_level():
    study = bw.studies.modes_by_scale([4.2, 5.1, 3.8, 6.0], engine="stanli", seed=1)
    at = study.table["parameter"] == "mu"
    study.table.loc[at, "estimate"] = [1.0, 1.0 + 1e-13]
    study.table.loc[at, "closed_form"] = 1.0
    study.table["spread"] = np.nan  # an interval would set the range
    low, high = study.plot().axes[0].get_ylim()
    assert (low, high) == pytest.approx((0.95, 1.05))


def test_powers_of_ten_keep_their_distance_in_narrow_panels():
    x = np.random.default_rng(1).normal(size=(20, 3))
    figure = bw.studies.ridge_path(x, x.sum(axis=1), noise_sd=1.0, engine="stanli").plot()
    decades = np.log10(figure.axes[0].get_xticks())
    assert 2 <= decades.size <= 4
    np.testing.assert_allclose(decades, np.round(decades))


def test_zero_weight_has_its_place_on_the_axis():
    coin = bw.library["beta_binomial"].program
    model = bw.Model(coin, {"n": 10, "y": 2, "a": 3, "b": 3}, engine="stanli")
    figure = bw.studies.prior_weight_path(model, [0, 0.1, 1], seed=1).plot()
    axes = figure.axes[0]
    assert axes.get_xscale() == "symlog"
    left, right = axes.get_xlim()
    assert left < 0
    assert right > 1
    assert "weight of the prior" in svg_text(figure)
