"""Heights of climbs that stop early."""

from __future__ import annotations

import pytest

from bayeswrap.estimates.multistart.heights import is_as_high


@pytest.mark.parametrize(
    ("value", "best", "expected"),
    [(-1.0, -1.0, True), (-100.09, -100.0, True), (-100.11, -100.0, False), (0.02, 0.0, False)],
)
def test_the_tolerance_grows_with_the_root_of_the_height(value, best, expected):
    assert is_as_high(value, best) is expected
