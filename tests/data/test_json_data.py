"""Stan's dialects of JSON."""

from __future__ import annotations

import math

import pytest

from bayeswrap.data.json_data import read_json
from bayeswrap.errors import DataFileError


def test_special_numbers_are_read_in_every_spelling() -> None:
    text = b'\xef\xbb\xbf{"x": ["Inf", "-Inf", "Infinity", Infinity, "+Inf"], "y": ["NaN", NaN]}'
    values = read_json(text, "a.json")
    assert values["x"] == [math.inf, -math.inf, math.inf, math.inf, math.inf]
    assert all(math.isnan(v) for v in values["y"])


def test_a_name_that_stands_twice_is_refused_at_any_depth() -> None:
    with pytest.raises(DataFileError, match="'a' stands 2 times"):
        read_json(b'{"t": {"a": 1, "a": 2}}', "a.json")
