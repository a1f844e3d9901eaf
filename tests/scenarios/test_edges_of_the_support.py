"""Maxima on edges of the support, of all kinds, from every seed."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.estimates.results.status import Status

CASES = GOLD / "cases"
SEEDS = [(1, None), (2, None), (3, None), pytest.param(1, 20, marks=pytest.mark.slow)]


def model(code: str, **data: object) -> bw.Model:
    return bw.Model(bw.Program.from_string(code, name="edge"), data, engine="stanli")


def case(name: str, data: str = "data.json") -> bw.Model:
    return bw.Model(CASES / name / "program.stan", CASES / name / data, engine="stanli")


@pytest.mark.parametrize(("seed", "starts"), SEEDS)
def test_a_category_that_nobody_chose_merges_its_cutpoints(seed: int, starts: int | None) -> None:
    mle = case("ordinal_empty_category").mle(seed=seed, starts=starts)
    # the model with four categories, by an independent optimisation
    assert mle.status is Status.BOUNDARY
    assert mle.log_likelihood == pytest.approx(-5.4479796, abs=1e-6)
    frame = mle.to_frame()
    assert frame.loc["b", ["estimate", "se"]].tolist() == pytest.approx([8.0469, 3.994], rel=2e-4)
    assert frame.loc["c[4]", ["estimate", "se"]].tolist() == pytest.approx(
        [8.0339, 4.363], rel=2e-4
    )
    # one parameter: one value, one standard error, one interval
    np.testing.assert_allclose(frame.loc["c[2]"], frame.loc["c[3]"], rtol=1e-6)
    assert np.isfinite(frame.to_numpy()).all()
    assert "c[2] = c[3]: merged" in " ".join(mle.warnings)


def test_two_neighbours_that_nobody_chose_merge_three_cutpoints() -> None:
    code = """
    data { int N; array[N] int<lower=1, upper=5> y; vector[N] x; }
    parameters { real b; ordered[4] c; }
    model { y ~ ordered_logistic(b * x, c); }
    """
    x = [-1.6, -1.1, -0.8, -0.4, -0.1, 0.2, 0.5, 0.9, 1.2, 1.7]
    five = model(code, N=10, x=x, y=[1, 4, 1, 1, 4, 4, 1, 5, 4, 5]).mle()
    three = code.replace("upper=5", "upper=3").replace("ordered[4]", "ordered[2]")
    reduced = model(three, N=10, x=x, y=[1, 2, 1, 1, 2, 2, 1, 3, 2, 3]).mle()
    assert (five.status, reduced.status) == (Status.BOUNDARY, Status.CONVERGED)
    assert five.log_likelihood == pytest.approx(reduced.log_likelihood, abs=1e-8)
    np.testing.assert_allclose(five["c"], reduced["c"][[0, 0, 0, 1]], atol=1e-5)
    np.testing.assert_allclose(five.spread, reduced.spread[[0, 1, 1, 1, 2]], rtol=1e-5)


@pytest.mark.parametrize(("seed", "starts"), SEEDS)
def test_pure_noise_leaves_the_length_scale_of_a_process_free(
    seed: int, starts: int | None
) -> None:
    mle = case("gp_linear_data", "data_noise.json").mle(seed=seed, starts=starts)
    y = np.array(json.loads((CASES / "gp_linear_data" / "data_noise.json").read_text())["y"])
    sigma = np.sqrt((y**2).mean())
    assert mle.status is Status.BOUNDARY
    assert mle.log_likelihood == pytest.approx(-8.0068435, abs=1e-7)
    assert float(mle["alpha"]) == 0
    assert float(mle["sigma"]) == pytest.approx(sigma, rel=1e-7)
    assert mle.to_frame().loc["sigma", "se"] == pytest.approx(sigma / np.sqrt(2 * y.size), rel=1e-6)
    assert np.isnan(mle["rho"])
    assert mle.notes["rho"] == "free, as the density does not depend on it where alpha = 0"
    if mle.census is not None:
        assert len(mle.census.modes) == 1


def test_empty_cells_of_a_simplex() -> None:
    code = (
        "data { int K; array[K] int y; } parameters { simplex[K] p; } model { y ~ multinomial(p); }"
    )
    two = model(code, K=5, y=[5, 0, 3, 0, 8]).mle()
    np.testing.assert_allclose(two["p"], np.array([5, 0, 3, 0, 8]) / 16, atol=1e-9)
    share = np.array([5, 3, 8]) / 16
    np.testing.assert_allclose(two.spread[[0, 2, 4]], np.sqrt(share * (1 - share) / 16), rtol=1e-5)
    corner = model(code, K=3, y=[0, 0, 8]).mle()
    np.testing.assert_allclose(corner["p"], [0, 0, 1], atol=1e-12)


def test_a_weight_of_0_is_no_maximum_where_the_free_component_would_help() -> None:
    code = """
    data { int N; vector[N] y; }
    parameters { real<lower=0, upper=1> w; %s d; }
    model {
      for (n in 1:N) target += log_mix(w, normal_lpdf(y[n] | d, 1), normal_lpdf(y[n] | 0, 1));
    }
    """
    y = np.array([-0.3, -1.0, -0.5, -0.2, -0.6, -0.1])
    moved = model(code % "real", N=6, y=y.tolist()).mle()
    log_likelihood = -0.5 * ((y - y.mean()) ** 2).sum() - 3 * np.log(2 * np.pi)
    assert float(moved["w"]) == 1
    assert float(moved["d"]) == pytest.approx(y.mean())
    assert moved.log_likelihood == pytest.approx(log_likelihood)
    # a mean above 0 is of no use to these data
    above = model(code % "real<lower=0>", N=6, y=y.tolist()).mle()
    assert float(above["w"]) == 0
    assert "free" in above.notes["d"]


def test_correlations_of_1_determine_the_third() -> None:
    code = """
    data { int N; array[N] vector[3] y; }
    parameters { %s[3] R; }
    model { y ~ multi_normal(rep_vector(0, 3), %s + diag_matrix(rep_vector(0.3, 3))); }
    """
    y = np.outer([1, -1, 1.2, 0.8], [1, 1, -1]).tolist()
    matrix = model(code % ("corr_matrix", "R"), N=4, y=y).mle()
    factor = "multiply_lower_tri_self_transpose(R)"
    root = model(code % ("cholesky_factor_corr", factor), N=4, y=y).mle()
    signs = np.array([1, 1, -1])
    assert (matrix.status, root.status) == (Status.BOUNDARY, Status.BOUNDARY)
    np.testing.assert_allclose(matrix["R"], np.outer(signs, signs), atol=1e-9)
    np.testing.assert_allclose(root["R"], np.outer(signs, [1, 0, 0]), atol=1e-9)
    assert root.log_likelihood == pytest.approx(matrix.log_likelihood, abs=1e-8)


def test_a_variance_component_of_0() -> None:
    code = """
    data { int J; vector[J] y; vector[J] s; }
    parameters { real mu; real<lower=0> tau; }
    model { y ~ normal(mu, sqrt(square(tau) + square(s))); }
    """
    y = [0.10, 0.12, 0.09, 0.11, 0.10, 0.13]
    mle = model(code, J=6, y=y, s=[0.1] * 6).mle()
    assert mle.status is Status.BOUNDARY
    assert float(mle["tau"]) == 0
    assert mle.to_frame().loc["mu", "se"] == pytest.approx(0.1 / np.sqrt(6))
    # one-sided: tau^2 + s^2 = v with the deviance of 6 known variances at 3.84
    limit = mle.profile("tau")
    assert limit.lower == 0
    assert 0.03 < limit.upper < 0.2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 17])
def test_a_correlation_of_minus_1_is_no_second_mode(seed: int) -> None:
    mle = case("integrated_random_slope").mle(seed=seed, starts=20)
    assert mle.status is Status.CONVERGED
    assert mle.log_likelihood == pytest.approx(-542.48293848, abs=1e-7)
    assert len(mle.census.modes) == 1


@pytest.mark.slow
def test_a_singular_fit_has_no_interval_from_nothing_to_everything() -> None:
    mle = case("random_slope_singular").mle(marginal=True)
    # the marginal likelihood, maximised directly
    assert mle.status is Status.BOUNDARY
    assert mle.log_likelihood == pytest.approx(-287.6169, abs=1e-4)
    frame = mle.to_frame()
    assert frame.loc["L[2,1]", "estimate"] == -1
    values = frame.loc[["a", "b", "tau[1]", "tau[2]", "sigma"], "estimate"]
    assert values.tolist() == pytest.approx([29.3933, -0.69423, 3.6707, 0.0409, 4.3123], rel=1e-3)
    assert frame.loc["tau[2]", ["ci_lower", "ci_upper"]].isna().all()
    assert "no Wald interval" in frame.loc["tau[2]", "note"]
    assert frame.loc["tau[1]", ["ci_lower", "ci_upper"]].notna().all()
