from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from bayeswrap.data.stan_json import data_hash, json_of


@given(arrays(float, array_shapes(max_dims=3), elements=st.floats(allow_nan=False, width=64)))
def test_numbers_are_written_to_the_last_digit(array):
    written = json.loads(json_of({"y": array}), parse_int=float)["y"]

    read = np.array(written, dtype=object)
    read[read == "Inf"], read[read == "-Inf"] = np.inf, -np.inf
    np.testing.assert_array_equal(read.astype(float), array)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.array(3), 3),
        (np.array([1 + 2j, 3 - 1j]), [[1.0, 2.0], [3.0, -1.0]]),
        ((1, np.array([0.5])), {"1": 1, "2": [0.5]}),
        (np.asfortranarray([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.zeros((2, 0)), [[], []]),
        ([float("nan"), 10**30], ["NaN", str(10**30)]),
    ],
)
def test_values_of_other_kinds(value, plain):
    assert json.loads(json_of({"x": value})) == {"x": plain}


def test_the_hash_tells_values_shapes_and_names_apart():
    data = [
        {"y": np.array([1.0, 2.0])},
        {"y": np.array([[1.0, 2.0]])},
        {"y": np.array([1, 2])},
        {"z": np.array([1.0, 2.0])},
        {"y": (1.0, 2.0)},
        {"y": (1.0, 3.0)},
    ]

    assert len({data_hash(d) for d in data}) == len(data)
