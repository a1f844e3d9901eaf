"""Seconds for a piece of work: shares, nesting, and what happens when they are spent."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

import bayeswrap.budget as room
from bayeswrap.budget import Budget, check_seconds, checkpoint, seconds_left, to_the_end
from bayeswrap.errors import OutOfTimeError, UsageError


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr(room.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(room.time, "thread_time", lambda: now[0] / 10)
    return now


def test_a_budget_counts_down(clock):
    budget = Budget.of(10)
    clock[0] += 4
    assert (budget.left, budget.spent) == (6, False)
    clock[0] += 7
    assert (budget.left, budget.spent) == (0, True)


def test_a_share_is_of_what_is_left(clock):
    budget = Budget.of(10)
    clock[0] += 6
    assert budget.share(0.5).left == 2
    assert budget.share(1.0) == budget


def test_without_a_limit_nothing_is_spent():
    budget = Budget.of(None)
    assert (budget.left, budget.spent, budget.share(0.1)) == (math.inf, False, budget)
    assert seconds_left() is None
    checkpoint()


def test_a_busy_machine_does_not_shorten_processor_time(clock):
    budget = Budget.of_processor(10)
    clock[0] += 40  # of which this thread had a tenth
    assert (budget.left, budget.share(0.5).left) == (6, 3)
    with Budget.of(4).in_force(), budget.in_force() as both:
        assert both.left == 4
        clock[0] += 4
        assert (both.left, budget.left) == (0, pytest.approx(5.6))


def test_the_tighter_of_two_holds(clock):
    with Budget.of(10).in_force(), Budget.of(3).in_force() as inner:
        assert (inner.left, seconds_left()) == (3, 3)
    with Budget.of(3).in_force(), Budget.of(10).in_force():
        assert seconds_left() == 3


def test_work_ends_when_its_seconds_are_spent(clock):
    with Budget.of(3).in_force():
        checkpoint()
        clock[0] += 3
        with pytest.raises(OutOfTimeError, match="seconds"):
            checkpoint()
        with to_the_end():
            checkpoint()
    checkpoint()


def test_the_error_pickles():
    error = pickle.loads(pickle.dumps(OutOfTimeError("spent", do="wait")))
    assert (error.what, error.do, "wait" in str(error)) == ("spent", "wait", True)


@pytest.mark.parametrize("seconds", [None, 0, 2.5, np.float64(3), math.inf])
def test_a_time(seconds):
    check_seconds(seconds)


@pytest.mark.parametrize("seconds", [-1, math.nan, "3", True])
def test_no_time(seconds):
    with pytest.raises(UsageError, match="seconds"):
        check_seconds(seconds)


def test_an_interrupt_of_the_user_leaves_no_budget_in_force():
    with pytest.raises(KeyboardInterrupt), Budget.of(3).in_force(), Budget.of(1).in_force():
        raise KeyboardInterrupt
    assert seconds_left() is None
