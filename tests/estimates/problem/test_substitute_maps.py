from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import DataError
from bayeswrap.estimates.problem.substitute_maps import SubstituteMaps
from bayeswrap.program.syntax.substitute_parameters import substituted_parameters

CODE = """
parameters {
  row_stochastic_matrix[2, 3] G;
  column_stochastic_matrix[3, 2] H;
  array[2] complex z;
  tuple(real<lower=0>, vector[2]) t;
}
model { }
"""


@pytest.fixture(scope="module")
def maps():
    part, substitutes = substituted_parameters(CODE)
    inner = InProcessDensity(translate(part.text, "m"), "{}", "m")
    return SubstituteMaps(inner, substitutes)


@pytest.fixture(scope="module")
def q(maps):
    return np.random.default_rng(1).normal(size=maps.dimension)


def test_scalars_are_named_in_the_order_of_stans_files(maps):
    assert maps.names() == (
        *(f"G[{i},{j}]" for j in (1, 2, 3) for i in (1, 2)),
        *(f"H[{i},{j}]" for j in (1, 2) for i in (1, 2, 3)),
        *("z[1].real", "z[1].imag", "z[2].real", "z[2].imag"),
        *("t.1", "t.2[1]", "t.2[2]"),
    )


def test_values(maps, q):
    values = dict(zip(maps.names(), maps.constrain(q), strict=True))

    for i in (1, 2):
        assert sum(values[f"G[{i},{j}]"] for j in (1, 2, 3)) == pytest.approx(1)
        assert sum(values[f"H[{j},{i}]"] for j in (1, 2, 3)) == pytest.approx(1)
    assert values["t.1"] == pytest.approx(np.exp(q[-3]))
    # complex numbers lie one after the other
    np.testing.assert_allclose([values["z[1].imag"], values["z[2].real"]], q[[9, 10]])


def test_a_stochastic_matrix_lies_by_columns(maps, q):
    assert maps.coordinates[:4] == ("G[1,1]", "G[2,1]", "G[1,2]", "G[2,2]")
    moved = q.copy()
    moved[2] += 0.1  # of the first row

    changed = maps.constrain(moved) != maps.constrain(q)

    assert {n for n, c in zip(maps.names(), changed, strict=True) if c} <= {
        "G[1,1]",
        "G[1,2]",
        "G[1,3]",
    }


def test_the_gradient_of_the_log_jacobian(maps, q):
    gradient, step = maps.evaluate(q)[1], 1e-6 * np.eye(q.size)

    slopes = [(maps.value(q + h) - maps.value(q - h)) / 2e-6 for h in step]
    np.testing.assert_allclose(gradient, slopes, atol=1e-7)


def test_there_and_back(maps, q):
    x = maps.constrain(q)
    values = {
        "G": x[:6].reshape(3, 2).T,
        "H": x[6:12].reshape(2, 3).T,
        "z": np.array([complex(*x[12:14]), complex(*x[14:16])]),
        "t": (x[16], x[17:]),
    }

    np.testing.assert_allclose(maps.unconstrain_scalars(x), q, atol=1e-12)
    np.testing.assert_allclose(maps.unconstrain(values), q, atol=1e-12)
    with pytest.raises(DataError, match="do not fit"):
        maps.unconstrain({**values, "t": (1.0,)})
