"""What is not identified, in words, and what is identified all the same."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.results.status import Status

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
X = np.arange(8.0) ** 1.5


@pytest.mark.parametrize(
    ("mean", "identified", "free"),
    [
        ("b[1] + x * (b[2] + 2 * b[3])", "only b[2] + 2 b[3] is identified", "2 b[2] - b[3]"),
        ("b[1] + x * (b[2] - 1.5 * b[3])", "only 2 b[2] - 3 b[3] is identified", "3 b[2] + 2 b[3]"),
        ("b[1] + b[2] + x * b[3]", "only b[1] + b[2] is identified", "b[1] - b[2]"),
        ("b[1] + x + b[2] + b[3]", "only b[1] + b[2] + b[3] is identified", "b[1] - b[3]"),
        ("b[1] + x * (b[2] + 0.7385 * b[3])", "only b[2] + 0.7385 b[3] is", "b[2] - 1.354 b[3]"),
    ],
)
def test_flat_directions_in_words(model, mean, identified, free):
    code = (
        "data { int N; vector[N] x; vector[N] y; } parameters { vector[3] b; real<lower=0> s; }"
        f"model {{ y ~ normal({mean}, s); }}"
    )
    ridge = model(code, N=8, x=X, y=Y).mle(seed=1, require_converged=False)

    found = ridge.flat_directions()

    assert ridge.status is Status.FLAT
    assert found
    assert str(found).startswith(identified)
    assert free in found.free
    # along them the information is nothing
    information = ridge.information().to_numpy()
    bend = np.einsum("mi,ij,mj->m", found.directions, information, found.directions)
    assert np.abs(bend).max() < 1e-6 * np.abs(information).max()


def test_a_dummy_variable_trap(model):
    dummies = np.repeat(np.eye(3), [3, 2, 3], axis=0)
    code = (
        "data { int N; matrix[N, 4] X; vector[N] y; } parameters { vector[4] b; real<lower=0> s; }"
        "model { y ~ normal(X * b, s); }"
    )
    ridge = model(code, N=8, X=np.column_stack([np.ones(8), dummies]), y=Y)

    found = ridge.mle(seed=1, require_converged=False).flat_directions()

    assert found.free == ("b[1] - b[2] - b[3] - b[4]",)
    assert found.identified == ("b[1] + b[4]", "b[2] - b[4]", "b[3] - b[4]")
    assert " are identified" in str(found)


def test_a_product_on_the_scale_of_its_logarithms(model):
    code = (
        "data { array[3] int y; } parameters { real<lower=0> a; real<lower=0> b; }"
        "model { y ~ poisson(a * b); }"
    )
    ridge = model(code, y=[3, 4, 2]).mle(seed=1, require_converged=False)

    assert ridge.flat_directions().identified == ("log(a) + log(b)",)


def test_nothing_is_flat_at_an_ordinary_maximum(gaussian_mle):
    found = gaussian_mle.flat_directions()

    assert not found
    assert found.free == found.identified == ()
    assert "every direction has curvature" in str(found)


def test_a_parameter_that_nothing_reaches_is_free(model):
    code = (
        "data { vector[8] y; } parameters { real m; real t; }"
        "model { t ~ normal(0, 1); y ~ normal(m, 1); }"
    )
    found = model(code, y=Y).mle(seed=1).flat_directions()

    assert found.free == ("t",)
    assert str(found) == "not identified: t"
