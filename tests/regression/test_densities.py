import numpy as np
import pytest
from fixtures.designs_by_hand import ROWS, predictor_of, regression_of
from scipy import special, stats

from bayeswrap.regression.densities import density_of
from bayeswrap.regression.families import FAMILIES, family_of
from bayeswrap.regression_model.regression_model import RegressionModel

_INVERSE = {
    "identity": lambda e: e,
    "log": np.exp,
    "inverse": lambda e: 1 / e,
    "logit": special.expit,
    "probit": special.ndtr,
    "cloglog": lambda e: -np.expm1(-np.exp(e)),
    "cauchit": lambda e: 0.5 + np.arctan(e) / np.pi,
    "sqrt": np.square,
    "1/mu^2": lambda e: 1 / np.sqrt(e),
}
_FURTHER = {
    "sigma": 1.3,
    "nu": 4.5,
    "quantile": 0.3,
    "phi": 2.2,
    "shape": 1.7,
    "zi": 0.2,
    "hu": 0.25,
}
# predictors of means that are proportions on every link, and positive on every other
_ALPHA, _BETA = 0.2, np.array([0.05, 0.02])
_OF_PROPORTIONS = {"identity": (0.2, 0.05), "log": (-1.5, 0.1)}


def _asym_laplace(y, mu, sigma, quantile):
    z = (y - mu) / sigma
    return np.log(quantile * (1 - quantile) / sigma) - z * (quantile - (z < 0))


def _zero_inflated(base, y, zi):
    return np.where(y == 0, np.log(zi + (1 - zi) * np.exp(base(0))), np.log(1 - zi) + base(y))


def _negative_binomial(mu, phi):
    return lambda y: stats.nbinom.logpmf(y, phi, phi / (phi + mu))


def _hurdle(y, mu, hu):
    above = np.log(1 - hu) + stats.poisson.logpmf(y, mu) - np.log(-np.expm1(-mu))
    return np.where(y == 0, np.log(hu), above)


_LOG_DENSITIES = {
    "gaussian": lambda y, m, f: stats.norm.logpdf(y, m, f["sigma"]),
    "student": lambda y, m, f: stats.t.logpdf(y, f["nu"], m, f["sigma"]),
    "asym_laplace": lambda y, m, f: _asym_laplace(y, m, f["sigma"], f["quantile"]),
    "bernoulli": lambda y, m, _: stats.bernoulli.logpmf(y, m),
    "binomial": lambda y, m, _: stats.binom.logpmf(y, 9, m),
    "beta_binomial": lambda y, m, f: stats.betabinom.logpmf(y, 9, m * f["phi"], (1 - m) * f["phi"]),
    "poisson": lambda y, m, _: stats.poisson.logpmf(y, m),
    "negbinomial": lambda y, m, f: _negative_binomial(m, f["phi"])(y),
    "zero_inflated_poisson": lambda y, m, f: _zero_inflated(
        lambda k: stats.poisson.logpmf(k, m), y, f["zi"]
    ),
    "zero_inflated_negbinomial": lambda y, m, f: _zero_inflated(
        _negative_binomial(m, f["phi"]), y, f["zi"]
    ),
    "hurdle_poisson": lambda y, m, f: _hurdle(y, m, f["hu"]),
    "gamma": lambda y, m, f: stats.gamma.logpdf(y, f["shape"], scale=m / f["shape"]),
    "lognormal": lambda y, m, f: stats.lognorm.logpdf(y, f["sigma"], scale=np.exp(m)),
    "inverse_gaussian": lambda y, m, f: stats.invgauss.logpdf(y, m / f["shape"], scale=f["shape"]),
    "weibull": lambda y, m, f: stats.weibull_min.logpdf(y, f["shape"], scale=m),
    "exponential": lambda y, m, _: stats.expon.logpdf(y, scale=m),
    "loglogistic": lambda y, m, f: stats.fisk.logpdf(y, f["shape"], scale=m),
    "beta": lambda y, m, f: stats.beta.logpdf(y, m * f["phi"], (1 - m) * f["phi"]),
}
_LINKS = [(f.name, link) for f in FAMILIES.values() for link in f.links if f.name in _LOG_DENSITIES]
_SURVIVAL = {
    "gaussian": lambda m, f: stats.norm(m, f["sigma"]),
    "student": lambda m, f: stats.t(f["nu"], m, f["sigma"]),
    "gamma": lambda m, f: stats.gamma(f["shape"], scale=m / f["shape"]),
    "lognormal": lambda m, f: stats.lognorm(f["sigma"], scale=np.exp(m)),
    "weibull": lambda m, f: stats.weibull_min(f["shape"], scale=m),
    "exponential": lambda m, _: stats.expon(scale=m),
    "loglogistic": lambda m, f: stats.fisk(f["shape"], scale=m),
    "asym_laplace": lambda m, f: stats.laplace_asymmetric(
        np.sqrt(f["quantile"] / (1 - f["quantile"])),
        m,
        f["sigma"] / np.sqrt(f["quantile"] * (1 - f["quantile"])),
    ),
}


