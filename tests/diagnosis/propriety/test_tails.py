"""Tails: what is proved, and the sentence."""

from __future__ import annotations

import pytest

from bayeswrap.diagnosis.propriety.tails import Mass, Tail, Tails
from bayeswrap.thresholds import TAIL_REACHABLE


def tail(outcome, *, coordinate="mu", depth=0.0, end="infinity"):
    return Tail(coordinate=coordinate, sign=1, outcome=outcome, exponent=0.5, depth=depth, end=end)


def test_an_infinite_tail_within_reach_is_a_proof():
    tails = Tails((tail(Mass.INFINITE), tail(Mass.FINITE, coordinate="nu")))

    assert tails.improper
    assert tails.sentence == (
        "the posterior is improper; its mass is infinite along mu towards infinity"
    )


@pytest.mark.parametrize(("beyond", "improper"), [(-0.1, True), (0.1, False)])
def test_a_tail_that_no_sampler_reaches_is_no_proof(beyond, improper):
    tails = Tails((tail(Mass.INFINITE, depth=TAIL_REACHABLE.value + beyond),))

    assert tails.improper is improper
    assert ("which no sampler reaches" in tails.sentence) is not improper


def test_what_is_open_is_in_the_sentence():
    open_tail = Tails((tail(Mass.NOT_DETERMINED),))

    assert not open_tail.improper
    assert open_tail.sentence.startswith("it is not determined whether the mass is finite")
    assert Tails((tail(Mass.FINITE),)).sentence == ""


def test_a_long_list_is_cut():
    tails = Tails(tuple(tail(Mass.INFINITE, coordinate=f"b[{i}]") for i in range(5)))

    assert tails.sentence.endswith("b[2] towards infinity and 2 more")
