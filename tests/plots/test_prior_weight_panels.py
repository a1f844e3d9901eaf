"""The mode over the power of the prior, by the closed form of a beta prior."""

from __future__ import annotations

import numpy as np

import bayeswrap as bw
from bayeswrap.plots.prior_weight_panels import plot_prior_weight


def test_the_path_goes_from_the_mle_by_the_map_to_the_prior():
    coin = bw.library["beta_binomial"].program
    model = bw.Model(coin, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")
    comparison = bw.compare(model.mle(seed=1), starts=0)
    figure = plot_prior_weight(comparison)
    (axes,) = figure.axes
    weight, mode = (np.asarray(v) for v in axes.lines[0].get_data())
    assert weight[0] == 0
    assert 1.0 in weight
    np.testing.assert_allclose(mode, (7 + 2 * weight) / (10 + 4 * weight), atol=1e-5)
    texts = [t.get_text() for t in figure.legends[0].get_texts()]
    assert texts == ["MAP (declared scale)", "95 % interval (normal approximation)", "MLE"]
