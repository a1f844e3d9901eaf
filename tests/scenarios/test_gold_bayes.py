"""Conjugate programs: MLE, both MAPs, standard errors and posterior against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.results.status import Status

SMOOTH = [
    "beta_binomial_7_of_10",
    "dirichlet_multinomial_3",
    "exponential_gamma_small",
    "gamma_poisson_small",
    "nig_regression_line",
    "normal_known_variance",
]
GAUSSIAN = ["hierarchical_normal_known_tau", "ridge_diabetes_0p04"]


def parameters(numbers, model):
    names = [v.name for v in model.program.variables_in("parameters")]
    return {n: np.asarray(numbers[n], dtype=float) for n in names}


@pytest.mark.parametrize("name", SMOOTH)
def test_mle_and_its_log_likelihood(gold_model, name):
    model, numbers = gold_model(f"bayes/{name}")

    mle = model.mle(seed=1)

    for variable, value in parameters(numbers["mle"], model).items():
        np.testing.assert_allclose(mle[variable], value, rtol=1e-9)
    assert mle.log_likelihood == pytest.approx(numbers["mle"]["loglik"], rel=1e-8)
    assert mle.status is Status.CONVERGED
    assert mle.scale is None


@pytest.mark.parametrize("name", SMOOTH)
def test_standard_errors(gold_model, name):
    model, numbers = gold_model(f"bayes/{name}")

    mle = model.mle(seed=1)

    exact = numbers["mle"]
    variables = [v.name for v in model.program.variables_in("parameters")]
    for variable in variables:
        expected = exact.get(f"se_{variable}", exact.get("se"))
        found = mle.layout.take(mle.spread, variable)
        np.testing.assert_allclose(found, expected, rtol=1e-4)


@pytest.mark.parametrize("name", [*SMOOTH, "hierarchical_normal_known_tau"])
@pytest.mark.parametrize("scale", ["constrained", "unconstrained"])
def test_both_modes(gold_model, name, scale):
    model, numbers = gold_model(f"bayes/{name}")

    mode = model.map(scale, seed=1)

    for variable, value in parameters(numbers[f"map_{scale}"], model).items():
        np.testing.assert_allclose(mode[variable], value, rtol=1e-9)
    assert str(mode.scale) == scale
    assert "sd_laplace" in mode.to_frame()


def test_ridge_is_a_map(gold_model):
    model, numbers = gold_model("bayes/ridge_diabetes_0p04")

    np.testing.assert_allclose(model.map(seed=1)["beta"], numbers["map"]["beta"], rtol=1e-9)
    np.testing.assert_allclose(model.mle(seed=1)["beta"], numbers["mle_ols"]["beta"], rtol=1e-9)


def test_lasso_has_no_smooth_maximum(gold_model):
    model, numbers = gold_model("bayes/lasso_diabetes_0p2262")

    mode = model.map(seed=1)

    exact = np.array(numbers["map"]["beta"])
    assert mode.status is Status.NONSMOOTH
    np.testing.assert_array_equal(mode["beta"] == 0, exact == 0)
    np.testing.assert_allclose(mode["beta"], exact, rtol=1e-9)
    spread = mode.layout.take(mode.spread, "beta")
    assert np.isnan(spread[exact == 0]).all()
    assert "kink" in mode.notes["beta[1]"]


def test_joint_mle_of_a_hierarchy_is_refused(gold_model):
    model, _ = gold_model("bayes/hierarchical_normal_known_tau")

    with pytest.raises(EstimandError, match=r"theta ~ normal\(mu, tau\)"):
        model.mle()


def test_joint_mle_on_request_carries_its_warning(gold_model):
    model, _ = gold_model("bayes/hierarchical_normal_known_tau")

    joint = model.mle(joint=True, seed=1)

    # likelihood and population together: mu is the precision-weighted mean of its effects
    assert any("joint maximum" in w for w in joint.warnings)
    assert joint["mu"] == pytest.approx(joint["theta"].mean(), rel=1e-6)


@pytest.mark.parametrize("name", ["six_valued_uniform", "six_valued_nonuniform"])
def test_six_values_are_enumerated(gold_model, name):
    model, numbers = gold_model(f"bayes/{name}")

    found = model.enumerate()

    assert found.mle == frozenset(numbers["mle_set"])
    assert found.map == frozenset(numbers["map_set"])
    np.testing.assert_allclose(found.posterior, numbers["posterior"], rtol=1e-12)
    assert found.posterior_mean == pytest.approx(numbers["posterior_mean"], rel=1e-12)
    assert found.log_marginal_likelihood == pytest.approx(
        numbers["log_marginal_likelihood"], rel=1e-12
    )


def test_discrete_programs_have_no_mode_by_optimization(gold_model):
    model, _ = gold_model("bayes/six_valued_uniform")

    for verb in (model.mle, model.map):
        with pytest.raises(EstimandError, match="no continuous parameters"):
            verb()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SMOOTH, "hierarchical_normal_known_tau"])
def test_sampled_means(gold_model, name):
    model, numbers = gold_model(f"bayes/{name}")

    table = model.sample(seed=20, show_progress=False).to_frame()

    for variable in (v.name for v in model.program.variables_in("parameters")):
        exact = np.atleast_1d(numbers["posterior"][variable])
        rows = table.loc[[n for n in table.index if n.split("[")[0] == variable]]
        for (_, row), value in zip(rows.iterrows(), exact, strict=True):
            assert abs(row["mean"] - value["mean"]) < 4 * row["mcse_mean"]
            assert abs(row["sd"] - value["sd"]) < 4 * row["mcse_sd"]
