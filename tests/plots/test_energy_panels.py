"""Energies of the draws and their changes."""

from __future__ import annotations

import numpy as np

from bayeswrap.plots.energy_panels import plot_energy


def test_the_energy_figure_has_two_densities_and_the_ratio_of_each_chain(counts):
    figure = plot_energy(counts)
    (axes,) = figure.axes
    assert len(axes.lines) == 2
    for line in axes.lines:
        x, density = (np.asarray(v) for v in line.get_data())
        # all but the tails beyond the panel
        assert abs(np.trapezoid(density, x) - 1) < 0.02
    energy = counts.lineup.posterior.method_column("energy__")
    steps = (np.diff(energy, axis=1) ** 2).mean(axis=1)
    ratios = steps / energy.var(axis=1)
    noted = figure._supxlabel.get_text().removeprefix("E-BFMI by chain: ").rstrip(".").split(", ")
    np.testing.assert_allclose([float(v) for v in noted], ratios, atol=0.011)
