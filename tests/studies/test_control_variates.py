from __future__ import annotations

import numpy as np

import bayeswrap as bw
from bayeswrap.studies.control_variates import posterior_summary

GAUSSIAN = bw.Program.from_string(
    """
    data { vector[2] m; matrix[2, 2] S; }
    parameters { vector[2] x; }
    model { x ~ multi_normal(m, S); }""",
    name="gaussian",
)
DATA = {"m": [1.0, -2.0], "S": [[2.0, 0.9], [0.9, 1.0]]}


def test_means_of_a_gaussian_are_exact():
    model = bw.Model(GAUSSIAN, DATA, engine="stanli", roles={"4": "prior"})
    draws = model.sample(seed=1, iter_sampling=300, show_progress=False)
    table = posterior_summary(model, draws, ["x[1]", "x[2]"])
    np.testing.assert_allclose(table["mean"], [1, -2], atol=1e-9)
    plain = draws.to_frame()
    assert (np.abs(plain["mean"] - [1, -2]) > 1e-4).all()
    np.testing.assert_array_equal(table["sd"], plain["sd"])


def test_a_density_with_an_edge_keeps_its_plain_mean():
    # x is declared without its bound, so the gradient knows nothing of the edge at 0
    program = bw.Program.from_string(
        'parameters { real x; } model { if (x < 0) reject("x"); target += -x; }', name="edge"
    )
    model = bw.Model(program, engine="stanli", roles={"1": "prior"})
    proper = bw.Program.from_string(
        "parameters { real<lower=0> x; } model { x ~ exponential(1); }", name="proper"
    )
    draws = bw.Model(proper, engine="stanli").sample(seed=1, show_progress=False)
    table = posterior_summary(model, draws, ["x"])
    assert table["mean"].tolist() == draws.to_frame()["mean"].tolist()


def test_few_draws_of_many_parameters_are_left_as_they_are():
    model = bw.Model(GAUSSIAN, DATA, engine="stanli", roles={"4": "prior"})
    draws = model.sample(seed=1, chains=2, iter_sampling=20, show_progress=False)
    table = posterior_summary(model, draws, ["x[1]"])
    assert table["mean"]["x[1]"] == draws.to_frame()["mean"]["x[1]"]
