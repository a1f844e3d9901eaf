"""Which densities a statement surely adds, with what."""

import pytest

from bayeswrap.data.outcome_checks import densities_of
from bayeswrap.program.program import Program


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("y ~ normal(m, 1);", ["normal"]),
        ("target += normal_lpdf(y | m, 1) + 2 - cauchy_lupdf(m | 0, 1);", ["normal", "cauchy"]),
        ("target += (normal_lpdf(y | m, 1));", ["normal"]),
        ("target += log_mix(0.5, normal_lpdf(y | m, 1), normal_lpdf(y | 0, 1));", []),
        ("target += normal_lccdf(y | m, 1);", []),
    ],
)
def test_densities_are_those_that_are_summands(statement, names):
    code = f"data {{ real y; }} parameters {{ real m; }} model {{ {statement} }}"
    (node,) = Program.from_string(code).tree.blocks["model"]
    assert [call.name for call in densities_of(node)] == names
