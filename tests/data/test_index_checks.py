"""Indices of data against declared sizes, in every block before the generated quantities."""

import pytest

from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import DataError
from bayeswrap.program.program import Program


@pytest.mark.parametrize("g", [0, 3])
@pytest.mark.parametrize(
    "code",
    [
        "data { int g; vector[2] x; } transformed data { real z = x[g]; }",
        "data { int g; } parameters { vector[2] x; } transformed parameters { real z = x[g]; }",
        "data { int g; } parameters { vector[2] x; } model { x[g] ~ std_normal(); }",
        "data { int g; } parameters { real a; } model { vector[2] x; x[g] = a; }",
        "data { int g; } parameters { matrix[3, 2] x; } model { target += x[3, g]; }",
        "data { int g; } parameters { array[2] vector[3] x; } model { x[g, 1] ~ normal(0, 1); }",
    ],
)
def test_an_index_beyond_the_size_is_refused(code, g):
    values = {"g": g, "x": [1.0, 2.0]} if "vector[2] x; } transformed data" in code else {"g": g}
    program = Program.from_string(code)
    ModelData.build(program, {**values, "g": 2})
    with pytest.raises(DataError, match=f"index g = {g} is out of range: x has size 2") as info:
        ModelData.build(program, values)
    assert ("add 1" in info.value.do) == (g == 0)
