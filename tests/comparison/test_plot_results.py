"""Results alone are drawn by kind."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.comparison.plot_results import plot
from bayeswrap.errors import EstimandError, UsageError


@pytest.fixture(scope="module")
def coin():
    program = bw.library["beta_binomial"].program
    return bw.Model(program, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")


def test_draws_alone_are_drawn(coin):
    draws = coin.sample(seed=1, chains=2, show_progress=False)
    assert plot(draws, kind="trace").axes[0].get_ylabel() == "theta"
    figure = plot(coin.mle(seed=1), draws, kind="forest")
    assert len(figure.legends[0].get_texts()) == 2


def test_what_is_missing_is_named(coin):
    with pytest.raises(EstimandError, match="no draws of a posterior"):
        plot(coin.mle(seed=1), kind="trace")


@pytest.mark.parametrize("odd", [(), (3,)])
def test_only_results_are_drawn(odd):
    with pytest.raises(UsageError, match="only results can be drawn"):
        plot(*odd)
