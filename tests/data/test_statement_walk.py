"""Which statements surely run, and what is known there."""

import numpy as np
import pytest

from bayeswrap.data.statement_walk import statements_that_run
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.tree import Target


def passes(model, **data):
    declared = " ".join(f"int {name};" for name in data)
    code = f"data {{ {declared} }} parameters {{ real p; }} model {{ {model} }}"
    values = {name: np.asarray(v) for name, v in data.items()}
    walked = statements_that_run(Program.from_string(code), values)
    return [known.count for statement, known in walked if isinstance(statement, Target)]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("target += p;", [1]),
        ("for (i in 1:n) for (j in i:n) target += p;", [6]),
        ("for (i in 1:n) { if (i == 2) target += p; else target += 2 * p; }", [1, 2]),
        ("if (n > 5) target += p; else target += -p;", [1]),
        ("if (p > 0) target += p;", []),
        ("for (i in 1:n) { if (i > 1) continue; target += p; }", []),
        ("while (p < 0) target += p;", []),
        ("for (i in 1:0) target += p;", []),
    ],
)
def test_statements_run_in_the_passes_that_the_data_decide(model, expected):
    assert passes(model, n=3) == expected


def test_a_variable_set_in_a_branch_is_known_only_where_it_is_sure():
    model = "int k = 1; if ({}) k = 2; if (k == 2) target += p;"
    assert passes(model.format("n > 1"), n=3) == [1]
    assert passes(model.format("p > 1"), n=3) == []
