"""When a search from random starts may stop."""

from __future__ import annotations

import pytest

from bayeswrap.estimates.multistart.stopping_rule import is_settled, unseen_share


@pytest.mark.parametrize(
    ("starts", "maxima", "share"), [(2, 1, 1.0), (5, 1, 0.1), (10, 3, 12 / 90), (1, 1, 1.0)]
)
def test_the_share_is_that_of_the_paper(starts, maxima, share):
    assert unseen_share(starts, maxima) == pytest.approx(share)


def test_fifteen_starts_of_one_mind_settle_it():
    assert [is_settled(n, n) for n in (7, 14, 15)] == [False, False, True]


def test_a_second_maximum_asks_for_twenty_five():
    assert [is_settled(9, n) for n in (15, 24, 25)] == [False, False, True]


def test_a_maximum_reached_twice_is_not_settled():
    assert not is_settled(2, 40)
