"""The modes that searches reached: places, heights and shares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.results.census import Basin, Census
from bayeswrap.estimates.results.status import Status
from bayeswrap.plots.census_panels import plot_census


def basin(height: float, hits: int, values: tuple[float, ...], status=Status.CONVERGED) -> Basin:
    return Basin(
        status=status,
        log_density=height,
        hits=hits,
        distance=0.0,
        relabelled=0,
        values=np.array(values),
    )


@pytest.fixture
def two_modes(full):
    census = Census(
        names=("mu", "sigma"),
        basins=(
            basin(-10.0, 16, (0.0, 1.0)),
            basin(-13.0, 3, (2.0, 1.5)),
            basin(np.inf, 1, (5.0, 0.0), Status.UNBOUNDED),
        ),
        starts=20,
        failed=0,
    )
    return replace(full, censuses={"MLE": census})


def test_modes_stand_at_their_values_below_the_best_one(two_modes):
    figure = plot_census(two_modes, "mu")
    (axes,) = figure.axes
    marks = {line.get_xdata()[0]: line for line in axes.lines if len(line.get_xdata()) == 1}
    assert {x: line.get_ydata()[0] for x, line in marks.items()} == {0.0: 0.0, 2.0: -3.0, 5.0: 30.0}
    assert [marks[x].get_marker() for x in (0.0, 2.0, 5.0)] == ["s", "s", "x"]
    assert marks[0.0].get_markersize() > marks[2.0].get_markersize()


def test_parameters_that_differ_most_come_first_and_counts_are_noted(two_modes):
    figure = plot_census(two_modes)
    assert [a.get_xlabel() for a in figure.axes] == ["mu", "sigma"]
    assert "MLE: 16 of 20 starts reached the best mode" in figure._supxlabel.get_text()
