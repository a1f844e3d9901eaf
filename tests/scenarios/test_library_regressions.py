"""Reference numbers of the Gaussian and regression entries, derived a second time with scipy."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from scipy import special, stats

from bayeswrap.program_library import library

if TYPE_CHECKING:
    from collections.abc import Callable

    Vector = np.ndarray[Any, np.dtype[np.float64]]

# a product rule: nodes in each dimension, and how much wider than the curvature at the mode
NODES = {
    "gaussian_mean_sd": (60, 2.0),  # eight observations: the tail of sigma is heavy
    "gaussian_mean_variance": (60, 2.0),
    "linear_regression": (8, 1.0),
    "logistic_regression": (6, 1.0),
    "poisson_regression": (6, 1.0),
}
REGRESSIONS = tuple(name for name in NODES if name.endswith("regression"))


class Densities(NamedTuple):
    """A model written down once more: elements, log densities, and which are positive."""

    names: list[str]
    log_lik: Callable[[Vector], float]
    log_prior: Callable[[Vector], float]
    positive: list[int]


def _gaussian(data: dict[str, Any], *, variance: bool) -> Densities:
    scale = data["sigma_prior_scale"]

    def sigma(p: Vector) -> float:
        return np.sqrt(p[1]) if variance else p[1]

    def prior(p: Vector) -> float:
        mean = stats.norm.logpdf(p[0], data["mu_prior_mean"], data["mu_prior_sd"])
        if variance:
            return mean + stats.chi2.logpdf(p[1] / scale**2, df=1) - np.log(scale**2)
        return mean + stats.norm.logpdf(p[1], 0, scale)

    names = ["mu", "sigma_squared" if variance else "sigma"]
    return Densities(
        names, lambda p: stats.norm.logpdf(data["y"], p[0], sigma(p)).sum(), prior, [1]
    )


def _linear(data: dict[str, Any]) -> Densities:
    design = _design(data)
    center = np.r_[data["alpha_prior_mean"], np.zeros(design.shape[1] - 1)]
    spread = np.r_[data["alpha_prior_sd"], data["beta_prior_sd"]]

    def prior(p: Vector) -> float:
        sigma = stats.expon.logpdf(p[-1], scale=data["sigma_prior_mean"])
        return stats.norm.logpdf(p[:-1], center, spread).sum() + sigma

    def log_lik(p: Vector) -> float:
        return stats.norm.logpdf(data["y"], design @ p[:-1], p[-1]).sum()

    names = [*_coefficients(design), "sigma"]
    return Densities(names, log_lik, prior, [len(names) - 1])


def _logistic(data: dict[str, Any]) -> Densities:
    design, sign = _design(data), 2 * data["y"] - 1

    def prior(p: Vector) -> float:
        return stats.norm.logpdf(p, 0, 2.5).sum()

    return Densities(
        _coefficients(design), lambda p: special.log_expit(sign * (design @ p)).sum(), prior, []
    )


def _poisson(data: dict[str, Any]) -> Densities:
    design = _design(data)
    spread = np.r_[5, np.full(design.shape[1] - 1, 2.5)]

    def log_lik(p: Vector) -> float:
        return stats.poisson.logpmf(data["y"], np.exp(design @ p)).sum()

    return Densities(
        _coefficients(design), log_lik, lambda p: stats.norm.logpdf(p, 0, spread).sum(), []
    )


def _design(data: dict[str, Any]) -> Vector:
    return np.column_stack([np.ones(len(data["y"])), data["X"]])


def _coefficients(design: Vector) -> list[str]:
    return ["alpha", *(f"beta[{k}]" for k in range(1, design.shape[1]))]


def _stan_data(name: str) -> dict[str, Any]:
    """Return the Stan data, as the mapping says, without bayeswrap's own reader."""
    frame, columns = library[name].example_data, library[name].columns
    values = {k: v for k, v in columns.items() if k not in {"y", "X"}}
    return values | {k: frame[columns[k]].to_numpy() for k in ("y", "X") if k in columns}


def _densities(name: str) -> Densities:
    data = _stan_data(name)
    build: dict[str, Callable[[], Densities]] = {
        "gaussian_mean_sd": lambda: _gaussian(data, variance=False),
        "gaussian_mean_variance": lambda: _gaussian(data, variance=True),
        "linear_regression": lambda: _linear(data),
        "logistic_regression": lambda: _logistic(data),
        "poisson_regression": lambda: _poisson(data),
    }
    return build[name]()


def _values(block: dict[str, float], model: Densities) -> Vector:
    return np.array([block[name] for name in model.names])


def _gradient(f: Callable[[Vector], float], at: Vector, step: Vector) -> Vector:
    """Fourth-order differences, in units of step's 1000-fold."""
    result = []
    for e in np.diag(step):
        near, far = f(at + e) - f(at - e), f(at + 2 * e) - f(at - 2 * e)
        result.append((8 * near - far) / 12 * 1e3)
    return np.array(result)


