from __future__ import annotations

import pytest

from bayeswrap.program.program import Program

HEAD = """data { int N; int K; matrix[N, K] X; vector[N] y; array[N] int n; matrix[K, K] S;
vector[K] m; real<lower=0> lam; real T; array[N] int g; }
parameters { vector[K] beta; real<lower=0> s; real<lower=0, upper=1> p; }
"""
OBSERVED = "y ~ normal(X * beta, s); "
QUADRATIC = "target += -0.5 * dot_self(y - X * beta) / square(s)"


def told(body: str) -> str:
    """The roles in order; "?" marks a doubt."""
    statements = Program.from_string(f"{HEAD}model {{ {body} }}").statements
    return " ".join(f"{s.role}{'' if s.sure else '?'}" for s in statements)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # residuals of the outcome, with the constants that normalise them
        (f"{QUADRATIC} - N * log(s);", "likelihood?"),
        ("target += -0.5 * (N * log(2 * pi()) + dot_self(y - X * beta) / s);", "likelihood?"),
        (f"{QUADRATIC}; target += -N * log(s);", "likelihood? likelihood?"),
        # counts times logs of probabilities
        ("for (i in 1:N) target += n[i] * log(p);", "likelihood?"),
        # weights and predictors, where nothing else is observed
        ("target += dot_product(y, X * beta) - sum(log1p_exp(X * beta));", "likelihood?"),
        # the same data as an outcome elsewhere
        (OBSERVED + "target += -sum(square(y)) * p;", "likelihood likelihood"),
        # rows beside an outcome
        (OBSERVED + "target += sum(X * beta) - sum(exp(X * beta));", "likelihood likelihood?"),
        # penalties: constants, and tables as large as the parameters
        (OBSERVED + "target += -lam * dot_self(beta);", "likelihood prior?"),
        (OBSERVED + "target += -lam * quad_form(S, beta);", "likelihood prior?"),
        (OBSERVED + "target += -dot_product(m, square(beta));", "likelihood prior?"),
        ("target += -lam * dot_self(beta);", "prior?"),
        # a mean as large as the parameters, beside a likelihood: who knows
        (OBSERVED + "target += -0.5 * dot_self(beta - m);", "likelihood undecided?"),
        # a prior alone, and a likelihood with a prior
        ("target += -0.5 * quad_form(S, beta - m);", "prior?"),
        ("beta ~ normal(0, 1); target += -0.5 * dot_self(beta - m);", "prior likelihood?"),
        # sums are split by term
        (f"{QUADRATIC} - lam * dot_self(beta);", "likelihood? prior?"),
        (f"{QUADRATIC} - lam * sum(abs(beta)) - N * log(s);", "likelihood? prior?"),
        (
            "target += normal_lpdf(y | X * beta, s) - lam * sum(abs(beta));",
            "likelihood prior?",
        ),
        # exposure of a point process goes with its events
        (
            "for (i in 1:N) target += log(s + p * exp(-s * (T - y[i]))); target += -s * T;",
            "likelihood? likelihood?",
        ),
        # the log of what data index
        (
            "beta ~ normal(0, 1); for (i in 1:N) target += beta[g[i]] - log_sum_exp(beta);",
            "prior likelihood?",
        ),
        ("target += -0.5 * dot_self(beta[g] - beta[n]);", "prior"),
    ],
)
def test_the_data_of_a_term_tell_its_role(body: str, expected: str) -> None:
    assert told(body) == expected
