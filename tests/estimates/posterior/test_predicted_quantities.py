"""Which generated quantities are predictions, by their names."""

from __future__ import annotations

import pytest

from bayeswrap.estimates.posterior.predicted_quantities import predictions
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.program.program import Program

CODE = """data { int N; array[N] int switched; array[N] int y; }
parameters { real theta; }
model { switched ~ bernoulli_logit(theta); y ~ poisson_log(theta); }
generated quantities {
  array[N] int switched_rep = rep_array(1, N);
  array[N] int y_tilde = rep_array(1, N);
  real theta_rep = 1;
  real yrep = 1;
  real reputation = 1;
}
"""
NAMES = ("theta", "switched_rep[1]", "y_tilde[1]", "theta_rep", "yrep", "reputation")


@pytest.fixture
def program():
    return Program.from_string(CODE, name="t")


def test_a_prediction_is_called_after_the_data(program):
    found = predictions(Layout.of(program, NAMES), lambda: program)

    assert found == {"switched_rep": "switched", "y_tilde": "y", "yrep": "y"}


def test_the_usual_names_need_no_data_of_theirs():
    program = Program.from_string(
        "data { int k; } parameters { real<lower=0, upper=1> p; } model { k ~ binomial(9, p); }"
        "generated quantities { int y_rep = binomial_rng(9, p); }",
        name="t",
    )

    assert predictions(Layout.of(program, ("p", "y_rep")), lambda: program) == {"y_rep": ""}


def test_the_program_is_not_read_where_no_name_asks_for_it(program):
    def never() -> Program:
        raise AssertionError

    assert predictions(Layout.of(program, ("theta",)), never) == {}
