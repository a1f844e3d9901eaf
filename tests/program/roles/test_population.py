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
        # one scale for each effect has a prior
        (
            "vector[J] b; vector<lower=0>[J] lambda;",
            "b ~ normal(0, lambda); lambda ~ cauchy(0, 1); y ~ normal(b[g], 1);",
            {"b": "population", "lambda": "prior", "y": "likelihood"},
        ),
        # one vector of scales: of the observations and of the steps
        (
            "vector[N] x; vector<lower=0>[2] s;",
            (
                "x[1] ~ normal(0, 5); x[2:N] ~ normal(x[1:(N - 1)], s[2]); s[1] ~ normal(0, 1);"
                "s[2] ~ exponential(1); y ~ normal(x, s[1]);"
            ),
            {
                "x[1]": "population",
                "x[2:N]": "population",
                "s[1]": "prior",
                "s[2]": "prior",
                "y": "likelihood",
            },
        ),
        # fixed and varying coefficients in one vector
        (
            "vector[2 + J] b; real<lower=0> tau;",
            (
                "b[1] ~ normal(0, 5); b[2] ~ normal(0, 2); b[3:(2 + J)] ~ normal(0, tau);"
                "for (n in 1:N) y[n] ~ normal(b[1] + b[2 + g[n]], 1);"
            ),
            {
                "b[1]": "prior",
                "b[2]": "prior",
                "b[3:(2": "population",
                "y[n]": "likelihood",
            },
        ),
        # a mean in the container of what it is the mean of
        (
            "vector[J] m; real<lower=0> tau;",
            (
                "m[1] ~ normal(0, 5); m[2:J] ~ normal(m[1], tau); tau ~ exponential(1);"
                "y ~ normal(m[g], 1);"
            ),
            {"m[1]": "prior", "m[2:J]": "population", "tau": "prior", "y": "likelihood"},
        ),
        # a centred and a non-centred half share their scale
        (
            "vector[J] c; vector[J] z; real<lower=0> tau;",
            (
                "c ~ normal(0, tau); z ~ std_normal(); tau ~ normal(0, 1);"
                "for (n in 1:N) y[n] ~ normal(n > 3 ? c[g[n]] : tau * z[g[n]], 1);"
            ),
            {"c": "population", "z": "population", "tau": "prior", "y[n]": "likelihood"},
        ),
        # loadings times (scale times factor): the scale belongs to the factor
        (
            "vector[J] z; vector[N] load; real<lower=0> tau;",
            "z ~ std_normal(); load ~ normal(0, 1); y ~ normal(load .* (tau * z)[g], 1);",
            {"z": "population", "load": "prior", "y": "likelihood"},
        ),
    ],
)
def test_population_statements_are_apart_from_priors(
    parameters: str, body: str, expected: dict[str, str]
) -> None:
    assert roles(parameters, body) == expected
