"""Coefficients whose exponential is a ratio, found in the tree of a program."""

from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.report.sections.link_coefficients import coefficients_by_ratio

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
        (
            "real a; real b; vector[2] c;",
            (
                "vector[N] eta = a + X * c; for (n in 1:N) eta[n] += b * x[n];"
                "y ~ bernoulli_logit(eta);"
            ),
            {"b": "odds ratio", "c": "odds ratio"},
        ),
        (
            "real a; vector[2] b;",
            "for (n in 1:N) y[n] ~ poisson_log(a + dot_product(X[n], b));",
            {"b": "rate ratio"},
        ),
        ("real a; real b;", "y ~ poisson_log(a + (x - mean(x)) .* x * b);", {"b": "rate ratio"}),
        # behind another function, times another parameter, as a power: no ratio for one unit
        ("real a; real b;", "y ~ poisson_log(a + exp(b * x));", {}),
        ("real a; real b;", "y ~ poisson_log(a * b * x);", {}),
        ("real a; real b;", "y ~ poisson_log(a - pow(b, 2) * x);", {}),
        ("real a; real b;", "y ~ poisson_log(a + b * x); y ~ bernoulli_logit(a + b * x);", {}),
        (
            "real b; ordered[3] c;",
            "for (n in 1:N) y[n] ~ ordered_logistic(x[n] * b, c);",
            {"b": "odds ratio"},
        ),
    ],
)
def test_coefficients_are_what_multiplies_data_in_the_predictor(parameters, statement, found):
    program = Program.from_string(HEAD.format(parameters, statement), name="p")
    assert coefficients_by_ratio(program) == found


def test_derived_coefficients_have_ratios_too():
    program = Program.from_string(
        "data { int N; int n; vector[N] x; array[N] int y; } parameters { real z; real a; }"
        "transformed parameters { real b = 2 * z; }"
        "model { y ~ binomial_logit(n, a + b * x); }"
    )
    assert coefficients_by_ratio(program) == {"b": "odds ratio"}
