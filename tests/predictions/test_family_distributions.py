from __future__ import annotations

import numpy as np
import pytest
from fixtures.family_parameters import PARAMETERS, outcome
from scipy import integrate, stats

from bayeswrap.errors import UsageError
from bayeswrap.predictions.family_distributions import OutcomeDistribution
from bayeswrap.regression.families import family_of

EVERY = sorted(PARAMETERS)
P = np.array([0.01, 0.2, 0.31, 0.5, 0.77, 0.99])


def logistic(eta):
    return 1 / (1 + np.exp(-eta))


@pytest.mark.parametrize("name", EVERY)
def test_the_cdf_sums_up_the_density(name):
    of_family = outcome(name)
    y = np.array([0.0, 1.0, 3.0]) if of_family.is_discrete else of_family.quantile(P)
    if of_family.is_discrete:
        p = np.exp(of_family.log_density(np.arange(0.0, 4.0)))
        expected = np.cumsum(p)[[0, 1, 3]]
    else:
        expected = [
            float(of_family.cdf(y[0]))
            + integrate.quad(
                lambda t: float(np.exp(of_family.log_density(np.asarray(t)))), y[0], end
            )[0]
            for end in y
        ]
    np.testing.assert_allclose(of_family.cdf(y), expected, rtol=1e-7)
    assert float(of_family.cdf(np.array(-1e9))) == pytest.approx(0, abs=1e-30)


@pytest.mark.parametrize("name", EVERY)
def test_a_quantile_is_the_smallest_outcome_with_that_cdf(name):
    of_family = outcome(name)
    y = of_family.quantile(P)
    if of_family.is_discrete:
        assert (of_family.cdf(y) >= P).all()
        assert ((of_family.cdf(y - 1) < P) | (y == 0)).all()
    else:
        np.testing.assert_allclose(of_family.cdf(y), P, rtol=1e-9)


@pytest.mark.parametrize("name", EVERY)
def test_random_outcomes_have_the_mean_and_the_variance(name):
    of_family = outcome(name)
    n = 20_000
    parameters = {k: np.full(n, v) for k, v in of_family.parameters.items()}
    drawn = OutcomeDistribution(family=family_of(name), parameters=parameters)
    y = drawn.random(np.random.default_rng(4))
    assert y.shape == (n,)
    error = np.sqrt(float(of_family.variance()) / n)
    assert abs(y.mean() - float(of_family.mean())) < 4.5 * error
    error = np.std((y - y.mean()) ** 2) / np.sqrt(n)
    assert abs(y.var() - float(of_family.variance())) < 4.5 * error


def test_densities_are_those_of_stan():
    # the formulas of Stan's manual, and of the functions that generated programs define
    y, p = 1.7, PARAMETERS["inverse_gaussian"]
    expected = 0.5 * np.log(p["shape"] / (2 * np.pi)) - 1.5 * np.log(y)
    expected -= 0.5 * p["shape"] * ((y - p["mu"]) / p["mu"]) ** 2 / y
    assert float(outcome("inverse_gaussian").log_density(y)) == pytest.approx(expected, rel=1e-12)
    p = PARAMETERS["asym_laplace"]
    z = (y - p["mu"]) / p["sigma"]
    expected = np.log(p["quantile"] * (1 - p["quantile"]) / p["sigma"]) - z * p["quantile"]
    assert float(outcome("asym_laplace").log_density(y)) == pytest.approx(expected, rel=1e-12)
    p = PARAMETERS["hurdle_poisson"]
    expected = np.log1p(-p["hu"]) + stats.poisson(p["mu"]).logpmf(2)
    expected -= np.log(1 - np.exp(-p["mu"]))
    assert float(outcome("hurdle_poisson").log_density(2)) == pytest.approx(expected, rel=1e-12)


def test_a_hurdle_has_its_zeros_and_no_others():
    of_family = outcome("hurdle_poisson")
    assert float(np.exp(of_family.log_density(0))) == pytest.approx(0.3)
    assert float(of_family.cdf(0)) == pytest.approx(0.3)
    assert float(of_family.quantile(np.array(0.3001))) == 1


def test_tails_of_censored_rows():
    of_family = outcome("weibull")
    assert float(of_family.log_survival(4.0)) == pytest.approx(-((4 / 2.5) ** 1.7))
    assert float(np.exp(of_family.log_cdf(4.0)) + np.exp(of_family.log_survival(4.0))) == (
        pytest.approx(1)
    )


def ordered(mu=0.4, cutpoints=(-1.0, 0.5, 2.0)):
    return OutcomeDistribution(
        family=family_of("cumulative"),
        parameters={"mu": np.array([[mu]]), "cutpoints": np.array([[cutpoints]])},
    )


def test_an_ordered_outcome_has_a_column_for_each_category():
    p = ordered().mean()
    below = logistic(np.array([-1.4, 0.1, 1.6]))
    np.testing.assert_allclose(p[0, 0], np.diff([0, *below, 1]), rtol=1e-13)
    np.testing.assert_allclose(ordered().variance()[0, 0], p[0, 0] * (1 - p[0, 0]))
    np.testing.assert_allclose(ordered().cdf(np.array([2.0]))[0], below[1])
    assert float(ordered().log_density(np.array([3.0]))[0, 0]) == pytest.approx(np.log(p[0, 0, 2]))
    assert ordered().quantile(np.full((1, 1), below[1] + 1e-9)).tolist() == [[3.0]]


def test_random_categories_have_their_frequencies():
    many = OutcomeDistribution(
        family=family_of("cumulative"),
        parameters={"mu": np.full((1, 8000), 0.4), "cutpoints": np.array([[[-1.0, 0.5, 2.0]]])},
    )
    y = many.random(np.random.default_rng(1))
    p = ordered().mean()[0, 0]
    shares = np.array([(y == k).mean() for k in (1, 2, 3, 4)])
    assert (np.abs(shares - p) < 4.5 * np.sqrt(p * (1 - p) / 8000)).all()


def test_categories_without_an_order_have_no_quantiles():
    of_family = OutcomeDistribution(
        family=family_of("categorical"), parameters={"mu": np.array([[[0.0, 1.0, -1.0]]])}
    )
    np.testing.assert_allclose(
        of_family.mean()[0, 0], np.exp([0, 1, -1]) / np.exp([0, 1, -1]).sum()
    )
    with pytest.raises(UsageError, match="no quantile"):
        of_family.quantile(np.array([[0.5]]))
    with pytest.raises(UsageError, match="no cdf"):
        of_family.cdf(np.array([2.0]))
