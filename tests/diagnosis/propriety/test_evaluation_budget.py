"""A budget counts evaluations and stops them."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.propriety.evaluation_budget import BudgetSpentError, EvaluationBudget


def square(q):
    return float(-q @ q), -2 * q


def test_evaluations_are_counted_and_end():
    counted = EvaluationBudget(square, 3)
    values = [counted(np.array([float(i)]))[0] for i in range(3)]

    assert values == [0.0, -1.0, -4.0]
    with pytest.raises(BudgetSpentError):
        counted(np.zeros(1))
    assert counted.spent == 3


def test_a_share_is_one_of_what_is_left():
    counted = EvaluationBudget(square, 12)
    counted(np.zeros(1)), counted(np.zeros(1))
    counted.allow(0.3)

    assert counted.limit == 2 + 0.3 * 10
    counted.allow(0.3, at_least=7)
    assert counted.limit == 9