@pytest.mark.parametrize("name", NODES)
def test_score_is_zero_at_the_mle_and_at_both_modes(name: str) -> None:
    model, reference = _densities(name), library[name].reference

    def log_joint(p: Vector) -> float:
        return model.log_lik(p) + model.log_prior(p)

    def with_jacobian(p: Vector) -> float:
        return log_joint(p) + np.log(p[model.positive]).sum()

    step = _values(reference["mle"]["se"], model) / 1e3
    targets = {
        "mle": model.log_lik,
        "map_constrained": log_joint,
        "map_unconstrained": with_jacobian,
    }
    for key, target in targets.items():
        at = _values(reference[key]["values"], model)
        np.testing.assert_allclose(_gradient(target, at, step), 0, atol=1e-6, err_msg=key)


@pytest.mark.parametrize("name", NODES)
def test_reported_log_densities_carry_all_constants(name: str) -> None:
    model, reference = _densities(name), library[name].reference
    for key in ("mle", "map_constrained", "map_unconstrained"):
        at = _values(reference[key]["values"], model)
        assert reference[key]["log_likelihood"] == pytest.approx(model.log_lik(at), rel=1e-10)
        if key != "mle":
            assert reference[key]["log_prior"] == pytest.approx(model.log_prior(at), rel=1e-10)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_standard_errors_come_from_the_analytic_information(name: str) -> None:
    model, mle, data = _densities(name), library[name].reference["mle"], _stan_data(name)
    at, design = _values(mle["values"], model), _design(data)
    weight: dict[str, Callable[[], Vector]] = {
        "linear_regression": lambda: np.full(len(design), at[-1] ** -2),
        "logistic_regression": lambda: special.expit(design @ at) * special.expit(-design @ at),
        "poisson_regression": lambda: np.exp(design @ at),
    }
    information = design.T @ (design * weight[name]()[:, None])
    se = np.sqrt(np.diag(np.linalg.inv(information)))
    np.testing.assert_allclose(_values(mle["se"], model)[: len(se)], se, rtol=1e-9)
    if name == "linear_regression":
        assert mle["se"]["sigma"] == pytest.approx(at[-1] / np.sqrt(2 * len(design)), rel=1e-9)


def _gauss_hermite(
    model: Densities, center: Vector, nodes: int, width: float
) -> tuple[Vector, Vector]:
    """Mean and sd of the posterior by a product rule on the log scale of positive elements."""
    positive = np.isin(np.arange(len(center)), model.positive)

    def natural(q: Vector) -> Vector:
        return np.where(positive, np.exp(np.where(positive, q, 0)), q)

    def log_target(q: Vector) -> float:
        p = natural(q)
        return model.log_lik(p) + model.log_prior(p) + q[positive].sum()

    at = np.where(positive, np.log(np.where(positive, center, 1)), center)
    root = _inverse_root(log_target, at)
    x, w = np.polynomial.hermite.hermgauss(nodes)
    grid = np.array(list(itertools.product(x, repeat=len(at))))
    points = at + np.sqrt(2) * width * grid @ root.T
    log_w = np.array(list(itertools.product(np.log(w), repeat=len(at)))).sum(1)
    log_f = np.array([log_target(q) for q in points]) - log_target(at)
    weights = special.softmax(log_f + log_w + (grid**2).sum(1))
    draws = np.array([natural(q) for q in points])
    mean = weights @ draws
    return mean, np.sqrt(weights @ (draws - mean) ** 2)


def _inverse_root(f: Callable[[Vector], float], at: Vector) -> Vector:
    """Cholesky factor of the inverse negative Hessian, differenced twice for its steps."""
    root = np.diag(np.full(len(at), 1e-2))
    for _ in range(2):
        steps = 0.1 * root.T
        hessian = [
            [f(at + a + b) - f(at + a - b) - f(at - a + b) + f(at - a - b) for b in steps]
            for a in steps
        ]
        inner = np.linalg.cholesky(np.linalg.inv(-np.array(hessian) / 0.04))
        root = root @ inner
    return root


@pytest.mark.parametrize("name", NODES)
def test_posterior_agrees_with_a_product_rule(name: str) -> None:
    model, reference = _densities(name), library[name].reference
    center = _values(reference["map_unconstrained"]["values"], model)
    mean, sd = _gauss_hermite(model, center, *NODES[name])
    expected = _values(reference["posterior"]["sd"], model)
    np.testing.assert_allclose(sd, expected, rtol=1e-3)
    gap = (mean - _values(reference["posterior"]["mean"], model)) / expected
    np.testing.assert_allclose(gap, 0, atol=1e-3)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_maximum_likelihood_agrees_with_published_digits(name: str) -> None:
    reference = library[name].reference
    published = dict(reference["published"]["values"])
    if name == "linear_regression":  # lm divides by the degrees of freedom
        published["sigma"] *= np.sqrt((434 - 3) / 434)
    for key, value in published.items():
        assert reference["mle"]["values"][key] == pytest.approx(value, abs=1e-5), key
