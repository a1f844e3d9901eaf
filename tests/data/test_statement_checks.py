"""Data that a statement of the program can never take, named before Stan runs."""

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import DataError
from bayeswrap.program.program import Program

LINES = "data {{ {data} }}\nparameters {{ {parameters} }}\nmodel {{\n  {model}\n}}\n"


def build(data, parameters, model, values, **columns):
    code = LINES.format(data=data, parameters=parameters, model=model)
    return ModelData.build(Program.from_string(code, "study"), values, **columns)


def refusal(*arguments, **columns):
    with pytest.raises(DataError) as info:
        build(*arguments, **columns)
    return info.value


VECTOR = "int N; vector[N] y;"
COUNT = "int N; array[N] int y;"
TWO = "real<lower=0> a; real<lower=0> b;"
ONE = "real<lower=0> a;"


@pytest.mark.parametrize(
    ("data", "parameters", "model", "y", "got"),
    [
        (VECTOR, TWO, "y ~ gamma(a, b);", [1.2, 0.4, 0], "y[3] = 0"),
        (VECTOR, TWO, "y ~ gamma(a, b);", [1.2, -0.1, 2], "y[2] = -0.1"),
        (VECTOR, TWO, "for (n in 1:N) y[n] ~ lognormal(a, b);", [1, 0, 2], "y[2] = 0"),
        (VECTOR, TWO, "target += beta_lpdf(y | a, b);", [0.5, 1, 0.2], "y[2] = 1"),
        (VECTOR, TWO, "target += beta_proportion_lupdf(y | a, b);", [0.5, 0], "y[2] = 0"),
        (VECTOR, ONE, "y ~ exponential(a);", [0, -1], "y[2] = -1"),
        (VECTOR, TWO, "y ~ normal(a, b);", [0, np.inf], "y[2] = inf"),
        (VECTOR, TWO, "y ~ von_mises(a, b);", [0, -np.inf], "y[2] = -inf"),
        (VECTOR, TWO, "log(y) ~ normal(a, b);", [2, 0], "log(y) = -inf (y[2] = 0)"),
        (VECTOR, ONE, "y ~ uniform(0, a);", [2, -1], "y[2] = -1"),
        (COUNT, ONE, "y ~ poisson(a);", [2, -1], "y[2] = -1"),
        (COUNT, ONE, "y ~ poisson_log(log(a));", [2, -1], "y[2] = -1"),
        (COUNT, TWO, "y ~ neg_binomial_2(a, b);", [2, -1], "y[2] = -1"),
        (COUNT, ONE, "y ~ bernoulli_logit(a);", [1, 0, 2], "y[3] = 2"),
        (COUNT, ONE, "for (n in 1:N) target += bernoulli_lpmf(y[n] | a);", [1, 2], "y[2] = 2"),
        (COUNT, ONE, "for (n in 1:N) y[n] ~ binomial(5, a);", [1, 6], "y[2] = 6"),
    ],
)
def test_an_outcome_outside_the_support_is_named_with_its_line(data, parameters, model, y, got):
    error = refusal(data, parameters, model, {"y": y})
    assert error.got == got
    assert "line 4 of study.stan" in error.where


def test_the_row_of_the_frame_and_the_limit_are_named():
    frame = pd.DataFrame({"trials": [3, 4], "wins": [2, 5]})
    error = refusal(
        "int N; array[N] int n; array[N] int y;",
        ONE,
        "y ~ binomial(n, a);",
        frame,
        n="trials",
        y="wins",
    )
    assert (error.got, error.expected) == ("y[2] = 5", "<= n = 4")
    assert "column 'wins', row 2" in error.where


def test_the_line_of_the_file_is_named(tmp_path):
    path = tmp_path / "rain.csv"
    path.write_text("y\n1.5\n\n0\n")
    error = refusal(VECTOR, TWO, "y ~ gamma(a, b);", path)
    assert "line 4 of rain.csv" in error.where


def test_what_a_local_is_made_of_is_named():
    data = "int N; int J; array[N] int g; vector[N] y;"
    model = "for (n in 1:N) { int k = g[n]; y[n] ~ normal(mu[k], 1); }"
    values = {"J": 2, "g": [1, 2, 3], "y": [1, 2, 3]}
    error = refusal(data, "vector[J] mu;", model, values)
    assert (error.got, error.expected) == ("g[3] = 3", "1 to J = 2")


