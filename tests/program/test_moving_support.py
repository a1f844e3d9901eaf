"""Statements whose support moves with parameters, told from those whose support stands still."""

from __future__ import annotations

import pytest
from fixtures.folders import GOLD

from bayeswrap.program.moving_support import MovingSupport, moving_supports
from bayeswrap.program.program import Program

DATA = "int N; vector[N] y; vector[N] x; real low; "


def moving(
    parameters: str, model: str, *, data: str = DATA, more: str = ""
) -> tuple[MovingSupport, ...]:
    code = f"data {{ {data} }} {more} parameters {{ {parameters} }}\nmodel {{\n{model}\n}}"
    return moving_supports(Program.from_string(code))


def test_uniform_with_a_free_end():
    path = GOLD / "pathological" / "uniform_upper_bound" / "program.stan"
    (found,) = moving_supports(Program.from_file(path))

    assert found.parameters == ("theta",)
    assert found.text == "y ~ uniform(0, theta);"
    assert found.line == path.read_text().splitlines().index("  y ~ uniform(0, theta);") + 1
    assert "theta moves an end of the support" in found.reason


@pytest.mark.parametrize(
    ("parameters", "model", "named"),
    [
        ("real a; real b;", "y ~ uniform(a, b);", ("a", "b")),
        ("real a; real<lower=0> w;", "target += uniform_lpdf(y | a, a + w);", ("a", "w")),
        ("real<lower=0> m; real<lower=0> k;", "y ~ pareto(m, k);", ("m",)),
        ("real m; real<lower=0> k;", "y ~ pareto_type_2(m, 1, k);", ("m",)),
        ("real m; real t;", "for (i in 1:N) y[i] ~ normal(m, 1) T[t, ];", ("t",)),
        ("real t; real<lower=0> k;", "y - t ~ exponential(k);", ("t",)),
        ("real t; real<lower=0> s;", "(y - t) / s ~ weibull(2, 1);", ("t",)),
        ("real t;", "vector[N] z = y - t; z ~ gamma(2, 1);", ("t",)),
        ("real t;", "for (i in 1:N) target += exponential_lpdf(y[i] - t | 1);", ("t",)),
        ("real<lower=0> s;", "y / s ~ uniform(0, 1);", ("s",)),
        ("real<upper=min(y)> t; real m;", "y ~ normal(m + t, 1);", ("t",)),
    ],
)
def test_moving_support_is_found(parameters: str, model: str, named: tuple[str, ...]):
    (found,) = moving(parameters, model)

    assert found.parameters == named
    assert found.line == 3
    assert found.text in model


def test_bound_through_transformed_data():
    more = "transformed data { real top = max(y) + 1; }"
    (found,) = moving("real<lower=top> t;", "y ~ normal(t, 1);", more=more)

    assert found.parameters == ("t",)
    assert "bound of t, top, is made of the outcome" in found.reason


@pytest.mark.parametrize(
    ("parameters", "model"),
    [
        ("real m; real<lower=0> s;", "y ~ normal(m, s);"),
        ("real<lower=0, upper=1> p;", "p ~ uniform(0, 1); y ~ normal(p, 1);"),
        ("real a; real b;", "b ~ uniform(a - 1, a + 1); y ~ normal(b, 1);"),
        ("real m;", "for (i in 1:N) y[i] ~ normal(m, 1) T[0, ];"),
        ("real m;", "for (i in 1:N) y[i] ~ normal(m, 1) T[low, 10];"),
        ("real<lower=0> k;", "y ~ exponential(k);"),
        ("real<lower=0> s;", "y / s ~ weibull(2, 1);"),
        ("real<lower=0> k;", "y ~ pareto(1, k);"),
        ("real m;", "y ~ uniform(0, 1); y ~ normal(m, 1);"),
        ("real<lower=max(x)> m;", "y ~ normal(m, 1);"),
        ("real<lower=num_elements(y)> m;", "y ~ normal(m, 1);"),
        ("real<upper=min(y)> t;", "y - t ~ lognormal(0, 1);"),
        ("real<lower=0, upper=min(y)> t; real<lower=0> a;", "y ~ wiener(a, t, 0.5, 0);"),
    ],
)
def test_fixed_or_smooth_support_is_left_alone(parameters: str, model: str):
    assert moving(parameters, model) == ()
