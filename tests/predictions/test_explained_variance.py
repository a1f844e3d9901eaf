from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from fixtures.marginaleffects_models import DATA, model_with_numbers

from bayeswrap.errors import UsageError
from bayeswrap.predictions.explained_variance import intraclass_correlation, r_squared
from bayeswrap.predictions.prediction import predict

X = np.column_stack([np.ones(len(DATA)), DATA.x, DATA.z])
BETA = np.linalg.lstsq(X, DATA.y, rcond=None)[0]
SIGMA = float(np.sqrt(((DATA.y - X @ BETA) ** 2).mean()))
VALUES = {"alpha": BETA[0], "beta": BETA[1:], "sigma": SIGMA}


def test_the_estimate_of_a_normal_outcome_has_the_usual_r2():
    fit = fitted(Formula("y", ["x", "z"]), DATA, "gaussian", VALUES, np.eye(4) * 1e-3)
    found = r_squared(fit).estimate["R2"]
    assert found == pytest.approx(1 - SIGMA**2 / DATA.y.var(ddof=0), rel=1e-10)


def test_draws_have_the_bayesian_r2():
    rng = np.random.default_rng(1)
    here = np.array([*BETA, SIGMA])
    draws = rng.normal(here, 0.05, size=(300, 4))
    fit = fitted(Formula("y", ["x", "z"]), DATA, "gaussian", VALUES, draws=draws)
    explained = (draws[:, :3] @ X.T).var(axis=1, ddof=1)
    expected = explained / (explained + draws[:, 3] ** 2)
    assert r_squared(fit).estimate["R2"] == pytest.approx(expected.mean(), rel=1e-10)


def test_a_binary_outcome_has_the_variance_of_its_probabilities():
    fit, _ = model_with_numbers("logit")
    p = predict(fit).estimate
    expected = p.var(ddof=0) / (p.var(ddof=0) + (p * (1 - p)).mean())
    assert r_squared(fit).estimate["R2"] == pytest.approx(expected, rel=1e-10)


# the maximum likelihood estimate of lme4 1.1-31 for Reaction by Days with slopes by Subject, data
# sleepstudy, with r2_nakagawa() and icc() of the R package performance 0.10.2
DAYS = pd.DataFrame(
    {
        "Days": np.tile(np.arange(10.0), 18),
        "Subject": np.repeat([f"s{i:02d}" for i in range(18)], 10),
        "Reaction": 0.0,
    }
)
SLEEP = {
    "alpha": 251.4051048485,
    "beta": [10.4672859596],
    "sd_Subject": [23.7797595894580, 5.7167985139283],
    "L_Subject": np.linalg.cholesky([[1, 0.0813210934266], [0.0813210934266, 1]]),
    "r_Subject": np.zeros((18, 2)),
    "sigma": 25.5919070364870,
}


def sleep_fit(covariance=None):
    formula = Formula("Reaction", ["Days"], {"Subject": ["Intercept", "Days"]})
    return fitted(formula, DAYS, "gaussian", SLEEP, covariance)


def test_random_slopes_have_the_r2_and_icc_of_performance():
    table = r_squared(sleep_fit())
    assert table.estimate["conditional R2"] == pytest.approx(0.792758573300, rel=1e-9)
    assert table.estimate["marginal R2"] == pytest.approx(0.287615889402, rel=1e-9)
    table = intraclass_correlation(sleep_fit())
    assert table.estimate["adjusted"] == pytest.approx(0.709087522284, rel=1e-9)
    assert table.estimate["unadjusted"] == pytest.approx(0.505142683898, rel=1e-9)


def test_a_binomial_outcome_has_the_latent_variance():
    """Compare with performance on lme4's fit of cbpp: incidence of 56 rows by period and herd."""
    # the rows of a period: 15, 14, 14, 13 of the 56
    counts = {"1": 15, "2": 14, "3": 14, "4": 13}
    rows = [p for p, n in counts.items() for _ in range(n)]
    data = pd.DataFrame({"p": rows, "herd": "h", "k": 0.0, "n": 1.0})
    values = {
        "alpha": -1.398342864471,
        "beta": [-0.991924974976, -1.128216215943, -1.579745413649],
        "sd_herd": [0.642069927729],
        "r_herd": [0.0],
    }
    formula = Formula("k", ["p[2]", "p[3]", "p[4]"], {"herd": ["Intercept"]}, trials="n")
    fit = fitted(formula, data, "binomial", values)
    found = intraclass_correlation(fit).estimate
    assert found["adjusted"] == pytest.approx(0.111356081825, rel=1e-9)
    assert found["unadjusted"] == pytest.approx(0.101850373825, rel=1e-6)
    table = r_squared(fit).estimate
    assert table["marginal R2"] == pytest.approx(0.0853631687143, rel=1e-6)
    assert table["conditional R2"] == pytest.approx(0.1872135425390, rel=1e-6)


def test_the_error_of_an_icc_is_that_of_the_delta_method():
    data = pd.DataFrame({"g": ["a", "b"], "y": [1.0, 2.0]})
    t, s = 0.8, 1.3
    values = {"alpha": 0.0, "sd_g": [t], "sigma": s, "r_g": [0.0, 0.0]}
    fit = fitted(
        Formula("y", [], {"g": ["Intercept"]}), data, "gaussian", values, np.diag([0, 0.01, 0.02])
    )
    row = intraclass_correlation(fit).loc["adjusted"]
    total = t**2 + s**2
    slopes = np.array([2 * t * s**2, -2 * s * t**2]) / total**2
    assert row.estimate == pytest.approx(t**2 / total)
    assert row.se == pytest.approx(np.sqrt(slopes**2 @ [0.01, 0.02]), rel=1e-9)
    assert 0 < row.ci_lower < row.estimate < row.ci_upper < 1


def test_a_count_has_the_lognormal_variance():
    data = pd.DataFrame({"g": ["a", "b"], "k": [1.0, 2.0]})
    values = {"alpha": 0.4, "sd_g": [0.8], "r_g": [0.0, 0.0]}
    fit = fitted(Formula("k", [], {"g": ["Intercept"]}), data, "poisson", values)
    level = np.log1p(1 / np.exp(0.4 + 0.32))
    found = intraclass_correlation(fit).estimate["adjusted"]
    assert found == pytest.approx(0.64 / (0.64 + level), rel=1e-10)


def test_several_factors_have_a_share_each():
    data = pd.DataFrame({"g": ["a", "b"], "h": ["u", "v"], "y": [1.0, 2.0]})
    values = {
        "alpha": 0.0,
        "sd_g": [2.0],
        "r_g": [0.0, 0.0],
        "sd_h": [1.0],
        "r_h": [0.0, 0.0],
        "sigma": 1.0,
    }
    formula = Formula("y", [], {"g": ["Intercept"], "h": ["Intercept"]})
    table = intraclass_correlation(fitted(formula, data, "gaussian", values))
    assert table.estimate["adjusted, g"] == pytest.approx(4 / 6)
    assert table.estimate["adjusted, h"] == pytest.approx(1 / 6)


def test_what_has_no_formula_is_named():
    with pytest.raises(UsageError, match="one of groups"):
        intraclass_correlation(model_with_numbers("logit")[0])
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["low", "mid", "top"]})
    formula = Formula("y", ["x"], levels=["low", "mid", "top"])
    fit = fitted(formula, data, "cumulative", {"beta": [0.7], "c": [-0.5, 1.0]})
    with pytest.raises(UsageError, match="no variance"):
        r_squared(fit)
