"""What a referee asks: each answer is on the first screen, or one click away from it."""

from __future__ import annotations

import re

import pytest
from fixtures.referee_questions import ANSWERS, FIRST

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_is_at_most_one_click_away(pages, question):
    link, answer = ANSWERS[question]
    read = pages["sixty groups"]["read"]
    screen = read["first screen"] if link == FIRST else read["links"][link]
    assert re.search(answer, screen), screen
