from __future__ import annotations

import pytest

from bayeswrap.program.flat_priors import improper_parameters, without_proper_prior
from bayeswrap.program.program import Program
from bayeswrap.program.weights.part_weights import PartWeights


@pytest.mark.parametrize(
    ("declared", "improper"),
    [
        ("real x;", ["x"]),
        ("real<lower=0> x;", ["x"]),
        ("real<lower=0, upper=1> x;", []),
        ("simplex[3] x;", []),
        ("corr_matrix[2] x;", []),
        ("ordered[2] x;", ["x"]),
    ],
)
def test_flat_priors_are_improper_unless_the_support_is_bounded(
    declared: str, improper: list[str]
) -> None:
    program = Program.from_string(
        f"parameters {{ {declared} real z; }} model {{ z ~ normal(0, 1); }}"
    )
    assert improper_parameters(program) == improper


@pytest.mark.parametrize(
    ("prior", "is_proper"),
    [
        ("x ~ normal(0, 1);", True),
        ("x[1:K] ~ normal(0, 1);", False),
        ("x[1] ~ normal(0, 1);", False),
        ("for (k in 1:K) x[k] ~ normal(0, 1);", True),
        ("sum(x) ~ normal(0, 1);", False),
        ("target += normal_lpdf(x | 0, 1);", True),
        ("target += -0.5 * dot_self(x);", False),
        (
            "real lp = 0; lp += normal_lpdf(x | 0, 1); lp += normal_lpdf(y | x, s); target += lp;",
            True,
        ),
        ("x ~ normal(s, 1);", True),
    ],
)
def test_a_proper_prior_is_one_density_of_the_whole_parameter(
    prior: str, *, is_proper: bool
) -> None:
    program = Program.from_string(
        "data { int K; vector[K] y; } parameters { vector[K] x; real<lower=0> s; }"
        f"model {{ {prior} s ~ exponential(1); y ~ normal(x, s); }}"
    )
    assert ("x" not in without_proper_prior(program, PartWeights())) is is_proper
    assert without_proper_prior(program, PartWeights(prior=0, population=0)) == {"x", "s"}


@pytest.mark.parametrize(
    ("prior", "is_proper"),
    [
        ("x ~ normal(0, 1); a + dot_product(m, x) ~ normal(0, 2);", True),
        ("a + dot_product(m, x) ~ normal(0, 2); x ~ normal(0, 1);", True),
        ("x ~ normal(0, 1); (dot_product(m, x) - a) ~ student_t(3, k, 1);", True),
        ("a + dot_product(m, x) ~ normal(0, 2);", False),
        ("x ~ normal(0, 1); 0 * a + sum(x) ~ normal(0, 2);", False),
        ("x ~ normal(0, 1); a - a + sum(x) ~ normal(0, 2);", False),
        ("x ~ normal(0, 1); real b = -a; a + b + x[1] ~ normal(0, 2);", False),
        ("x ~ normal(0, 1); a + x[1] ~ normal(a, 2);", False),
        ("x ~ normal(0, 1); a + x ~ normal(0, 2);", False),
    ],
)
def test_a_density_of_a_parameter_that_others_shift_is_proper_given_them(
    prior: str, *, is_proper: bool
) -> None:
    program = Program.from_string(
        "data { int N; int K; real k; vector[N] y; matrix[N, K] X; }"
        "transformed data { vector[K] m = X[1]'; }"
        f"parameters {{ vector[K] x; real a; }} model {{ {prior} y ~ normal(a + X * x, 1); }}"
    )
    assert ("a" not in without_proper_prior(program, PartWeights())) is is_proper
