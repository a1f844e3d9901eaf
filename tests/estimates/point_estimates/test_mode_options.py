"""Options of a search check themselves, before anything is translated."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.estimates.point_estimates.mode_options import ModeOptions


@pytest.mark.parametrize("starts", [0, -3, True])
def test_starts_are_a_positive_number(starts):
    with pytest.raises(UsageError, match="not a number of starts"):
        ModeOptions(starts=starts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"marginal": True, "starts": 20}, "a search of its own"),
        ({"marginal": "theta", "fixed": {"mu": 0}}, "a search of its own"),
        ({"marginal": True, "joint": True}, "joint=True maximises them"),
        ({"quadrature": 16}, "none are"),
    ],
)
def test_options_that_exclude_each_other(options, message):
    with pytest.raises(UsageError, match=message):
        ModeOptions(**options)


def test_options_that_go_together():
    marginal = ModeOptions(marginal=["theta"], quadrature=16, inits={"mu": 0.0})
    assert (marginal.quadrature, marginal.starts) == (16, None)

    search = ModeOptions(starts=1, fixed={"mu": 0.0}, joint=True)
    assert (search.starts, search.joint, search.require_converged) == (1, True, True)
