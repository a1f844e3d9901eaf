"""Draws of every method are drawn values; a point and a dict are none."""

from __future__ import annotations

from bayeswrap.estimates.pointwise.drawn_values import DrawnValues


def test_draws_have_what_densities_need(made):
    assert isinstance(made.posterior({"a": 0.0}), DrawnValues)
    assert not isinstance(made.mle({"a": 0.0}), DrawnValues)
    assert not isinstance({"a": 0.0}, DrawnValues)
