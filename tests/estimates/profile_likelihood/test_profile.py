"""Profiles: closed forms, published limits, edges and infinity, what has none, what it costs."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from fixtures.folders import GOLD
from scipy import stats
from scipy.optimize import brentq, minimize

import bayeswrap as bw
from bayeswrap.errors import ConvergenceError, EstimandError, UnknownNameError, UsageError
from bayeswrap.estimates.results.status import Status

NAMES = sorted(p.name for p in (GOLD / "glm").iterdir())
SAID = {"lmm_sleepstudy_intercept": {"26": "likelihood", "28": "likelihood"}}
CUT = float(stats.chi2.ppf(0.95, 1))
Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
BINOMIAL = (
    "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    "transformed parameters { real odds = p / (1 - p); real q = 1 - p; }"
    "model { y ~ binomial(n, p); } generated quantities { real log_odds = logit(p); }"
)
MULTINOMIAL = (
    "data { int K; array[K] int y; } parameters { simplex[K] theta; }"
    "model { y ~ multinomial(theta); }"
)
SCHOOLS = (
    "data { int J; vector[J] y; vector[J] s; } parameters { real mu; real<lower=0> tau; }"
    "model { y ~ normal(mu, sqrt(square(s) + square(tau))); }"
)


@pytest.mark.parametrize("name", NAMES)
def test_published_limits(name):
    folder = GOLD / "glm" / name
    numbers = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    program = bw.Program.from_file(folder / "program.stan").with_roles(SAID.get(name))
    mle = bw.Model(program, folder / "data.json", engine="stanli").mle(seed=4)

    for scalar, limits in numbers["profile_ci_95"].items():
        found = mle.profile(scalar)
        for got, wanted in zip(found.interval, limits, strict=True):
            if wanted is None:
                assert np.isinf(got)
                assert "no finite" in " ".join(found.notes)
            else:
                assert abs(got - wanted) < 1e-6 * numbers["se_observed_information"][scalar]
        # ordinary limits cost what Newton's method costs, not what a walk does
        assert None in limits or name.startswith("fitdistr") or found.gradients < 2 * 127


def test_budworm_limits_are_the_exact_roots(model):
    code = (
        "data { int N; vector[N] x; vector[N] f; array[N] int y; } parameters { vector[3] b; }"
        "model { y ~ binomial_logit(20, b[1] * f + b[2] * (1 - f) + b[3] * x); }"
    )
    dead = [1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16]
    mle = model(code, N=12, x=[*range(6)] * 2, f=[0] * 6 + [1] * 6, y=dead).mle(seed=1)

    exact = {"b[1]": (-4.458068, -2.613536), "b[2]": (-3.172844, -1.655103)}
    exact["b[3]"] = (0.822855, 1.339039)
    for scalar, limits in exact.items():
        np.testing.assert_allclose(mle.profile(scalar).interval, limits, atol=1e-6)


@pytest.mark.parametrize("ci_prob", [0.5, 0.95, 0.99])
def test_one_of_ten(model, ci_prob):
    mle = model(BINOMIAL, n=10, y=1).mle(seed=1)
    cut = stats.chi2.ppf(ci_prob, 1)

    def excess(p):
        return -2 * (np.log(p / 0.1) + 9 * np.log((1 - p) / 0.9)) - cut

    low, high = brentq(excess, 1e-9, 0.1, xtol=1e-14), brentq(excess, 0.1, 0.9, xtol=1e-14)
    same = {"p": (low, high), "odds": (low / (1 - low), high / (1 - high))}
    same |= {"q": (1 - high, 1 - low), "log_odds": (np.log(low / (1 - low)), None)}
    for scalar, limits in same.items():
        found = mle.profile(scalar, ci_prob)
        for got, wanted in zip(found.interval, limits, strict=True):
            assert wanted is None or got == pytest.approx(wanted, rel=1e-9)
        assert found.notes == ()


def test_gaussian_closed_forms(gaussian):
    mle = gaussian(Y).mle(seed=1)

    half = Y.std() * np.sqrt(np.expm1(CUT / Y.size))
    mu, sigma = mle.profile("mu"), mle.profile("sigma")
    np.testing.assert_allclose(mu.interval, (Y.mean() - half, Y.mean() + half), rtol=1e-10)
    np.testing.assert_allclose(
        mle.profile("variance").interval, np.square(sigma.interval), rtol=1e-9
    )
    # the whole curve, not its ends alone
    n, r = Y.size, mu.values - Y.mean()
    np.testing.assert_allclose(mu.deviances, n * np.log1p((r / Y.std()) ** 2), atol=1e-5)
    ratio = (Y.std() / sigma.values) ** 2
    np.testing.assert_allclose(sigma.deviances, n * (ratio - 1 - np.log(ratio)), atol=1e-5)


def test_curve_is_ordered_and_ends_on_the_cutoff(gaussian):
    found = gaussian(Y).mle(seed=1).profile("cv")

    curve = found.curve
    assert list(curve.columns) == ["value", "deviance"]
    assert curve["value"].is_monotonic_increasing
    assert curve["deviance"].iloc[[0, -1]].to_numpy() == pytest.approx(CUT, abs=1e-6)
    assert curve["deviance"].min() == 0
    assert len(curve) > 10


def test_ratio_of_coefficients_by_exact_reduction(model):
    rng = np.random.default_rng(5)
    x = rng.normal(size=(30, 2))
    y = x @ [1.0, 2.0] + rng.normal(size=30)
    code = (
        "data { int N; matrix[N, 2] X; vector[N] y; } parameters { vector[2] b; }"
        "model { y ~ normal(X * b, 1); } generated quantities { real ratio = b[1] / b[2]; }"
    )

    def rss(r):
        z = x[:, 0] * r + x[:, 1]
        return float(((y - z * (z @ y) / (z @ z)) ** 2).sum())

    found = model(code, N=30, X=x, y=y).mle(seed=1).profile("ratio")

    best = rss(found.estimate)
    np.testing.assert_allclose([rss(r) - best for r in found.interval], CUT, rtol=1e-7)
    assert found.lower < found.estimate < found.upper


def test_simplex_elements_are_binomial_margins(model):
    simplex = model(MULTINOMIAL, K=3, y=[5, 3, 2]).mle(seed=1)
    binomial = model(BINOMIAL, n=10, y=3).mle(seed=1)

    assert simplex.profile("theta[2]").interval == pytest.approx(
        binomial.profile("p").interval, rel=1e-8
    )


@pytest.mark.parametrize("name", ["p", "odds"])
def test_no_success_at_all(model, name):
    found = model(BINOMIAL, n=10, y=0).mle(seed=1).profile(name)

    p = 1 - np.exp(-CUT / 20)
    assert found.lower == 0
    assert found.upper == pytest.approx(p if name == "p" else p / (1 - p), rel=1e-6)
    assert "lower limit is the end" in found.notes[0]
    assert "edge" in found.notes[-1]


def test_an_empty_category_has_an_upper_limit(model):
    mle = model(MULTINOMIAL, K=3, y=[5, 5, 0]).mle(seed=1)

    assert mle.profile("theta[3]").interval == pytest.approx((0, 1 - np.exp(-CUT / 20)), rel=1e-6)
    half = model(BINOMIAL, n=10, y=5).mle(seed=1).profile("p").interval
    assert mle.profile("theta[1]").interval == pytest.approx(half, rel=1e-6)


@pytest.mark.parametrize(("bound", "upper"), [(10.0, None), (5.2, 5.2)])
def test_upper_bounds_turn_the_coordinate_round(model, bound, upper):
    code = (
        "data { int N; vector[N] y; real U; } parameters { real<upper=U> m; }"
        "model { y ~ normal(m, 1); }"
    )

    found = model(code, N=8, y=Y, U=bound).mle(seed=1).profile("m")

    half = np.sqrt(CUT / 8)
    assert found.lower == pytest.approx(Y.mean() - half, rel=1e-9)
    assert found.upper == pytest.approx(upper or Y.mean() + half, rel=1e-9)
    assert bool(found.notes) == bool(upper)


def test_eight_schools_on_the_edge(model):
    y, s = [28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]
    mle = model(SCHOOLS, J=8, y=y, s=s).mle(seed=1)

    def deviance(mu, tau):
        v = np.square(s) + tau**2
        w = ((np.array(y) - mu) ** 2 / v + np.log(v)).sum()
        return w - ((np.array(y) - 7.685616725) ** 2 / np.square(s) + np.log(np.square(s))).sum()

    def over_mu(tau):
        w = 1 / (np.square(s) + tau**2)
        return deviance((w @ y) / w.sum(), tau)

    grid = np.linspace(0, 40, 40001)
    tau, mu = mle.profile("tau"), mle.profile("mu")
    assert mle.status is Status.BOUNDARY
    assert tau.lower == 0
    assert over_mu(tau.upper) == pytest.approx(CUT, abs=1e-5)
    # away from its estimate mu sends tau off the edge: the profile has to follow
    for end in mu.interval:
        assert min(deviance(end, t) for t in grid[::20]) == pytest.approx(CUT, abs=1e-4)


def test_an_interior_estimate_whose_edge_is_not_excluded(model):
    y, s = [38, 8, -3, 7, -11, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]
    mle = model(SCHOOLS, J=8, y=y, s=s).mle(seed=1)

    found = mle.profile("tau")

    assert mle.status is Status.CONVERGED
    assert found.lower == 0
    assert mle["tau"] < found.upper < np.inf
    assert "levels off below the cut-off" in found.notes[0]


def test_all_successes_end_at_one(model):
    plain = BINOMIAL.replace("real odds = p / (1 - p);", "").replace(
        "real log_odds = logit(p);", ""
    )
    found = model(plain, n=10, y=10).mle(seed=1).profile("p")

    assert found.interval == pytest.approx((np.exp(-CUT / 20), 1), rel=1e-6)
    assert found.notes[0].startswith("the upper limit is the end")


def test_an_edge_that_moves_is_no_limit(model):
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<upper=mu> m; }"
        "model { y ~ normal(m, 1); y[1] ~ normal(mu, 1); }"
    )
    mle = model(code, N=8, y=Y).mle(seed=1)

    def deviance(m):
        return ((Y - m) ** 2).sum() + max(m - Y[0], 0) ** 2

    assert mle.status is Status.BOUNDARY
    least = deviance(float(mle["m"]))
    for end in mle.profile("m").interval:
        assert deviance(end) - least == pytest.approx(CUT, rel=1e-6)


@pytest.mark.parametrize("name", ["R[2,1]", "s[2]", "cov"])
def test_agrees_with_constrained_optimisation(model, name):
    rng = np.random.default_rng(1)
    y = rng.multivariate_normal([0, 0, 0], [[1, 0.5, 0.2], [0.5, 1, 0.3], [0.2, 0.3, 1]], size=30)
    code = (
        "data { int N; array[N] vector[3] y; } parameters { corr_matrix[3] R; vector<lower=0>[3] s;"
        "} transformed parameters { real cov = R[1, 2] * s[1] * s[2]; }"
        "model { y ~ multi_normal(rep_vector(0, 3), quad_form_diag(R, s)); }"
    )
    mle = model(code, N=30, y=y).mle(seed=1)
    row, space = mle.layout.names.index(name), mle.optimum
    objective, transforms = mle.problem.objective, mle.problem.density.transforms

    def value(z):
        return transforms.constrain(space.q + space.root @ z, derived=True)[row] / mle.spread[row]

    def inside(z):
        return objective(space.q + space.root @ z)[0] - space.value + CUT / 2

    found = mle.profile(name)
    for side, limit in ((-1, found.lower), (1, found.upper)):
        best = minimize(
            lambda z, side=side: -side * value(z),
            np.full(6, 0.1),
            constraints=[{"type": "ineq", "fun": inside}],
            method="SLSQP",
            options={"ftol": 1e-12, "maxiter": 300},
        )
        assert value(best.x) == pytest.approx(limit / mle.spread[row], abs=1e-4)


def test_a_distant_mean_keeps_its_digits(model):
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }"
        "transformed parameters { real twice = 2 * mu; } model { y ~ normal(mu, sigma); }"
    )
    far = 1e6 + 1e-3 * Y
    inits = {"mu": 1e6, "sigma": 1e-3}
    mle = model(code, N=8, y=far).mle(seed=1, inits=inits)

    half = far.std() * np.sqrt(np.expm1(CUT / 8))
    for scalar, factor in (("mu", 1), ("twice", 2)):
        found = mle.profile(scalar)
        assert (found.upper - found.lower) / factor == pytest.approx(2 * half, rel=1e-5)


def test_a_map_is_named_for_what_it_is(model):
    code = (
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
        "model { p ~ beta(2, 2); y ~ binomial(n, p); }"
    )
    found = model(code, n=10, y=3).map(seed=1).profile("p")

    flat = model(BINOMIAL, n=12, y=4).mle(seed=1).profile("p")
    assert found.interval == pytest.approx(flat.interval, rel=1e-9)
    assert found.title == "profile of the posterior density (constrained scale)"
    assert "neither a confidence nor a credible interval" in found.notes[0]
    assert (flat.title, flat.notes) == ("profile likelihood", ())


def test_scales_of_a_map_have_profiles_of_their_own(gaussian):
    made = gaussian(Y)

    one, two = (made.map(s, seed=1).profile("sigma") for s in ("constrained", "unconstrained"))

    # with log|J| = log sigma the density is that of n - 1 observations, for sigma alone
    assert two.estimate == pytest.approx(Y.std(ddof=1), rel=1e-8)
    n, ss = Y.size, Y.size * Y.var()
    for end in two.interval:
        ratio = ss / end**2
        assert ratio - (n - 1) * np.log(ratio / (n - 1)) - (n - 1) == pytest.approx(CUT, rel=1e-7)
    assert one.upper < two.upper


def test_a_better_optimum_is_told(model):
    code = "data { vector[3] y; } parameters { real m; } model { y ~ cauchy(m, 1); }"
    mle = model(code, y=[-3.0, 3.0, 3.2]).mle(inits={"m": -2.6}, seed=1)

    assert mle["m"] < 0
    with pytest.raises(ConvergenceError, match="above the maximum") as caught:
        mle.profile("m")

    assert caught.value.estimate is mle
    assert "inits={'m': " in caught.value.do


def test_a_jump_is_told(model):
    code = (
        "data { int N; vector[N] y; } parameters { real m; }"
        "model { real shift = m > 5.2 ? 3 : 0; y ~ normal(m + shift, 1); }"
    )
    found = model(code, N=8, y=Y).mle(seed=1, inits={"m": 4.5}).profile("m")

    assert found.upper == pytest.approx(5.2, abs=1e-3)
    assert found.lower == pytest.approx(Y.mean() - np.sqrt(CUT / 8), rel=1e-8)
    assert "jumps" in found.notes[0]


def test_a_density_that_ends_is_told(model):
    code = (
        "data { int N; vector[N] y; } parameters { real m; }"
        "model { if (m > 5.2) reject(m); y ~ normal(m, 1); }"
    )
    found = model(code, N=8, y=Y).mle(seed=1, inits={"m": 4.5}).profile("m")

    assert found.upper == pytest.approx(5.2, abs=1e-3)
    assert "no density" in found.notes[0]


def test_what_has_no_profile_says_why(gaussian):
    mle = gaussian(Y).mle(seed=1)

    for name, why in {"z": "random", "k": "whole number"}.items():
        with pytest.raises(EstimandError, match=why):
            mle.profile(name)
    with pytest.raises(UnknownNameError, match="no scalar 'nu'"):
        mle.profile("nu")
    with pytest.raises(UsageError, match="probability"):
        mle.profile("mu", ci_prob=95)


def test_whole_vectors_are_refused_by_naming_their_parts(model):
    mle = model(MULTINOMIAL, K=3, y=[5, 3, 2]).mle(seed=1)

    with pytest.raises(UnknownNameError, match=r"theta\[1\], theta\[2\], theta\[3\]"):
        mle.profile("theta")


def test_constants_and_unreached_parameters_have_none(model):
    code = (
        "data { int N; vector[N] y; } parameters { real m; real t; }"
        "transformed parameters { real c = m > 0 ? 1.0 : 0.0; }"
        "model { t ~ normal(0, 1); y ~ normal(m, 1); }"
    )
    mle = model(code, N=8, y=Y).mle(seed=1)

    with pytest.raises(EstimandError, match="does not move"):
        mle.profile("c")
    with pytest.raises(EstimandError, match="no active statement depends on it"):
        mle.profile("t")
    assert mle.profile("m").interval == pytest.approx(
        (Y.mean() - np.sqrt(CUT / 8), Y.mean() + np.sqrt(CUT / 8)), rel=1e-10
    )


def test_unit_diagonals_have_none(model):
    code = (
        "data { int N; array[N] vector[2] y; } parameters { corr_matrix[2] R; }"
        "model { y ~ multi_normal(rep_vector(0, 2), R); }"
    )
    y = [[1, 0.5], [-1, -0.3], [0.5, 1.2], [-0.4, -1], [0.8, 0.1]]
    mle = model(code, N=5, y=y).mle(seed=1)

    for name in ("R[1,1]", "R[2,2]"):
        with pytest.raises(EstimandError, match="does not move"):
            mle.profile(name)
    assert mle.profile("R[2,1]").interval == pytest.approx(mle.profile("R[1,2]").interval)


def test_no_maximum_no_profile(model):
    code = (
        "data { int N; vector[N] x; array[N] int y; } parameters { real a; real b; }"
        "model { y ~ bernoulli_logit(a + b * x); }"
    )
    separated = model(code, N=6, x=[-3, -2, -1, 1, 2, 3], y=[0, 0, 0, 1, 1, 1])

    with pytest.raises(EstimandError, match="no finite maximum"):
        separated.mle(seed=1, require_converged=False).profile("b")


def test_a_loaded_estimate_has_lost_its_density(gaussian, tmp_path):
    mle = gaussian(Y).mle(seed=1)

    with pytest.raises(EstimandError, match="holds no data"):
        bw.load(bw.save(mle, tmp_path / "mle.bw")).profile("mu")


def test_another_density_than_that_of_the_request_is_refused(gaussian):
    mle = gaussian(Y).mle(seed=1)
    other = dataclasses.replace(mle, optimum=dataclasses.replace(mle.optimum, value=-1.0))

    with pytest.raises(EstimandError, match="maximises another"):
        other.profile("mu")


def test_said_in_words(gaussian):
    text = str(gaussian(Y).mle(seed=1).profile("mu"))

    assert text == "profile likelihood of mu: 4.8875, 95% interval [4.35729, 5.41771]"


def test_saved_and_loaded(gaussian, tmp_path):
    found = gaussian(Y).mle(seed=1).profile("sigma")

    loaded = bw.load(bw.save(found, tmp_path / "profile.bw"))

    assert str(loaded) == str(found)
    assert loaded.curve.equals(found.curve)
