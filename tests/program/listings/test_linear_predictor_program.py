from __future__ import annotations

import pytest

from bayeswrap.errors import EstimandError
from bayeswrap.program.listings.linear_predictor_program import (
    CONTINUOUS,
    FAMILIES,
    predictor_listing,
)
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.parse import tree

DATA = "data { int N; array[N] int k; vector[N] y; vector[N] w; matrix[N, 2] X; }"
PARAMETERS = "parameters { real a; vector[2] b; real<lower=0> s; }"


def listing(statement: str, families: dict | None = None) -> str:
    program = Program.from_string(f"{DATA} {PARAMETERS} model {{ {statement} }}")
    text = predictor_listing(program, families or FAMILIES).text
    assert tree(text, "m").blocks["generated quantities"]
    return text


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("k ~ bernoulli_logit(a + X * b);", "bw_eta = [bw_a1[bw_i]]'"),
        ("k ~ poisson_log_glm(X, a, b);", "bw_eta = [bw_a1[bw_i]]'"),
        ("for (n in 1:N) k[n] ~ poisson(exp(a + w[n]));", "bw_eta = [exp(a + w[n])]'"),
        ("for (n in 1:N) target += w[n] * poisson_log_lpmf(k[n] | a);", "= w[n]; if"),
    ],
)
def test_the_predictor_of_a_family_is_listed(statement: str, shown: str) -> None:
    assert shown in listing(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "y ~ normal(a, s);",
        "for (n in 1:N) k[n] ~ poisson(s) T[1, ];",
        "for (n in 1:N) target += poisson_log_lpmf(k[n] | a) * s;",
    ],
)
def test_what_is_of_no_family_lists_a_zero(statement: str) -> None:
    text = listing(statement)
    assert "bw_eta" not in text
    assert "= 0; if" in text


def test_families_are_chosen_by_the_caller() -> None:
    assert "bw_eta = [a]'" in listing("y ~ normal(a, s);", CONTINUOUS)


def test_every_family_takes_the_arguments_that_it_names() -> None:
    for name, family in {**FAMILIES, **CONTINUOUS}.items():
        texts = [text.format(*"abcd"[: family.count]) for text in family.arguments]
        assert len(texts) == 2, name


def test_a_program_without_a_likelihood_is_refused() -> None:
    with pytest.raises(EstimandError, match="no likelihood statement"):
        listing("a ~ normal(0, 1);")
