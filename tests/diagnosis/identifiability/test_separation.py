"""Separation: what linear programming finds, against designs whose separation is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fixtures.folders import GOLD
from scipy import special

import bayeswrap as bw
from bayeswrap.diagnosis.identifiability.design import predictors_of
from bayeswrap.diagnosis.identifiability.separation import Separation, SeparationKind, separation_of

if TYPE_CHECKING:
    from collections.abc import Callable

COMPLETE, QUASI, NONE = SeparationKind.COMPLETE, SeparationKind.QUASI, SeparationKind.NONE
X = np.arange(1.0, 9.0)
SPLIT = (X > 4).astype(int)

LINE = "data {{ int N; vector[N] x; array[N] int y; }} parameters {{ {} }} model {{ {} }}"
MATRIX = (
    "data {{ int N; int P; matrix[N, P] X; array[N] int y; }} parameters {{ {} }} model {{ {} }}"
)
FORMS = {
    "scalar": LINE.format("real a; real b;", "y ~ bernoulli_logit(a + b * x);"),
    "loop": LINE.format(
        "real a; real b;", "for (i in 1:N) { real e = a + b * x[i]; y[i] ~ bernoulli_logit(e); }"
    ),
    "glm": LINE.format(
        "real a; vector[1] b;", "y ~ bernoulli_logit_glm(to_matrix(x, N, 1), a, b);"
    ),
    "target": LINE.format("real a; real b;", "target += bernoulli_logit_lpmf(y | a + b * x);"),
    "inv_logit": LINE.format("real a; real b;", "y ~ bernoulli(inv_logit(a + b * x));"),
    "Phi": LINE.format("real a; real b;", "y ~ bernoulli(Phi(a + b * x));"),
    "Phi_approx": LINE.format("real a; real b;", "y ~ bernoulli(Phi_approx(a + b * x));"),
    "cloglog": LINE.format("real a; real b;", "y ~ bernoulli(inv_cloglog(a + b * x));"),
    "priors": LINE.format(
        "real a; real<offset=1, multiplier=2> b;",
        "a ~ normal(0, 1); b ~ normal(0, 1); y ~ bernoulli_logit(a + b * x);",
    ),
    "binomial": LINE.format("real a; real b;", "y ~ binomial_logit(rep_array(1, N), a + b * x);"),
}


def separation(model: bw.Model) -> Separation | None:
    return separation_of(model.bound.problem(seed=1))


def found(model: bw.Model) -> Separation:
    result = separation(model)
    assert result is not None
    return result


def gold(name: str) -> bw.Model:
    program = bw.Program.from_file(GOLD / name / "program.stan")
    return bw.Model(program, GOLD / name / "data.json", engine="stanli")


def test_constructed_example_has_its_direction():
    result = found(gold("pathological/separation_complete"))
    facts = json.loads((GOLD / "pathological/separation_complete/result.json").read_text())["facts"]

    assert result.kind is COMPLETE
    assert result.direction == pytest.approx(facts["direction_of_recession"])
    assert "(beta[1], beta[2]) = (-4.5, 1)" in result.sentence
    assert len(result.observations) == 8


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_a_line_agree(model: Callable[..., bw.Model], form: str):
    apart = found(model(FORMS[form], N=8, x=X, y=SPLIT))
    mixed = found(model(FORMS[form], N=8, x=X, y=[0, 1, 0, 0, 1, 0, 1, 1]))

    assert apart.kind is COMPLETE
    # with multiplier 2 the slope moves twice as far as its coordinate
    slope = 2 if form == "priors" else 1
    assert 4 * slope < -apart.direction[0] / apart.direction[1] < 5 * slope
    assert mixed.kind is NONE
    assert not mixed.direction.any()
    assert mixed.observations == ()
    assert apart.null_space.shape == (0, 2)


@pytest.mark.parametrize("form", ["scalar", "Phi", "Phi_approx", "cloglog", "inv_logit"])
def test_design_is_the_data(model: Callable[..., bw.Model], form: str):
    predictors = predictors_of(model(FORMS[form], N=8, x=X, y=SPLIT).bound.problem(seed=1))

    assert predictors is not None
    assert predictors.names == ("a", "b")
    np.testing.assert_allclose(predictors.design, np.column_stack([np.ones(8), X]), atol=1e-9)
    np.testing.assert_allclose(predictors.offset, 0, atol=1e-9)


def test_quasi_complete_names_the_separated(model: Callable[..., bw.Model]):
    # at x = 4 both outcomes occur: the rest is parted by it
    y = [0, 0, 0, 1, 0, 1, 1, 1]
    result = found(model(FORMS["scalar"], N=8, x=[1, 2, 3, 4, 4, 5, 6, 7], y=y))

    assert result.kind is QUASI
    assert result.direction == pytest.approx([-4, 1])
    assert result.observations == ("y[1]", "y[2]", "y[3]", "y[6]", "y[7]", "y[8]")


def test_random_rows_are_not_separated(model: Callable[..., bw.Model]):
    # Cover (1965): 100 random labels of points in general position in 3 dimensions part with
    # probability below 1e-26
    rng = np.random.default_rng(3)
    code = MATRIX.format("real a; vector[P] b;", "y ~ bernoulli_logit(a + X * b);")
    result = found(model(code, N=100, P=2, X=rng.normal(size=(100, 2)), y=rng.integers(0, 2, 100)))

    assert result.kind is NONE
    assert result.null_space.shape == (0, 3)


def test_gap_far_from_zero_is_seen(model: Callable[..., bw.Model]):
    x = 1990 + X / 100
    apart = found(model(FORMS["scalar"], N=8, x=x, y=SPLIT))

    assert apart.kind is COMPLETE
    assert -x[4] < apart.direction[0] / apart.direction[1] < -x[3]
    assert not found(model(FORMS["scalar"], N=8, x=x, y=[0, 1, 0, 0, 1, 0, 1, 1]))


@pytest.mark.parametrize("statement", ["poisson_log(a[g])", "poisson(exp(a[g]))"])
def test_counts_of_zero_in_a_group(model: Callable[..., bw.Model], statement: str):
    code = (
        "data { int N; array[N] int g; array[N] int y; } parameters { vector[3] a; }"
        f"model {{ y ~ {statement}; }}"
    )
    g = [1, 1, 2, 2, 3, 3]
    result = found(model(code, N=6, g=g, y=[2, 0, 0, 0, 1, 4]))

    assert result.kind is QUASI
    assert result.direction.tolist() == [0, -1, 0]
    assert result.observations == ("y[3]", "y[4]")
    assert found(model(code, N=6, g=g, y=[2, 0, 0, 1, 1, 4])).kind is NONE


def test_negative_binomial_counts_of_zero(model: Callable[..., bw.Model]):
    code = LINE.format(
        "real a; real b; real<lower=0> phi;", "y ~ neg_binomial_2_log(a + b * x, phi);"
    )

    assert found(model(code, N=4, x=[0, 0, 1, 1], y=[3, 1, 0, 0])).direction.tolist() == [0, -1]
    assert not found(model(code, N=4, x=[0, 0, 1, 1], y=[3, 1, 0, 2]))


def test_binomial_counts(model: Callable[..., bw.Model]):
    code = (
        "data { int N; array[N] int n; vector[N] x; array[N] int y; }"
        "parameters { real a; real b; } model { y ~ binomial_logit(n, a + b * x); }"
    )
    n, x = [5, 5, 5, 0], [1, 2, 3, 9]

    assert found(model(code, N=4, n=n, x=x, y=[0, 0, 5, 0])).kind is COMPLETE
    inside = found(model(code, N=4, n=n, x=x, y=[0, 2, 5, 0]))
    assert inside.kind is QUASI
    assert inside.direction == pytest.approx([-2, 1])
    assert found(model(code, N=4, n=n, x=x, y=[0, 2, 4, 0])).kind is NONE


def test_categorical(model: Callable[..., bw.Model]):
    code = (
        "data { int N; matrix[N, 2] X; array[N] int y; } parameters { matrix[2, 2] B; }"
        "model { for (i in 1:N) y[i] ~ categorical_logit(append_row(0, (X[i] * B)')); }"
    )
    columns = np.column_stack([np.ones(6), [1, 2, 3, 4, 5, 6]])

    assert found(model(code, N=6, X=columns, y=[1, 1, 2, 2, 3, 3])).kind is COMPLETE
    assert found(model(code, N=6, X=columns, y=[1, 2, 1, 2, 1, 2])).kind is QUASI  # no category 3
    assert found(model(code, N=6, X=columns, y=[1, 2, 3, 1, 2, 3])).kind is NONE
    glm = (
        "data { int N; matrix[N, 2] X; array[N] int y; } parameters { matrix[2, 3] B; }"
        "model { y ~ categorical_logit_glm(X, rep_vector(0, 3), B); }"
    )
    softmax = found(model(glm, N=6, X=columns, y=[1, 1, 2, 2, 3, 3]))
    assert softmax.kind is COMPLETE
    assert softmax.null_space.shape == (2, 6)


@pytest.mark.parametrize("family", ["ordered_logistic", "ordered_probit"])
def test_ordered(model: Callable[..., bw.Model], family: str):
    code = LINE.format("real b; ordered[2] c;", f"y ~ {family}(b * x, c);")

    apart = found(model(code, N=6, x=X[:6], y=[1, 1, 2, 2, 3, 3]))
    assert apart.kind is COMPLETE
    b, *c = apart.direction
    assert b * 2 < c[0] < b * 3
    assert b * 4 < c[1] < b * 5
    assert found(model(code, N=6, x=X[:6], y=[1, 2, 3, 1, 2, 3])).kind is NONE
    assert found(model(code, N=6, x=X[:6], y=[1, 2, 1, 2, 1, 2])).kind is QUASI


def test_weights_of_zero_say_nothing(model: Callable[..., bw.Model]):
    code = (
        "data { int N; vector[N] x; vector[N] w; array[N] int y; } parameters { real a; real b; }"
        "model { for (i in 1:N) target += w[i] * bernoulli_logit_lpmf(y[i] | a + b * x[i]); }"
    )
    y = [0, 1, 0, 0, 1, 1, 1, 1]

    assert found(model(code, N=8, x=X, w=[1, 0, *[2] * 6], y=y)).kind is COMPLETE
    assert found(model(code, N=8, x=X, w=[1, 0.5, *[2] * 6], y=y)).kind is NONE


def test_collinear_columns_are_the_null_space(model: Callable[..., bw.Model]):
    code = MATRIX.format("vector[P] b;", "y ~ bernoulli_logit(X * b);")
    columns = np.column_stack([np.ones(8), X, 2 * X + 1])

    mixed = found(model(code, N=8, P=3, X=columns, y=[0, 1, 0, 0, 1, 0, 1, 1]))
    assert mixed.kind is NONE
    assert np.abs(columns @ mixed.null_space.T).max() < 1e-9
    assert mixed.null_space.shape == (1, 3)
    assert found(model(code, N=8, P=3, X=columns, y=SPLIT)).kind is COMPLETE


def test_parameters_of_another_statement_are_held(model: Callable[..., bw.Model]):
    code = (
        "data { int N; vector[N] x; array[N] int y; vector[N] z; }"
        "parameters { real a; real b; real<lower=0> s; }"
        "model { y ~ bernoulli_logit(a + b * x);\n z ~ normal(b, s); }"
    )
    held = found(model(code, N=8, x=X, y=SPLIT, z=X))

    assert held.names == ("a",)
    assert held.kind is NONE
    # on one line the two are not told apart: nothing is left to move
    assert found(model(code.replace("\n", ""), N=8, x=X, y=SPLIT, z=X)).names == ()


@pytest.mark.parametrize(
    ("parameters", "statement"),
    [
        ("real a; real<lower=0> b;", "y ~ bernoulli_logit(a + b * x);"),
        ("real a; real b;", "y ~ bernoulli_logit(a + b^2 * x);"),
        ("real a; real b; real c;", "y ~ bernoulli_logit(a + b * c * x);"),
        ("real<lower=0, upper=1> p;", "y ~ bernoulli(p);"),
        ("real a; real b;", "y ~ bernoulli(0.1 + 0.8 * inv_logit(a + b * x));"),
        ("real a; real b;", "x ~ normal(a, exp(b));"),
    ],
)
def test_no_linear_predictor(model: Callable[..., bw.Model], parameters: str, statement: str):
    assert separation(model(LINE.format(parameters, statement), N=8, x=X, y=SPLIT)) is None


@pytest.mark.parametrize(
    "name", ["logistic_mtcars_am_wt", "logistic_wells", "binomial_menarche", "ordlogit_housing"]
)
def test_fitted_models_are_not_separated(name: str):
    assert found(gold(f"glm/{name}")).kind is NONE


def test_likelihood_rises_along_the_direction(model: Callable[..., bw.Model]):
    rng = np.random.default_rng(8)
    x = rng.normal(size=(30, 3))
    y = (x @ [1.0, -2.0, 0.5] > 0.3).astype(int)
    code = MATRIX.format("real a; vector[P] b;", "y ~ bernoulli_logit(a + X * b);")
    result = found(model(code, N=30, P=3, X=x, y=y))

    eta = np.column_stack([np.ones(30), x]) @ result.direction
    assert result.kind is COMPLETE
    assert (special.expit(np.where(y, eta, -eta)) > 0.5).all()