def _point(regression, alpha, beta):
    further = {name: _FURTHER[name] for name in regression.constants}
    return {"alpha": alpha, "beta": beta, **further}


def _eta(regression, alpha, beta):
    return alpha + regression.design.predictors["mu"].population.values @ beta


def _coefficients(family, link):
    if family.outcome in {"binary", "binomial", "proportion"}:
        alpha, beta = _OF_PROPORTIONS.get(link, (_ALPHA, 0.05))
        return alpha, np.array([beta, 0.02])
    return _ALPHA, _BETA


@pytest.mark.parametrize(("name", "link"), _LINKS)
def test_the_log_likelihood_is_that_of_scipy_with_all_constants(name, link):
    family = family_of(name, link)
    alpha, beta = _coefficients(family, link)
    regression = regression_of(name, link)
    model = RegressionModel(regression, engine="stanli")
    mu = _INVERSE[link](_eta(regression, alpha, beta))
    expected = _LOG_DENSITIES[name](regression.design.response.values, mu, _FURTHER).sum()
    parts = model.log_parts(_point(regression, alpha, beta))
    assert float(parts.likelihood) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("name", sorted(_SURVIVAL))
def test_a_censored_row_adds_the_probability_of_what_is_known(name):
    kinds = np.arange(ROWS) % 4
    censored = np.choose(kinds, [0, 1, -1, 2])
    weights = 1 + np.arange(ROWS) % 3 / 2
    y = regression_of(name).design.response.values
    regression = regression_of(name, censored=censored, upper=y + 0.8, weights=weights)
    model = RegressionModel(regression, engine="stanli")
    mu = _INVERSE[regression.family.link](_eta(regression, _ALPHA, _BETA))
    law = _SURVIVAL[name](mu, _FURTHER)
    rows = [law.logpdf(y), law.logsf(y), law.logcdf(y), np.log(law.cdf(y + 0.8) - law.cdf(y))]
    parts = model.log_parts(_point(regression, _ALPHA, _BETA))
    expected = float((weights * np.choose(kinds, rows)).sum())
    assert float(parts.likelihood) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("link", "cdf"),
    [
        ("logit", special.expit),
        ("probit", special.ndtr),
        ("cloglog", lambda e: -np.expm1(-np.exp(e))),
    ],
)
def test_an_ordered_outcome_has_cutpoints(link, cdf):
    regression = regression_of("cumulative", link)
    model = RegressionModel(regression, engine="stanli")
    cuts, beta = np.array([-0.3, 0.9]), np.array([0.4, -0.3])
    matrix = regression.design.predictors["mu"].population.values
    below = cdf(cuts[None, :] - (matrix @ beta)[:, None])
    edges = np.column_stack([np.zeros(ROWS), below, np.ones(ROWS)])
    y = regression.design.response.values
    rows = edges[np.arange(ROWS), y] - edges[np.arange(ROWS), y - 1]
    parts = model.log_parts({"beta": beta, "c": cuts})
    assert float(parts.likelihood) == pytest.approx(np.log(rows).sum(), rel=1e-10)


def test_categories_are_compared_with_the_first():
    regression = regression_of("categorical")
    model = RegressionModel(regression, engine="stanli")
    alpha, beta = np.array([0.3, -0.2]), np.array([[0.1, 0.2], [-0.3, 0.05]])
    matrix = regression.design.predictors["mu"].population.values
    eta = np.column_stack([np.zeros(ROWS), alpha + matrix @ beta])
    y = regression.design.response.values
    expected = special.log_softmax(eta, axis=1)[np.arange(ROWS), y - 1].sum()
    parts = model.log_parts({"alpha": alpha, "beta": beta})
    assert float(parts.likelihood) == pytest.approx(expected, rel=1e-10)


def test_a_link_that_a_density_has_is_left_to_it():
    assert density_of(family_of("poisson")).has_link
    assert not density_of(family_of("poisson", "sqrt")).has_link


def test_a_parameter_with_its_own_formula_has_its_own_link():
    regression = regression_of("gaussian", further={"sigma": predictor_of(("x",))})
    model = RegressionModel(regression, engine="stanli")
    values = regression.design.predictors["sigma"].population.values
    mu = _eta(regression, _ALPHA, _BETA)
    sigma = np.exp(0.1 + values @ np.array([0.2]))
    point = {"alpha": _ALPHA, "beta": _BETA, "alpha_sigma": 0.1, "beta_sigma": [0.2]}
    expected = stats.norm.logpdf(regression.design.response.values, mu, sigma).sum()
    assert float(model.log_parts(point).likelihood) == pytest.approx(expected, rel=1e-10)
