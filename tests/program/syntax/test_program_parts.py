from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.program.syntax.program_parts import (
    derives_quantities,
    parameters_alone,
    without_statements_of,
)

CODE = """
functions { real half(real x) { return x / 2; } }
data { int N, K; int<lower=0> J; matrix[N, K] X; vector[N] y; real<lower=0> c; }
transformed data { real upper_end = half(c); vector[N] z = y; }
parameters { vector[K] b; real<lower=0, upper=upper_end> s; }
transformed parameters { vector[N] eta = X * b; }
model { b ~ normal(0, c); y ~ normal(eta, s); }
"""


def test_data_stay_that_the_parameters_or_what_they_read_is_made_of():
    assert parameters_alone(CODE).data == {"N", "K", "c", "y"}  # all transformed data
    assert parameters_alone(CODE.replace("upper=upper_end", "upper=c")).data == {"N", "K", "c"}


@pytest.mark.parametrize("code", [CODE, "parameters { real a; } model { }", "model { }"])
def test_stanc_takes_what_is_left(code):
    bw.Program.from_string(parameters_alone(code).text)


def test_a_prior_does_not_read_the_outcomes():
    program = bw.Program.from_string(CODE.replace("vector[N] z = y;", ""))
    data = {"X": np.eye(2), "y": [0.0, 1.0], "J": 0, "c": 4.0}
    source = bw.Model(program, data, engine="stanli").bound.source

    part = without_statements_of(source.text, source.weight_of("likelihood"))

    assert not part.data & {"y", "J"}
    assert {"X", "c", source.weight_of("prior")} <= part.data
    bw.Program.from_string(part.text)


def test_an_empty_block_derives_nothing():
    assert derives_quantities(CODE)
    assert not derives_quantities("parameters { real a; } model { } generated quantities { }")
