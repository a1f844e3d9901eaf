"""`compare`: which results may stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.comparison.compare import compare
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import ComparisonError, UsageError

if TYPE_CHECKING:
    from fixtures.handmade_results import Made


def test_results_become_a_comparison_in_their_places(made: type[Made]) -> None:
    mle, posterior = made.mle({"a": 1.0}), made.posterior({"a": 1.0})
    result = compare(posterior, mle)
    assert isinstance(result, Comparison)
    assert result.lineup.mle is mle
    assert result.lineup.posterior is posterior


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(ComparisonError):
        compare(1.0)  # type: ignore[arg-type]  # a user's mistake


def test_seconds_that_are_spent_leave_questions_open(bernoulli) -> None:
    mle = bernoulli.mle(seed=1)

    spent, allowed = (compare(mle, seconds=s) for s in (0, 60))

    assert "out_of_time" in {c.code for c in spent.verdict.checks}
    assert "out_of_time" not in {c.code for c in allowed.verdict.checks}


def test_seconds_are_a_time(made: type[Made]) -> None:
    with pytest.raises(UsageError, match="seconds"):
        compare(made.mle({"a": 1.0}), seconds=-1)
