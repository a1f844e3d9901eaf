"""Reference numbers in closed form or by exact algebra, derived by a second formula."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from bayeswrap.program_library import library

EIGHT = library["eight_schools_noncentered"]
Y, SIGMA = EIGHT.example_data[["effect", "standard_error"]].to_numpy(float).T


def test_gaussian_twins_share_everything_but_the_constrained_mode() -> None:
    sd, variance = (library[f"gaussian_mean_{p}"].reference for p in ("sd", "variance"))
    for block in ("mle", "map_unconstrained"):
        assert variance[block]["values"]["sigma"] == sd[block]["values"]["sigma"]
    assert variance["posterior"]["mean"]["sigma"] == sd["posterior"]["mean"]["sigma"]
    modes = [r["map_constrained"]["values"]["sigma"] for r in (sd, variance)]
    assert modes[0] > modes[1] + 0.03


def test_gaussian_flat_prior_modes_divide_by_n_n_minus_1_and_n_minus_2() -> None:
    y = library["gaussian_mean_sd"].example_data["length_cm"].to_numpy()
    ss, n = ((y - y.mean()) ** 2).sum(), len(y)
    sd, variance = (
        library[f"gaussian_mean_{p}"].reference["flat_prior"] for p in ("sd", "variance")
    )
    assert sd["map_constrained"]["sigma"] == pytest.approx(np.sqrt(ss / n))
    assert sd["map_unconstrained"]["sigma"] == pytest.approx(np.sqrt(ss / (n - 1)))
    assert variance["map_unconstrained"]["sigma_squared"] == pytest.approx(ss / (n - 2))
    sigma = np.sqrt(stats.invgamma(0.5 * (n - 2), scale=ss / 2).expect(lambda v: v))
    assert np.hypot(*(sd[f"posterior_{m}"]["sigma"] for m in ("mean", "sd"))) == pytest.approx(
        sigma
    )
    exact = stats.invgamma(0.5 * (n - 3), scale=ss / 2)
    assert variance["posterior_mean"]["sigma_squared"] == pytest.approx(exact.mean())
    assert variance["posterior_sd"]["sigma_squared"] == pytest.approx(exact.std())


def test_beta_binomial_closed_forms() -> None:
    reference, data = library["beta_binomial"].reference, library["beta_binomial"].example_data
    n, y, a, b = (data[k] for k in ("n", "y", "a", "b"))
    posterior = stats.beta(a + y, b + n - y)
    t = np.linspace(0, 1, 100_001)[1:-1]
    flat, logit = posterior.logpdf(t), posterior.logpdf(t) + np.log(t) + np.log1p(-t)
    assert reference["map_constrained"]["values"]["theta"] == pytest.approx(
        t[flat.argmax()], abs=1e-5
    )
    assert reference["map_unconstrained"]["values"]["theta"] == pytest.approx(
        t[logit.argmax()], abs=1e-5
    )
    assert reference["posterior"]["mean"]["theta"] == pytest.approx(posterior.mean())
    assert reference["posterior"]["sd"]["theta"] == pytest.approx(posterior.std())
    evidence = stats.betabinom.logpmf(y, n, a, b)
    assert reference["posterior"]["log_marginal_likelihood"] == pytest.approx(evidence)
    for block in ("mle", "map_constrained", "map_unconstrained"):
        theta = reference[block]["values"]["theta"]
        assert reference[block]["log_likelihood"] == pytest.approx(stats.binom.logpmf(y, n, theta))


@pytest.mark.parametrize("case", ["uniform_prior", "nonuniform_prior", "tie", "no_data"])
def test_six_values_enumerated(case: str) -> None:
    block = library["six_valued"].reference[case]
    theta = np.arange(1, 7) / 7
    prior = np.array(block["data"]["prior"])
    log_lik = stats.binom.logpmf(block["data"]["y"], block["data"]["n"], theta)
    np.testing.assert_allclose(block["log_lik"], log_lik, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(block["posterior"], special.softmax(log_lik + np.log(prior)))
    for key, score in (("mle_set", log_lik), ("map_set", log_lik + np.log(prior))):
        assert block[key] == [k + 1 for k in range(6) if score[k] > score.max() - 1e-12]
    assert block["posterior_mean"]["theta"] == pytest.approx(theta @ block["posterior"])


def test_six_values_tie_and_the_prior_moves_the_mode() -> None:
    reference = library["six_valued"].reference
    assert reference["tie"]["map_set"] == [3, 4]
    assert reference["no_data"]["mle_set"] == [1, 2, 3, 4, 5, 6]
    assert reference["uniform_prior"]["map_set"] == reference["uniform_prior"]["mle_set"] == [2]
    assert reference["nonuniform_prior"]["map_set"] == [3]


def test_eight_schools_posterior_by_matrices() -> None:
    """(mu, theta) and y are jointly Gaussian given tau; tau on a grid of its logarithm."""
    reference = EIGHT.reference["posterior"]
    tau = np.exp(np.linspace(-25, 9, 2001))
    log_w, means, seconds = [], [], []
    for t in tau:
        prior = np.full((9, 9), 25.0) + np.diag([0, *np.full(8, t**2)])
        marginal = prior[1:, 1:] + np.diag(SIGMA**2)
        gain = prior[:, 1:] @ np.linalg.inv(marginal)
        means.append(gain @ Y)
        seconds.append(np.diag(prior - gain @ prior[1:]) + means[-1] ** 2)
        log_w.append(stats.multivariate_normal.logpdf(Y, np.zeros(8), marginal))
    weights = special.softmax(np.array(log_w) + stats.cauchy.logpdf(tau, 0, 5) + np.log(tau))
    mean = np.r_[weights @ np.array(means), weights @ tau]
    sd = np.sqrt(np.r_[weights @ np.array(seconds), weights @ tau**2] - mean**2)
    names = ["mu", *(f"theta[{j}]" for j in range(1, 9)), "tau"]
    np.testing.assert_allclose([reference["mean"][n] for n in names], mean, rtol=1e-6)
    np.testing.assert_allclose([reference["sd"][n] for n in names], sd, rtol=1e-6)


def test_eight_schools_posterior_agrees_with_posteriordb() -> None:
    reference = EIGHT.reference
    exact, draws = reference["posterior"], reference["published"]
    for name in exact["mean"]:
        for moment in ("mean", "sd"):
            gap = abs(exact[moment][name] - draws[moment][name])
            assert gap < 4 * draws[f"mcse_{moment}"][name], (name, moment)


def test_eight_schools_marginal_mle_is_on_the_boundary() -> None:
    mle = EIGHT.reference["marginal_mle"]

    def profile(tau: float) -> float:
        spread = np.hypot(SIGMA, tau)
        return stats.norm.logpdf(Y, np.average(Y, weights=spread**-2.0), spread).sum()

    assert mle["log_likelihood"] == pytest.approx(profile(0))
    assert all(profile(t) < profile(0) for t in np.geomspace(1e-2, 1e3, 500))
    assert mle["values"]["mu"] == pytest.approx(np.average(Y, weights=SIGMA**-2.0))
    assert mle["se"]["mu"] == pytest.approx(np.sum(SIGMA**-2.0) ** -0.5)


def test_eight_schools_joint_modes_are_no_summary() -> None:
    """Given tau the joint mode solves least squares; scan tau with and without the Jacobian."""
    reference = EIGHT.reference

    def profile(tau: float) -> float:
        scaled = np.column_stack([np.ones(8), tau * np.eye(8)]) / SIGMA[:, None]
        rows = np.vstack([scaled, np.diag([0.2, *np.ones(8)])])
        target = np.r_[Y / SIGMA, np.zeros(9)]
        residual = target - rows @ np.linalg.lstsq(rows, target, rcond=None)[0]
        return -0.5 * residual @ residual + stats.cauchy.logpdf(tau, 0, 5)

    tau = np.geomspace(1e-3, 1e3, 4001)
    values = np.array([profile(t) for t in tau])
    assert values.max() < profile(0)
    assert reference["map_constrained"]["values"]["tau"] == 0
    mode = reference["map_unconstrained"]["values"]["tau"]
    assert mode == pytest.approx(tau[(values + np.log(tau)).argmax()], rel=5e-3)
