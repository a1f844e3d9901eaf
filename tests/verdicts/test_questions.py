"""Questions within a budget: answers, what was left open, and shares."""

from __future__ import annotations

import time

import pytest

from bayeswrap.budget import Budget, checkpoint, seconds_left
from bayeswrap.verdicts.questions import Questions


def test_without_a_limit_every_question_is_answered():
    questions = Questions()

    assert questions.ask("a sum", lambda: 1 + 1, None) == 2
    assert questions.unanswered == []


def test_what_takes_too_long_is_left_open_and_the_next_question_is_asked():
    def endless() -> int:
        while True:
            checkpoint()

    questions = Questions(Budget.of(0.2))

    assert questions.ask("an endless sum", endless, -1, share=0.1) == -1
    assert questions.ask("a sum", lambda: 1 + 1, -1) == 2
    assert questions.unanswered == ["an endless sum"]


def test_nothing_is_begun_when_the_seconds_are_spent():
    asked = []
    questions = Questions(Budget.of(0))

    assert questions.ask("a sum", lambda: asked.append(1), "open") == "open"
    assert not asked


def test_a_share_of_what_is_left():
    questions = Questions(Budget.of(100))

    assert 20 < questions.ask("how long", seconds_left, None, share=0.25) <= 25
    time.sleep(0.01)
    assert questions.ask("how long", seconds_left, None) < 100


def test_an_interrupt_of_the_user_is_no_open_question():
    questions = Questions(Budget.of(100))

    def interrupted() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        questions.ask("whether the mass is finite", interrupted, None)

    assert questions.unanswered == []
