"""Odds and rate ratios where the link is known."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.program.program import Program
from bayeswrap.report.sections.ratio_tables import coefficients_by_ratio, ratio_table
from bayeswrap.report.sections.recommended import recommended_estimates

HEAD = (
    "data {{ int N; matrix[N, 2] X; vector[N] x; array[N] int y; }}"
    "parameters {{ {} }} model {{ {} }}"
)


@pytest.mark.parametrize(
    ("parameters", "statement", "found"),
    [
        ("real a; vector[2] b;", "y ~ bernoulli_logit(a + X * b);", {"b": "odds ratio"}),
        ("real a; real b;", "y ~ poisson_log(a + b * x);", {"b": "rate ratio"}),
        ("real a; vector[2] b;", "y ~ bernoulli_logit_glm(X, a, b);", {"b": "odds ratio"}),
        (
            "real a; vector[2] b;",
            "target += poisson_log_glm_lpmf(y | X, a, b);",
            {"b": "rate ratio"},
        ),
        ("real a; real b;", "y ~ poisson(exp(a) + square(b));", {}),
        ("real a; real<lower=0> s;", "x ~ normal(a, s);", {}),
    ],
)
def test_coefficients_are_what_multiplies_data_in_the_predictor(parameters, statement, found):
    program = Program.from_string(HEAD.format(parameters, statement), name="p")
    assert coefficients_by_ratio(program) == found


def test_a_ratio_is_the_exponential_of_the_estimate_and_of_its_ends(hits):
    (row,) = ratio_table(hits, recommended_estimates(hits)).rows
    one = recommended_estimates(hits)["b"]
    centre = hits.table.loc["b", "posterior_median"] if one.interval == "credible" else one.value
    assert row.name == "b"
    assert float(row.cells[0].text) == pytest.approx(np.exp(centre), rel=5e-3)
    low, high = (float(t) for t in row.cells[1].text.split(" to "))
    assert (low, high) == pytest.approx((np.exp(one.lower), np.exp(one.upper)), rel=5e-3)


def test_a_model_without_a_link_has_no_ratios(full):
    assert ratio_table(full, recommended_estimates(full)) is None
