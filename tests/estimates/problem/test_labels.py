"""Labels from the data frame, and parameters without a proper prior."""

from __future__ import annotations

import pandas as pd

import bayeswrap as bw

CODE = (
    "data { int N; int K; matrix[N, K] X; vector[N] y; }"
    "parameters { vector[K] beta; real<lower=0> sigma; }"
    "model { beta ~ normal(0, 1); sigma ~ exponential(1); y ~ normal(X * beta, sigma); }"
)
FRAME = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [0.0, 1, 0, 1], "out": [1.0, 2, 2, 4]})


def test_coefficients_take_the_names_of_the_columns():
    program = bw.Program.from_string(CODE, name="t")
    made = bw.Model(program, FRAME, engine="stanli", y="out", X=["1", "a", "b"])

    assert made.map(seed=1).labels == {
        "beta[1]": "beta[(Intercept)]",
        "beta[2]": "beta[a]",
        "beta[3]": "beta[b]",
    }


def test_two_matrices_of_one_size_give_no_labels():
    code = CODE.replace("vector[N] y;", "matrix[N, K] Z; vector[N] y;")
    made = bw.Model(
        bw.Program.from_string(code, name="t"),
        FRAME,
        engine="stanli",
        y="out",
        X=["a", "b"],
        Z=["b", "a"],
    )

    assert made.map(seed=1).labels == {}
