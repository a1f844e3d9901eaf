from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from bayeswrap.program.roles.role import Role


def roles(parameters: str, body: str) -> dict[str, Role]:
    """Return the role of each statement, by the variable that it begins with."""
    data = "data { int N; int J; vector[N] y; array[N] int g; }"
    code = f"{data} parameters {{ {parameters} }} model {{ {body} }}"
    statements = Program.from_string(code).statements
    return {s.text.split()[0]: s.role for s in statements}


@pytest.mark.parametrize(
    ("parameters", "body", "expected"),
    [
        # mu and tau reach the data through theta only
        (
            "real mu; real<lower=0> tau; vector[J] theta;",
            (
                "mu ~ normal(0, 5); tau ~ cauchy(0, 5); theta ~ normal(mu, tau);"
                "y ~ normal(theta[g], 1);"
            ),
            {"mu": "prior", "tau": "prior", "theta": "population", "y": "likelihood"},
        ),
        # a scale of the prior that is the residual scale too makes no effect
        (
            "vector[J] b; real<lower=0> s;",
            "b ~ normal(0, s); s ~ exponential(1); y ~ normal(b[g], s);",
            {"b": "prior", "s": "prior", "y": "likelihood"},
        ),
        # non-centred: tau scales z and nothing else
        (
            "vector[J] z; real<lower=0> tau;",
            "z ~ std_normal(); tau ~ exponential(1); y ~ normal(tau * z[g], 1);",
            {"z": "population", "tau": "prior", "y": "likelihood"},
        ),
        # one scale for each effect is asked about
        (
            "vector[J] b; vector<lower=0>[J] lambda;",
            "b ~ normal(0, lambda); lambda ~ cauchy(0, 1); y ~ normal(b[g], 1);",
            {"b": "population", "lambda": "undecided", "y": "likelihood"},
        ),
    ],
)
def test_population_statements_are_apart_from_priors(
    parameters: str, body: str, expected: dict[str, str]
) -> None:
    assert roles(parameters, body) == expected
