"""The remedy in a message works."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.data.remedies import listed, what_is_wrong
from bayeswrap.errors import DataError


def test_what_can_be_listed_is_listed_in_order() -> None:
    assert listed((i for i in (3, 1, 2)), "x") == [3, 1, 2]
    assert listed({"a": 1, "b": 2}.values(), "x") == [1, 2]
    array = np.zeros(2)
    assert listed(array, "x") is array
    with pytest.raises(DataError, match="no order"):
        listed({1, 2}, "x")


@pytest.mark.parametrize(
    ("value", "what", "remedy"),
    [
        ([[1], [2, 3]], "different lengths", "one long vector"),
        ([10**400], "too large", "rescale"),
        (["1", "2"], "not an array", "dtype=float"),
        ([1j], "not an array", ".real"),
    ],
)
def test_what_is_wrong_has_a_remedy(value: object, what: str, remedy: str) -> None:
    found, _, do = what_is_wrong(value)
    assert what in found
    assert remedy in do