def test_transformed_data_are_traced_to_the_data():
    code = (
        "data { int N; vector[N] y; }\ntransformed data { vector[N] z = log(y); }\n"
        "parameters { real m; }\nmodel { z ~ normal(m, 1); }"
    )
    with pytest.raises(DataError, match=r"z = -inf \(y\[2\] = 0\)"):
        ModelData.build(Program.from_string(code), {"y": [1.0, 0.0]})


GROUPS = "int N; int J; array[N] int g; vector[N] y;"


@pytest.mark.parametrize(
    ("model", "got"),
    [
        ("y ~ normal(mu[g], 1);", "g[3] = 3"),
        ("for (n in 1:N) y[n] ~ normal(mu[g[n]], 1);", "g[3] = 3"),
        ("y ~ normal(mu[3], 1);", "3"),
        ("for (n in 1:N) y[n] ~ normal(mu[n], 1);", "n = 3"),
        ("for (n in 1:N) y[n] ~ normal(y[n - 1] * mu[1], 1);", "n - 1 = 0"),
    ],
)
def test_an_index_out_of_range_is_named(model, got):
    values = {"J": 2, "g": [1, 2, 3], "y": [1, 2, 3]}
    error = refusal(GROUPS, "vector[J] mu;", model, values)
    assert error.got == got
    assert "line 4 of study.stan" in error.where


@pytest.mark.parametrize(
    "model",
    [
        "for (n in 1:N) if (n > 1) y[n] ~ normal(y[n - 1], mu[1]);",
        "for (n in 1:N) if (g[n] <= J) y[n] ~ normal(mu[g[n]], 1);",
        "for (n in 1:N) { if (n > 2) break; y[n] ~ normal(mu[n], 1); }",
        "for (n in 1:N) y[n] ~ normal(g[n] <= J ? mu[g[n]] : 0, 1);",
        "for (n in 1:N) if (mu[1] > 0) y[n] ~ normal(mu[g[n]], 1);",
        "int k = 0; for (n in 1:2) { k += 1; y[n] ~ normal(mu[k], 1); }",
        "for (n in 1:N) target += log_mix(0.5, gamma_lpdf(y[n] - 2 | mu[1]^2, 1), 0);",
        "while (mu[1] < 0) y ~ normal(mu[g], 1);",
        "for (n in 3:N) y[n] ~ normal(mu[n - 2], 1);",
        "y[2:1] ~ normal(mu[3:2], 1);",
    ],
)
def test_what_may_never_run_is_not_refused(model):
    values = {"J": 2, "g": [1, 2, 3], "y": [1, 2, 3]}
    build(GROUPS, "vector[J] mu;", model, values)


def test_a_branch_on_data_is_followed():
    data = "int N; array[N] int seen; vector[N] y;"
    model = "for (n in 1:N) if (seen[n]) y[n] ~ gamma(a, b); else y[n] ~ normal(a, b);"
    build(data, TWO, model, {"seen": [1, 0], "y": [1, -1]})
    error = refusal(data, TWO, model, {"seen": [0, 1], "y": [1, -1]})
    assert error.got == "y[2] = -1"


def test_an_argument_that_no_density_takes_is_named():
    data = "int J; vector[J] y; vector[J] se;"
    error = refusal(data, "vector[J] m;", "y ~ normal(m, se);", {"y": [1, 2], "se": [1, 0]})
    assert error.got == "se[2] = 0"
    assert "no argument for the normal" in error.what


def test_a_category_beyond_the_cut_points_is_named():
    data = "int N; int K; array[N] int y;"
    parameters = "ordered[K - 1] c; real m;"
    model = "for (n in 1:N) y[n] ~ ordered_logistic(m, c);"
    build(data, parameters, model, {"K": 3, "y": [1, 3]})
    error = refusal(data, parameters, model, {"K": 3, "y": [1, 4]})
    assert error.got == "y[2] = 4"


def test_a_distribution_of_the_user_is_the_users():
    code = (
        "functions { real gamma2_lpdf(real y, real a) { return -a * square(y); } }"
        "data { real y; } parameters { real a; } model { y ~ gamma2(a); }"
    )
    ModelData.build(Program.from_string(code), {"y": -1.0})
