from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.problem.checked_rows import Findings, some_rows_of
from bayeswrap.estimates.problem.log_density import ModelDensity

CODE = """
data {{ int N; vector[N] y; int k; }}
parameters {{ real m; }}
model {{ m ~ normal(0, 1); {} }}
"""
ALIKE = "y ~ normal(m, 1); for (i in 1:k) m ~ normal(0, 2);"
BRANCH = "for (n in 1:N) if (y[n] > 0) y[n] ~ normal(m, 1); else y[n] ~ normal(m, 2);"
ONE = "if (k == 1) y ~ normal(m, 1); else y ~ normal(m, 2);"


def bound(statement, *, n=1000, k=1):
    program = bw.Program.from_string(CODE.format(statement))
    values = {"N": n, "y": np.linspace(-1, 1, n), "k": k}
    model = bw.Model(program, values, engine="stanli").bound
    density = ModelDensity(source=model.source, data=model.data, name="model")
    return model.program, density


@pytest.mark.parametrize(("statement", "rows"), [(ALIKE, 200), (ONE, 200), (BRANCH, None)])
def test_some_rows_serve_where_all_take_one_path(statement, rows):
    sample = some_rows_of(*bound(statement))

    assert (None if sample is None else int(sample.data.values["N"])) == rows


@pytest.mark.parametrize(
    ("statement", "other", "holds"),
    [
        (ALIKE, {"n": 500}, True),
        (ALIKE, {"k": 0}, False),  # a loop that does not run shows nothing of what it holds
        (ONE, {"k": 2}, False),
        (BRANCH, {}, False),
    ],
)
def test_what_was_found_holds_for_data_that_run_the_same_statements(statement, other, holds):
    found = Findings()

    found.add(*bound(statement))

    assert found.holds(*bound(statement, **other)) is holds
