"""The density at an edge that is made of the outcomes: unbounded, or not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.multistart.edge_spikes import edge_spike
from bayeswrap.estimates.results.status import Status

WEIBULL = "y - tau ~ weibull(a, b);"
GAMMA = "y - tau ~ gamma(a, b);"
LOGNORMAL = "y - tau ~ lognormal(mu, a);"
UNBOUNDED = "unbounded as tau goes to its bound"


def shifted(likelihood: str, bounds: str = "upper=min(y)", shape: str = "lower=0") -> str:
    mu = "real mu;" * ("mu" in likelihood)
    scale = "real<lower=0> b;" * ("b)" in likelihood)
    return (
        "data { int N; vector[N] y; }"
        f"parameters {{ real<{bounds}> tau; real<{shape}> a; {scale} {mu} }}"
        f"model {{ {likelihood} }}"
    )


def sample_of(distribution, n: int) -> list[float]:
    return (3 + distribution.rvs(size=n, random_state=4)).tolist()


Y = {
    WEIBULL: sample_of(stats.weibull_min(3, scale=2), 60),
    GAMMA: sample_of(stats.gamma(4), 60),
    LOGNORMAL: sample_of(stats.lognorm(0.6), 40),
}
LOG_DENSITY = {
    WEIBULL: lambda y, e: stats.weibull_min.logpdf(y - e["tau"], e["a"], scale=e["b"]).sum(),
    GAMMA: lambda y, e: stats.gamma.logpdf(y - e["tau"], e["a"], scale=1 / e["b"]).sum(),
    LOGNORMAL: lambda y, e: stats.lognorm.logpdf(y - e["tau"], e["a"], scale=np.exp(e["mu"])).sum(),
}


def at(estimate) -> dict[str, float]:
    return {name: float(estimate[name]) for name in estimate.layout.names}


@pytest.mark.parametrize("bounds", ["upper=min(y)", "lower=0, upper=min(y)"])
@pytest.mark.parametrize("likelihood", [WEIBULL, GAMMA, LOGNORMAL])
def test_the_local_maximum_is_found_and_called_local(model, likelihood, bounds):
    y = np.array(Y[likelihood])

    estimate = model(shifted(likelihood, bounds), N=len(y), y=Y[likelihood]).mle()

    assert estimate.status is Status.CONVERGED
    assert any(UNBOUNDED in w for w in estimate.warnings)
    assert estimate.census.unbounded
    assert not estimate.census.collapses
    # a maximum of the density that SciPy computes
    values = at(estimate)
    height = LOG_DENSITY[likelihood](y, values)
    for name in values:
        for step in (-1e-3, 1e-3):
            assert LOG_DENSITY[likelihood](y, {**values, name: values[name] + step}) < height


def test_the_likelihood_of_a_shifted_lognormal_is_unbounded_on_its_curve():
    """What is claimed, by the formula: L - n log L, with tau itself at min(y)."""
    gaps = np.sort(np.array(Y[LOGNORMAL])) - min(Y[LOGNORMAL])

    def height(length):
        logs = np.concatenate([[-length], np.log(gaps[1:] + np.exp(-length))])
        return float(-logs.sum() + stats.norm.logpdf(logs, 0, length).sum())

    assert height(1e3) > -35
    assert height(1e5) > height(1e4) + 8e4


@pytest.mark.parametrize("seed", range(3))
def test_a_true_shape_below_one_leaves_no_local_maximum(model, seed):
    y = 3 + stats.weibull_min(0.5, scale=2).rvs(size=60, random_state=seed)

    with pytest.raises(ConvergenceError, match="unbounded") as raised:
        model(shifted(WEIBULL), N=60, y=y.tolist()).mle()

    assert raised.value.estimate.status is Status.UNBOUNDED
    assert any(UNBOUNDED in w for w in raised.value.estimate.warnings)


@pytest.mark.parametrize(
    ("code", "distribution"),
    [
        (shifted(WEIBULL, shape="lower=1"), stats.weibull_min(3)),
        (shifted("y - tau ~ frechet(a, b);"), stats.invweibull(3)),
        (shifted("y - tau ~ inv_gamma(a, b);"), stats.invgamma(5, scale=4)),
        (shifted("y - tau ~ exponential(a);"), stats.expon()),
        (shifted("y ~ normal(tau, a);", "upper=max(y) + 2"), stats.norm()),
        (shifted("y ~ normal(tau, a);", "upper=max(y)"), stats.norm()),
        (shifted("y ~ uniform(0, tau); a ~ exponential(1);", "lower=max(y)"), stats.uniform()),
        (shifted("y ~ pareto(tau, a);", "lower=0, upper=min(y)"), stats.pareto(3)),
        (shifted("y ~ student_t(3, tau, a);", "lower=min(y), upper=max(y)"), stats.norm()),
    ],
)
def test_no_edge_is_called_one_where_the_density_is_bounded(model, code, distribution):
    y = sample_of(distribution, 40)

    estimate = model(code, N=40, y=y).mle(require_converged=False)

    assert estimate.status.is_estimate
    assert edge_spike(estimate.problem, estimate.optimum.q) is None
    assert not any("unbounded" in w for w in estimate.warnings)


def test_a_prior_on_small_shapes_leaves_the_declared_scale_unbounded_and_the_other_not(model):
    prior = "a ~ lognormal(1, 0.5); b ~ lognormal(0, 1); tau ~ normal(0, 5); "
    bound = model(shifted(prior + WEIBULL), N=60, y=Y[WEIBULL])

    declared, unconstrained = bound.map(), bound.map(scale="unconstrained")

    assert declared.census.unbounded
    assert not unconstrained.census.unbounded


def test_a_scale_whose_prior_is_normal_leaves_a_shifted_lognormal_bounded(model):
    prior = "a ~ normal(0, 0.5); mu ~ normal(0, 1); tau ~ normal(0, 5); "
    bound = model(shifted(prior + LOGNORMAL), N=40, y=Y[LOGNORMAL])

    assert not bound.map().census.unbounded
