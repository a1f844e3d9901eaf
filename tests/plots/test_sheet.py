"""Sheets of panels: style, legend and SVG."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.sheet import FigureSheet, figure_image, svg_text


def drawn(figure):
    figure.canvas.draw()
    return figure


@pytest.fixture(scope="module")
def figure(full):
    return drawn(plot_comparison(full))


def test_the_legend_lies_inside_the_figure(figure):
    box = figure.legends[0].get_window_extent()
    assert box.x1 <= figure.bbox.x1
    assert box.y1 <= figure.bbox.y1


def test_labels_are_never_read_as_mathematics(builder):
    comparison = builder(labels={"mu": "beta[$x^{2$]"}).everything()
    assert drawn(plot_comparison(comparison)).axes[0].get_xlabel() == "beta[$x^{2$]"
    drawn(plot_rank(comparison.lineup.posterior))
    drawn(plot_trace(comparison.lineup.posterior))


def test_figures_leave_no_trace_in_global_settings(full):
    before = dict(mpl.rcParams)
    svg_text(plot_comparison(full))
    assert dict(mpl.rcParams) == before


def test_the_same_figure_is_the_same_text(full):
    first, second = (svg_text(plot_comparison(full)) for _ in range(2))
    assert first == second
    assert "<dc:date>" not in first


@pytest.mark.parametrize(
    ("file_format", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_a_figure_is_a_file_of_each_format_without_dates(full, file_format, start):
    first, second = (figure_image(plot_comparison(full), file_format) for _ in range(2))
    assert first == second
    assert first.startswith(start)
    assert b"/Type3" not in first


def test_a_figure_has_a_picture_of_its_own_for_notebooks():
    picture = vars(FigureSheet(1, []).figure)["_repr_png_"]()
    assert picture.startswith(b"\x89PNG")
