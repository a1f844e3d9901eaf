"""Where an outcome stands in its likelihood, and of which family it is."""

from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.syntax.outcome_places import (
    family_class,
    likelihood_families,
    stands_alone,
)

CODE = """functions { real own_lpdf(vector y, real m) { return normal_lpdf(y | m, 1); }
  real loglik(vector y, real m) { return normal_lpdf(y | m, 1); } }
data { int N; vector[N] y; array[N] int k; } parameters { real m; } model { STATEMENT }"""


def statement(text):
    tree = Program.from_string(CODE.replace("STATEMENT", text), name="t").tree
    return tree, tree.blocks["model"][0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("poisson_log_glm", "poisson"),
        ("normal_id_glm", "normal"),
        ("multi_normal_cholesky", "normal"),
        ("std_normal", "normal"),
        ("bernoulli_logit", "binomial"),
        ("neg_binomial_2_log", "neg_binomial"),
        ("beta_proportion", "beta"),
        # a name of its own that only looks like a parametrisation
        ("lognormal", "lognormal"),
        ("logistic", "logistic"),
    ],
)
def test_classes(name, expected):
    assert family_class(name) == expected


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("y ~ normal(m, 1);", True),
        ("y[1] ~ normal(m, 1);", True),
        ("y[2:N] ~ normal(m * y[1:(N - 1)], 1);", True),
        ("exp(y) ~ normal(m, 1);", False),
        ("target += normal_lpdf(y | m, 1);", True),
        ("target += 0.5 * normal_lpdf(y | m, 1);", True),
        ("target += log_mix(0.5, normal_lpdf(y | m, 1), normal_lpdf(y | 0, 1));", True),
        ("target += normal_lpdf(y - m | 0, 1);", False),
        ("target += -dot_self(y);", False),
        ("target += loglik(y, m);", True),
        ("target += loglik(2 * y, m);", False),
        ("k ~ poisson_log(m);", False),
    ],
)
def test_alone(text, alone):
    tree, found = statement(text)
    assert stands_alone("y", found, frozenset(tree.functions)) is alone


def test_families_are_known_where_stan_has_them():
    assert likelihood_families(*_pair("y ~ normal(m, 1);")) == {"normal"}
    assert likelihood_families(*_pair("target += poisson_log_lpmf(k | m);")) == {"poisson"}
    assert likelihood_families(*_pair("y ~ own(m);")) == frozenset()


def _pair(text):
    tree, found = statement(text)
    return tree, [found]
