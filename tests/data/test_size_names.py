"""Names of what sizes count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.size_names import column_names, size_names
from bayeswrap.errors import DataError

VALUES = {"K": np.array(2), "n_group": np.array(3), "x": np.array(0.5), "y": np.zeros(2)}


def test_names_are_text_by_size():
    assert size_names({"K": [1, "b"]}, VALUES) == {"K": ("1", "b")}  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ngroup": ["a"]}, "names no size of the data block; did you mean 'n_group'?"),
        ({"x": ["a"]}, "names no size"),
        ({"K": ["a"]}, "do not fit the size"),
        ({"K": ["a", "a"]}, "2 names, 1 of them different"),
        ({"K": "ab"}, "1 names"),
    ],
)
def test_names_that_do_not_fit_are_refused(given, message):
    with pytest.raises(DataError, match=message.replace("?", r"\?")):
        size_names(given, VALUES)


def test_frames_name_their_columns_unless_these_are_counted():
    frame = pd.DataFrame({"a": [1.0], "b": [2.0]})

    raw = {"X": frame, "Z": pd.DataFrame(np.zeros((1, 2))), "y": [1.0]}
    assert column_names(raw) == {"X": ("a", "b")}
