"""Seconds beside the sampler: before it, after it, and what the sampler itself adds."""

from __future__ import annotations

import pytest

import bayeswrap.budget as budget_room
import bayeswrap.time_plan as room
from bayeswrap.thresholds import GRACE
from bayeswrap.time_plan import TimePlan


@pytest.fixture
def clock(monkeypatch):
    """Clocks of the wall, of this thread, and of the processor in all."""
    now = {"wall": 100.0, "thread": 10.0, "processor": 20.0}
    for module in (room, budget_room):
        monkeypatch.setattr(module.time, "monotonic", lambda: now["wall"])
        monkeypatch.setattr(module.time, "thread_time", lambda: now["thread"])
    monkeypatch.setattr(room, "_processor", lambda: now["processor"])
    return now


def passes(clock, **seconds):
    for name, amount in seconds.items():
        clock[name] += amount


def test_before_the_draws_a_few_seconds_or_half_of_what_nuts_will_take(clock):
    assert TimePlan(None).before_draws(lambda: 0.1).left == GRACE.value
    assert TimePlan(None).before_draws(lambda: 100.0).left == 50


def test_after_the_draws_as_long_as_they_took(clock):
    plan = TimePlan(None)
    passes(clock, wall=2, thread=2, processor=2)
    with plan.sampler():
        passes(clock, wall=7, thread=0.5, processor=12)

    assert plan.nuts == 7
    assert plan.after_draws().left == pytest.approx(7 + GRACE.value - 2)


def test_a_busy_machine_gives_no_more(clock):
    plan = TimePlan(None)
    with plan.sampler():
        passes(clock, wall=70, processor=9)

    assert plan.nuts == 9


def test_what_processes_do_counts(clock):
    plan = TimePlan(None)
    with plan.sampler():
        passes(clock, wall=7, processor=7)
    with plan.processes():
        passes(clock, wall=3, thread=0.5, processor=6)

    assert plan.after_draws().left == pytest.approx(7 + GRACE.value - 3)


def test_draws_of_the_prior_need_room(clock):
    plan = TimePlan(None)
    with plan.sampler():
        passes(clock, wall=4, processor=4)
    assert plan.has_room_for_prior
    passes(clock, thread=GRACE.value + 1)
    assert not plan.has_room_for_prior


def test_what_a_user_allows_is_time_on_the_wall_without_the_sampler(clock):
    plan = TimePlan(6)
    assert plan.before_draws(pytest.fail).left == pytest.approx(4)
    passes(clock, wall=1)
    with plan.sampler():
        passes(clock, wall=50, processor=50)

    assert plan.after_draws().left == pytest.approx(5)
