"""Intervals wider than the plausible range, against standard errors in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.diagnosis.identifiability.weak_identification import weakness_of

N = 40
RNG = np.random.default_rng(1)
X = RNG.normal(size=N)
TWICE = np.column_stack([np.ones(N), X, 2 * X + 1e-6 * RNG.normal(size=N)])
ETA = 0.3 + X
ZEROES = (RNG.uniform(size=N) < 1 / (1 + np.exp(-ETA))).astype(int)
TIMES = np.exp(ETA) * RNG.exponential(size=N)
REAL, COUNT = "vector[N] y;", "array[N] int y;"
CENSORED = """for (i in 1:N) {
  if (i < 30) y[i] ~ exponential(exp(-X[i] * b));
  else target += exponential_lccdf(y[i] | exp(-X[i] * b));
}"""
FAMILIES = {
    "normal": (REAL, "real<lower=0> s;", "y ~ normal(X * b, s);", ETA + RNG.normal(size=N)),
    "loop": (
        REAL,
        "real<lower=0> s;",
        "for (i in 1:N) y[i] ~ student_t(4, X[i] * b, s);",
        ETA + RNG.normal(size=N),
    ),
    "logistic": (COUNT, "", "y ~ bernoulli_logit(X * b);", ZEROES),
    "probit": (COUNT, "", "y ~ bernoulli(Phi(X * b));", ZEROES),
    "poisson": (COUNT, "", "y ~ poisson_log(X * b);", RNG.poisson(np.exp(ETA))),
    "lognormal": (REAL, "real<lower=0> s;", "y ~ lognormal(X * b, s);", TIMES),
    # the shape moves the rate too, and has a bound
    "gamma": (REAL, "real<lower=0> s;", "y ~ gamma(s, s * exp(-X * b));", TIMES),
    "censored": (
        REAL,
        "",
        CENSORED,
        TIMES,
    ),
}


def program(data, parameters, statements):
    return (
        f"data {{ int N; int P; matrix[N, P] X; {data} }}"
        f"parameters {{ vector[P] b; {parameters} }} model {{ {statements} }}"
    )


def weakness(model):
    found = model.mle(seed=1)
    return weakness_of(found.problem, found.optimum)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_near_multiple_is_named_with_its_sum(model, name):
    *code, y = FAMILIES[name]

    found = weakness(model(program(*code), N=N, P=3, X=TWICE, y=y))

    assert set(found.parameters) == {"b[2]", "b[3]"}
    assert (found.free, found.identified) == (("2 b[2] - b[3]",), ("b[2] + 2 b[3]",))
    assert "2 b[2] - b[3]" in found.sentence


@pytest.mark.parametrize("name", FAMILIES)
def test_other_predictors_are_not_weak(model, name):
    *code, y = FAMILIES[name]
    design = np.column_stack([np.ones(N), X, 2 * X + np.cos(np.arange(N))])

    found = weakness(model(program(*code), N=N, P=3, X=design, y=y))

    assert not found


@pytest.mark.parametrize(("noise", "weak"), [(0.3, False), (1e-2, True), (1e-3, True)])
def test_reach_in_closed_form(model, noise, weak):
    """With known noise the covariance is that of least squares."""
    design = np.column_stack([np.ones(N), X, 2 * X + noise * np.cos(np.arange(N))])
    y = FAMILIES["normal"][-1]

    found = weakness(model(program(REAL, "", "y ~ normal(X * b, 1);"), N=N, P=3, X=design, y=y))

    sizes = np.sqrt(np.diag(np.linalg.inv(design.T @ design))) * np.ptp(design, axis=0)
    width = 1.96 * sizes.max() / np.ptp(y)
    assert (bool(found), bool(width > 10)) == (weak, weak)
    if weak:
        assert found.width == pytest.approx(width, rel=1e-6)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_units_do_not_matter(model, scale):
    y = FAMILIES["normal"][-1]
    code = program(*FAMILIES["normal"][:-1])

    found = weakness(model(code, N=N, P=3, X=TWICE * [1, 1, scale], y=y))
    plain = weakness(model(code, N=N, P=3, X=TWICE, y=y))

    assert set(found.parameters) == {"b[2]", "b[3]"}
    assert found.width == pytest.approx(plain.width, rel=1e-3)


def test_powers_and_products_are_judged_together(model):
    year = np.random.default_rng(2).uniform(1947, 1962, N)
    standard = [(c - c.mean()) / c.std() for c in (year, year**2)]
    y = (year - 1955) / 5 + FAMILIES["normal"][-1]
    for columns in ([year, year**2], standard, [X, year, X * year]):
        design = np.column_stack([np.ones(N), *columns])
        code = program(*FAMILIES["normal"][:-1])

        assert not weakness(model(code, N=N, P=design.shape[1], X=design, y=y))


def test_what_has_no_linear_predictor_is_left_alone(model):
    curve = program(REAL, "", "y ~ normal(exp(X * b), 1);")
    design = np.column_stack([np.ones(N), X / 5])

    assert weakness(model(curve, N=N, P=2, X=design, y=np.exp(X / 5) + 0.1)) is None


def test_few_outcomes_that_agree_by_chance(model):
    code = "data { vector[2] y; } parameters { vector[2] t; } model { y ~ normal(t, 15); }"

    assert not weakness(model(code, y=[1.0, 1.01]))


@pytest.mark.parametrize(
    "name",
    [
        "nist/linear_Longley",
        "nist/linear_Wampler4",
        "glm/binomial_beetles_logit",
        "glm/logistic_mtcars_am_wt",
        "glm/multinomial_iris_sepalwidth",
        "glm/ordlogit_housing",
        "glm/weibull_lung",
    ],
)
def test_known_regressions_are_not_weak(name):
    folder = GOLD / name
    found = weakness(bw.Model(folder / "program.stan", folder / "data.json", engine="stanli"))

    assert not found
