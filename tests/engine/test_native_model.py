from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.engine.native_model import NativeModel
from bayeswrap.engine.stanli import _library, translate

CODE = "data { int N; } parameters { real m; real<lower=0> s; } model { m ~ normal(N, s); }"


@pytest.fixture(scope="module")
def model():
    return NativeModel(_library(), translate(CODE, "m").encode(), b'{"N": 2}')


def test_value_and_gradient(model):
    value, gradient = model.evaluate(np.array([3.0, 0.5]))

    z = (3 - 2) / np.exp(0.5)
    assert value == pytest.approx(-0.5 - z**2 / 2 + 0.5)  # the log Jacobian is 0.5
    np.testing.assert_allclose(gradient, [-z / np.exp(0.5), -1 + z**2 + 1])


def test_a_refused_point(model):
    assert model.evaluate(np.array([3.0, -800.0])) is None


def test_a_position_of_another_length(model):
    with pytest.raises(ValueError, match="2 coordinates"):
        model.evaluate(np.zeros(3))


def test_data_that_do_not_fit():
    with pytest.raises(RuntimeError, match="N"):
        NativeModel(_library(), translate(CODE, "m").encode(), b"{}")
