from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.data.model_data import ModelData
from bayeswrap.data.row_sample import some_rows
from bayeswrap.program.program import Program


def sampled(data_block, data, rows=5):
    program = Program.from_string(f"data {{ {data_block} }} model {{ }}")
    return some_rows(ModelData.build(program, data), program.variables_in("data"), rows)


def test_all_variables_keep_the_same_rows():
    n = np.arange(100)
    data = {"N": 100, "K": 2, "y": n.tolist(), "X": np.column_stack([n, -n])}

    found = sampled("int N; int K; array[N] int y; matrix[N, K] X;", data)

    assert found.values["N"] == 5
    assert found.values["y"].tolist() == [0, 25, 50, 74, 99]
    np.testing.assert_array_equal(found.values["X"], np.outer(found.values["y"], [1, -1]))


@pytest.mark.parametrize(
    ("block", "data"),
    [
        ("int N; vector[N] y;", {"y": [1.0, 2.0]}),  # it is short
        ("int N; vector[N] y; vector[N - 1] d;", {"N": 9, "y": [1.0] * 9, "d": [0.0] * 8}),
        # numbers of rows would point outside
        (
            "int N; int M; vector[N] y; array[M] int<upper=N> at;",
            {"N": 9, "M": 2, "y": [1.0] * 9, "at": [1, 9]},
        ),
    ],
)
def test_no_sample_where_it_says_less(block, data):
    assert sampled(block, data) is None
