from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from scipy.optimize import minimize_scalar

from bayeswrap.predictions.effect_uncertainty import with_effect_uncertainty
from bayeswrap.predictions.prediction import predict

GROUPS, EACH, SIGMA, TAU = 6, 5, 1.3, 0.8


def one_way():
    rng = np.random.default_rng(3)
    u = rng.normal(0, TAU, GROUPS)
    data = pd.DataFrame(
        {
            "g": np.repeat([f"g{j}" for j in range(GROUPS)], EACH),
            "y": 2 + np.repeat(u, EACH) + rng.normal(0, SIGMA, GROUPS * EACH),
        }
    )
    shrinkage = TAU**2 / (TAU**2 + SIGMA**2 / EACH)
    mu = float(data.y.mean())
    effects = (shrinkage * (data.groupby("g").y.mean() - mu)).to_numpy()
    values = {"alpha": mu, "sd_g": [TAU], "r_g": effects, "sigma": SIGMA}
    return data, values


def henderson():
    """Return the covariance of (mu, u - u_hat) by Henderson's mixed model equations."""
    c = np.zeros((GROUPS + 1, GROUPS + 1))
    c[0, 0], c[0, 1:], c[1:, 0] = GROUPS * EACH, EACH, EACH
    c[1:, 1:] = EACH * np.eye(GROUPS)
    c /= SIGMA**2
    c[1:, 1:] += np.eye(GROUPS) / TAU**2
    return np.linalg.inv(c)


@pytest.mark.parametrize("latent", [("z_g",), ("alpha", "z_g")])
def test_a_normal_layout_has_the_errors_of_mixed_model_equations(latent):
    data, values = one_way()
    variance = (SIGMA**2 / EACH + TAU**2) / GROUPS if latent == ("z_g",) else 0.0
    fit = fitted(
        Formula("y", [], {"g": ["Intercept"]}), data, "gaussian", values, np.array([[variance]])
    )
    points = with_effect_uncertainty(fit.regression, fit.points, latent)
    v = henderson()
    covariance = points.root @ points.root.T
    places = [points.layout.names.index(n) for n in ("alpha", "r_g[1]", "r_g[2]")]
    np.testing.assert_allclose(covariance[np.ix_(places, places)], v[:3, :3], rtol=1e-6)
    whole = replace(fit, points=points)
    error = np.sqrt(v[0, 0] + v[1, 1] + 2 * v[0, 1])
    np.testing.assert_allclose(predict(whole).se, error, rtol=1e-6)
    np.testing.assert_allclose(predict(whole, groups="exclude").se, np.sqrt(v[0, 0]), rtol=1e-6)


def test_a_mode_moves_with_the_deviation_of_groups():
    """A count: the mode of the effect is differentiated by hand."""
    data = pd.DataFrame({"g": ["a", "a", "b"], "k": [4.0, 6.0, 1.0]})

    def mode(total, rows, alpha, sd):
        def negative(r):
            return rows * np.exp(alpha + r) - total * r + 0.5 * (r / sd) ** 2

        return minimize_scalar(
            negative, bounds=(-5, 5), method="bounded", options={"xatol": 1e-12}
        ).x

    alpha, sd = 1.0, 0.7
    modes = [mode(10, 2, alpha, sd), mode(1, 1, alpha, sd)]
    values = {"alpha": alpha, "sd_g": [sd], "r_g": modes}
    formula = Formula("k", [], {"g": ["Intercept"]})
    fit = fitted(formula, data, "poisson", values, np.diag([0.0, 0.09]))
    points = with_effect_uncertainty(fit.regression, fit.points, ("z_g",))
    covariance = points.root @ points.root.T
    place = points.layout.names.index("r_g[1]")
    # given the estimates: 1 / (sum of means + 1 / sd^2), and the shift of the mode with sd
    conditional = 1 / (2 * np.exp(alpha + modes[0]) + 1 / sd**2)
    h = 1e-4
    shift = (mode(10, 2, alpha, sd + h) - mode(10, 2, alpha, sd - h)) / (2 * h)
    assert covariance[place, place] == pytest.approx(conditional + (shift * 0.3) ** 2, rel=1e-4)


def test_effects_without_a_deviation_have_none_themselves():
    data, values = one_way()
    values |= {"sd_g": [0.0], "r_g": np.zeros(GROUPS)}
    fit = fitted(
        Formula("y", [], {"g": ["Intercept"]}), data, "gaussian", values, np.array([[0.05]])
    )
    points = with_effect_uncertainty(fit.regression, fit.points, ("z_g",))
    np.testing.assert_allclose(predict(replace(fit, points=points)).se, np.sqrt(0.05), rtol=1e-9)


def test_nothing_is_added_where_nothing_was_integrated_out():
    data, values = one_way()
    fit = fitted(Formula("y", [], {"g": ["Intercept"]}), data, "gaussian", values)
    assert with_effect_uncertainty(fit.regression, fit.points, ()) is fit.points
