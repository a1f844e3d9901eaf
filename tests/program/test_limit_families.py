"""What a distribution becomes where one of its parameters grows without bound."""

from __future__ import annotations

import pytest

from bayeswrap.program.limit_families import limit_family
from bayeswrap.program.program import Program


@pytest.mark.parametrize(
    ("statement", "family"),
    [
        ("y ~ neg_binomial_2(exp(a), phi);", "Poisson"),
        ("y ~ neg_binomial_2_log(a, phi);", "Poisson"),
        ("target += neg_binomial_2_lpmf(y | exp(a), phi);", "Poisson"),
        ("y ~ beta_binomial(10, phi * inv_logit(a), phi * (1 - inv_logit(a)));", "binomial"),
        ("z ~ student_t(phi, a, 1);", "normal"),
        ("z ~ normal(a, phi);", ""),
    ],
)
def test_families(statement, family):
    program = Program.from_string(
        "data { array[5] int y; vector[5] z; } parameters { real a; real<lower=0> phi; }"
        f"model {{ {statement} }}",
        name="limit",
    )

    assert limit_family(program, "phi") == family


def test_two_families_at_once_have_no_name():
    program = Program.from_string(
        "data { array[5] int y; vector[5] z; } parameters { real a; real<lower=0> phi; }"
        "model { y ~ neg_binomial_2_log(a, phi); z ~ student_t(phi, a, 1); }",
        name="limit",
    )

    assert limit_family(program, "phi") == ""
