"""The in-process density: transforms, values, errors."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.budget import Budget
from bayeswrap.engine.stanli import InProcessDensity, sample_in_process, translate
from bayeswrap.errors import DataError, EngineError, OutOfTimeError

CODE = """
data { int N; vector[N] y; }
parameters { real mu; real<lower=0> sigma; simplex[3] w; }
transformed parameters { real var2 = sigma^2; }
model { y ~ normal(mu, sigma); }
generated quantities { real z = normal_rng(0, 1); }
"""


@pytest.fixture(scope="module")
def density():
    mir = translate(CODE, "m")
    return InProcessDensity(mir=mir, data='{"N": 2, "y": [1.0, 2.0]}', name="m")


def test_names_and_coordinates(density):
    assert density.names() == ("mu", "sigma", "w[1]", "w[2]", "w[3]")
    assert density.names(derived=True)[-2:] == ("var2", "z")
    assert density.coordinates == ("mu", "sigma", "w[1]", "w[2]")
    assert density.dimension == 4


def test_value_and_gradient(density):
    q = np.array([1.0, np.log(2.0), 0.0, 0.0])

    value, gradient = density.evaluate(q)
    h = 1e-6
    numeric = [
        (density.evaluate(q + h * e)[0] - density.evaluate(q - h * e)[0]) / (2 * h)
        for e in np.eye(4)
    ]

    assert np.isfinite(value)
    np.testing.assert_allclose(gradient, numeric, atol=1e-7)


def test_constrain_and_back(density):
    q = np.array([0.3, -0.7, 0.2, 0.9])
    values = density.constrain(q)

    again = density.unconstrain({"mu": values[0], "sigma": values[1], "w": values[2:]})

    np.testing.assert_allclose(again, q, rtol=1e-12)
    assert values[2:].sum() == pytest.approx(1)


def test_random_quantities_follow_the_seed(density):
    q = np.zeros(4)
    first, again, other = (density.constrain(q, derived=True, seed=s)[-1] for s in (1, 1, 2))

    assert first == again
    assert first != other


def test_wrong_data_are_told():
    with pytest.raises(DataError, match="refuses the data"):
        InProcessDensity(mir=translate(CODE, "m"), data='{"N": 3, "y": [1.0]}', name="m")


def test_values_outside_the_support(density):
    with pytest.raises(DataError, match="do not fit"):
        density.unconstrain({"mu": 0.0, "sigma": -1.0, "w": [0.2, 0.3, 0.5]})


def test_a_program_that_it_cannot_translate():
    with pytest.raises(EngineError, match="cannot take"):
        translate("parameters { real x }", "m")


def test_a_point_without_density_is_minus_infinity():
    code = 'parameters { real x; } model { if (x > 0) reject("no"); x ~ normal(0, 1); }'
    density = InProcessDensity(mir=translate(code, "m"), data="{}", name="m")

    assert density.evaluate(np.array([1.0]))[0] == -np.inf
    assert np.isfinite(density.evaluate(np.array([-1.0]))[0])


def test_sampling_in_process():
    mir = translate("parameters { real x; } model { x ~ normal(3, 1); }", "m")

    found = sample_in_process(
        mir, "{}", seed=1, inits=None, options={"chains": 2, "warmup": 200, "samples": 200}
    )

    assert found.draws.shape == (2, 200, 1)
    assert abs(found.draws.mean() - 3) < 0.3
    assert "divergent__" in found.method_names


def test_an_evaluation_looks_at_the_budget(density):
    q = np.zeros(4)
    with Budget.of(0).in_force():
        for ask in (density.evaluate, density.value, density.constrain):
            with pytest.raises(OutOfTimeError):
                ask(q)
    assert np.isfinite(density.value(q))
