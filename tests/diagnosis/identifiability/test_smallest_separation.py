"""The fewest predictors that separate, in designs where they are known by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.diagnosis.identifiability.design import Predictors
from bayeswrap.diagnosis.identifiability.observations import Observation
from bayeswrap.diagnosis.identifiability.recession_cone import cone_of
from bayeswrap.diagnosis.identifiability.separation import separation_in, separation_of
from bayeswrap.diagnosis.identifiability.smallest_separation import smallest_set

A = np.array([-2.0, 1.0, -1.0, 2.0, 3.0, -3.0])
NOISE = np.array([0.3, 0.35, 0.2, -0.4, 0.1, 0.25])


def design(outcomes, **columns):
    names = ("intercept", *columns)
    rows = np.column_stack([np.ones(len(outcomes)), *columns.values()])
    observed = tuple(
        Observation(f"y[{i + 1}]", "binomial", float(y), 1, 1.0, slice(i, i + 1))
        for i, y in enumerate(outcomes)
    )
    return Predictors(names=names, design=rows, offset=np.zeros(len(rows)), observed=observed)


def smallest(outcomes, names=None, **columns):
    predictors = design(outcomes, **columns)
    return smallest_set(predictors, cone_of(predictors), names or {})


def test_one_predictor_of_two():
    found = smallest(A > 0, noise=NOISE, a=A)

    assert found.coordinates == ("a",)
    assert found.complete
    assert smallest(A > 0, {"a": "marker"}, noise=NOISE, a=A).clause == (
        "marker completely separates y"
    )


def test_two_predictors_together():
    noise, a, b = np.random.default_rng(4).normal(size=(3, 40))

    found = smallest(a + b > 0, {"a": "dose", "b": "age"}, noise=noise, a=a, b=b)

    assert found.coordinates == ("a", "b")
    assert found.clause == "dose and age together completely separate y"


def test_three_predictors_are_found_by_leaving_out():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(60, 4))
    columns = {f"x{k}": x[:, k] for k in range(4)}

    found = smallest(x[:, 0] + x[:, 1] - x[:, 3] > 0, **columns)

    assert found.coordinates == ("x0", "x1", "x3")


@pytest.mark.parametrize("levels", [0, 1])
def test_many_rows_have_the_answer_of_few(levels):
    rng = np.random.default_rng(6)
    x = rng.normal(size=(3, 900))
    # a rare level, in which no outcome is 1, is not among the rows that are looked at first
    rare = (np.arange(900) == 4).astype(float)
    outcomes = (rng.uniform(size=900) < 0.5) & (rare == 0) if levels else x[1] > 0

    found = smallest(outcomes, p=x[0], q=x[1], r=x[2], rare=rare)

    assert found.coordinates == (("rare",) if levels else ("q",))


def test_ties_are_quasi_complete():
    found = smallest([0, 0, 1, 0, 1, 1], a=np.array([1.0, 2, 3, 3, 4, 5]), noise=NOISE)

    assert found.clause == "the predictor of a quasi-completely separates y"


def test_of_two_sets_of_one_size_the_complete_one_counts():
    quasi = np.array([0.0, 0, 0, 0, 0, 1])

    assert smallest(np.arange(6) > 2, level=quasi, a=np.arange(6.0)).coordinates == ("a",)


def test_without_separation_there_is_none_to_leave_out():
    predictors = design([0, 1, 0, 1, 0, 1], a=np.arange(6.0))

    assert separation_in(predictors).smallest is None


def test_outcomes_that_do_not_vary_need_no_predictor():
    found = smallest(np.zeros(6), a=A)

    assert found.names == ()
    assert found.clause == "y is separated without any predictor: an outcome does not occur"


@pytest.mark.parametrize(
    ("block", "likelihood", "y", "clause"),
    [
        (
            "real a; real b; real c;",
            "y ~ bernoulli_logit(a + b * x + c * z);",
            [0, 0, 0, 1, 1, 1],
            "x completely separates y",
        ),
        (
            "real a; real b; real c;",
            "y ~ poisson_log(a + b * x + c * (z .* z));",
            [0, 0, 0, 0, 0, 3],
            "x quasi-completely separates y",
        ),
        (
            "ordered[2] cut; real b; real c;",
            "y ~ ordered_logistic(b * x + c * z, cut);",
            [1, 1, 2, 2, 3, 3],
            "x completely separates y",
        ),
        (
            "matrix[2, 3] w;",
            "for (i in 1:N) y[i] ~ categorical_logit(append_row(0, w * [1, x[i], z[i]]'));",
            [1, 1, 2, 2, 3, 3],
            "x completely separates y",
        ),
    ],
    ids=["binary", "counts", "ordinal", "multinomial"],
)
def test_families_name_the_column_of_the_data(model, block, likelihood, y, clause):
    code = (
        "data { int N; vector[N] x; vector[N] z; array[N] int y; }"
        f"parameters {{ {block} }} model {{ {likelihood} }}"
    )
    bound = model(code, N=6, x=np.arange(1.0, 7), z=NOISE, y=y).bound.problem(seed=1)

    assert separation_of(bound).smallest.clause == clause


def test_columns_of_a_frame_have_its_names():
    program = bw.Program.from_string(
        "data { int N; int K; matrix[N, K] X; array[N] int relapse; }"
        "parameters { real alpha; vector[K] beta; }"
        "model { alpha ~ normal(0, 5); beta ~ normal(0, 2.5);"
        "relapse ~ bernoulli_logit(alpha + X * beta); }"
    )
    frame = pd.DataFrame({"relapse": (A > 0).astype(int), "marker": A, "bmi": 25 + NOISE})
    model = bw.Model(program, frame, X=["marker", "bmi"], engine="stanli")

    found = separation_of(model.bound.problem(seed=1))

    assert found.reason == (
        "there is no finite maximum of the likelihood, because marker completely separates relapse"
    )
    assert found.advice.startswith("give the coefficients of marker a proper prior")
    assert "marker completely separates relapse; the log likelihood" in found.sentence


@pytest.mark.parametrize(
    ("formula", "clause"),
    [
        ("relapse ~ marker + bmi", "marker completely separates y"),
        ("relapse ~ stage + bmi", "stage[late] completely separates y"),
    ],
)
def test_columns_of_a_formula_have_its_names(formula, clause):
    stage = np.where(A > 0, "late", "early")
    frame = pd.DataFrame(
        {"relapse": (A > 0).astype(int), "marker": A, "bmi": 25 + NOISE, "stage": stage}
    )
    model = bw.glm(formula, frame, family="bernoulli", engine="stanli")

    assert separation_of(model.bound.problem(seed=1)).smallest.clause == clause
