"""Modes of small programs against closed forms, evaluated in this process."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import program_text
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import (
    ConvergenceError,
    DataError,
    EngineError,
    EngineRunError,
    EstimandError,
    OutOfTimeError,
)
from bayeswrap.estimates.point_estimates import maximise
from bayeswrap.estimates.results.status import Status

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
KNOWN = "data { int N; vector[N] y; } parameters { real mu; } model { y ~ normal(mu, 1); }"


def test_bernoulli_example_of_cmdstan(bernoulli):
    mle, mode, unconstrained = (
        bernoulli.mle(seed=1),
        bernoulli.map(seed=1),
        bernoulli.map("unconstrained", seed=1),
    )

    assert mle["theta"] == pytest.approx(0.2, abs=1e-10)
    assert mle.to_frame().loc["theta", "se"] == pytest.approx(0.126491, abs=1e-6)
    assert mode["theta"] == pytest.approx(0.2, abs=1e-10)
    assert mode.log_joint == pytest.approx(-5.004024, abs=1e-6)
    assert unconstrained["theta"] == pytest.approx(0.25, abs=1e-10)
    log_jacobian = np.log(0.25 * 0.75)
    assert unconstrained.log_joint + log_jacobian == pytest.approx(-6.748022, abs=1e-6)
    assert "evaluated by stanli" in mle.record.engine
    assert mle.cmdstan_fit is None


def test_globe_tossing(model):
    tosses = model(
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
        "model { p ~ uniform(0, 1); y ~ binomial(n, p); }",
        n=9,
        y=6,
    )

    table = tosses.map(seed=1).to_frame()

    assert table.loc["p", "estimate"] == pytest.approx(2 / 3, abs=1e-9)
    assert table.loc["p", "sd_laplace"] == pytest.approx(0.157135, abs=1e-6)
    assert tosses.map("unconstrained", seed=1)["p"] == pytest.approx(0.636364, abs=1e-6)


def test_exponential_prior_alone_has_its_mode_on_the_edge(model):
    prior = model("parameters { real<lower=0> x; } model { x ~ exponential(1); }")

    mode = prior.map(seed=1)

    assert mode.status is Status.BOUNDARY
    assert mode["x"] == 0
    assert np.isnan(mode.spread).all()
    assert "boundary of its support" in mode.notes["x"]
    assert prior.map("unconstrained", seed=1)["x"] == pytest.approx(1, abs=1e-9)
    with pytest.raises(EstimandError, match="no likelihood"):
        prior.mle()


def test_gamma_2_1(model):
    prior = model("parameters { real<lower=0> x; } model { x ~ gamma(2, 1); }")

    assert prior.map(seed=1)["x"] == pytest.approx(1, abs=1e-9)
    assert prior.map("unconstrained", seed=1)["x"] == pytest.approx(2, abs=1e-9)


def test_poisson_gamma(model):
    counts = model(
        "data { int N; array[N] int y; } parameters { real<lower=0> lambda; }"
        "model { lambda ~ gamma(2, 1); y ~ poisson(lambda); }",
        N=5,
        y=[3, 1, 4, 1, 5],
    )

    mle = counts.mle(seed=1)

    assert mle["lambda"] == pytest.approx(2.8, abs=1e-9)
    assert mle.spread[0] == pytest.approx(0.748331, abs=1e-6)
    assert counts.map(seed=1)["lambda"] == pytest.approx(2.5, abs=1e-9)
    assert counts.map("unconstrained", seed=1)["lambda"] == pytest.approx(2.666667, abs=1e-6)


def test_normal_with_known_sd_weighs_prior_and_data_alike(model):
    y = 103 + 15 * np.array([-1.0, 0, 1, -0.5, 0.5, -1.5, 1.5, 0.2, -0.2])
    iq = model(
        "data { int N; vector[N] y; } parameters { real mu; }"
        "model { mu ~ normal(100, 5); y ~ normal(mu, 15); }",
        N=9,
        y=y,
    )

    mle, mode = iq.mle(seed=1), iq.map(seed=1)

    assert (mle["mu"], mle.spread[0]) == (pytest.approx(103), pytest.approx(5))
    assert (mode["mu"], mode.spread[0]) == (pytest.approx(101.5), pytest.approx(3.535534, abs=1e-6))


def test_gaussian_sigma_on_both_scales(gaussian):
    sample = gaussian(Y)

    mle, mode = sample.mle(seed=1), sample.map("unconstrained", seed=1)

    assert mle["mu"] == pytest.approx(4.8875)
    assert mle["sigma"] == pytest.approx(0.675347, abs=1e-6)
    np.testing.assert_allclose(mle.to_frame()["se"], [0.238771, 0.168837], atol=1e-6)
    # the Jacobian of log sigma gives exactly the variance with n - 1
    assert mode["sigma"] == pytest.approx(Y.std(ddof=1), rel=1e-9)
    assert sample.map(seed=1)["sigma"] == pytest.approx(Y.std(), rel=1e-9)


def test_log_likelihood_carries_all_constants(gaussian):
    mle = gaussian(Y).mle(seed=1)

    expected = stats.norm.logpdf(Y, Y.mean(), Y.std()).sum()
    assert mle.log_likelihood == pytest.approx(expected, rel=1e-12)
    assert (mle.log_prior, mle.log_population) == (0, 0)


@pytest.mark.parametrize("scale", [1e6, 1e-6])
def test_the_unit_of_the_data_does_not_matter(gaussian, scale):
    plain, scaled = gaussian(Y).mle(seed=1), gaussian(Y * scale).mle(seed=1)

    assert scaled.status is Status.CONVERGED
    z = plain.to_frame()["estimate"] / plain.to_frame()["se"]
    np.testing.assert_allclose(
        scaled.to_frame()["estimate"] / scaled.to_frame()["se"], z, rtol=1e-7
    )


def test_the_order_of_the_rows_does_not_matter(gaussian):
    one, other = gaussian(Y).mle(seed=1), gaussian(Y[::-1]).mle(seed=2)

    np.testing.assert_allclose(one.values[:4], other.values[:4], rtol=1e-10)
    np.testing.assert_allclose(one.spread[:4], other.spread[:4], rtol=1e-7)


PARAMETRISATIONS = {
    "sigma": ("real<lower=0> sigma;", "sigma", lambda s: s),
    "variance": ("real<lower=0> v;", "sqrt(v)", lambda s: s**2),
    "log_sigma": ("real eta;", "exp(eta)", np.log),
}


@pytest.mark.parametrize("name", PARAMETRISATIONS)
def test_an_mle_does_not_depend_on_the_parametrisation(model, name):
    declared, sigma, transform = PARAMETRISATIONS[name]
    code = (
        f"data {{ int N; vector[N] y; }} parameters {{ real mu; {declared} }}"
        f"model {{ y ~ normal(mu, {sigma}); }}"
    )

    mle = model(code, N=8, y=Y).mle(seed=1)

    assert mle.values[1] == pytest.approx(transform(Y.std()), rel=1e-8)


@pytest.mark.parametrize(
    ("name", "prior", "divisor"),
    [("sigma", "-log(sigma)", 9), ("variance", "-log(v)", 10), ("log_sigma", "0 * eta", 8)],
)
def test_a_map_moves_by_the_jacobian(model, name, prior, divisor):
    # one prior, flat in log sigma, as a density of each parameter: three modes of the variance,
    # the sum of squares over n + 1, n + 2 and n
    declared, sigma, transform = PARAMETRISATIONS[name]
    code = (
        f"data {{ int N; vector[N] y; }} parameters {{ real mu; {declared} }}"
        f"model {{ target += {prior}; y ~ normal(mu, {sigma}); }}"
    )

    mode = model(code, N=8, y=Y).map(seed=1)

    squares = ((Y - Y.mean()) ** 2).sum()
    assert mode.values[1] == pytest.approx(transform(np.sqrt(squares / divisor)), rel=1e-8)


@pytest.mark.parametrize(("upper", "expected"), [(8.0, 4.8875), (4.5, 4.5)])
def test_a_uniform_prior_gives_the_mle_back_where_its_support_holds_it(model, upper, expected):
    code = (
        "data { int N; vector[N] y; real b; } parameters { real<lower=0, upper=b> mu; }"
        "model { mu ~ uniform(0, b); y ~ normal(mu, 1); }"
    )
    bounded, free = model(code, N=8, y=Y, b=upper), model(KNOWN, N=8, y=Y)

    mode = bounded.map(seed=1)

    assert mode["mu"] == pytest.approx(expected, abs=1e-9)
    assert (abs(mode["mu"] - free.mle(seed=1)["mu"]) < 1e-9) == (upper == 8.0)
    assert (mode.status is Status.BOUNDARY) == (upper == 4.5)


@pytest.mark.parametrize(
    ("k", "gap"),
    [(0, -0.41633), (1, -0.22830), (2, -0.11741), (3, -0.05914), (4, -0.02963), (5, -0.01482)],
)
def test_the_pull_of_the_shape_fades_with_n(model, k, gap):
    n = 10 * 4**k
    tosses = model(
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
        "model { p ~ uniform(0, 1); y ~ binomial(n, p); }",
        n=n,
        y=n // 5,
    )

    exact = stats.beta(n // 5 + 1, n - n // 5 + 1)

    mode = tosses.map(seed=1)["p"]
    assert (mode - exact.mean()) / exact.std() == pytest.approx(gap, abs=1e-5)


def test_flat_coordinates_are_named_and_blank(model):
    half = model(
        "data { vector[3] y; } parameters { real mu; real z; }"
        "transformed parameters { real twice = 2 * z; real next = mu + 1; }"
        "model { z ~ normal(1, 2); y ~ normal(mu, 1); }",
        y=[1.0, 2, 6],
    )

    mle = half.mle(seed=1)

    assert mle["mu"] == pytest.approx(3)
    assert np.isnan([mle["z"], mle["twice"]]).all()
    assert mle["next"] == pytest.approx(4)
    assert mle.notes["z"].startswith("flat")
    assert any("depends on z" in w for w in mle.warnings)
    # what is off depends on the blank coordinate: its value there would be one of the start's
    assert np.isnan(mle.log_prior)
    assert np.isfinite(mle.log_likelihood)
    assert half.map(seed=1)["z"] == pytest.approx(1)


SEPARATED = (
    "data { int N; vector[N] x; array[N] int y; real s; } parameters { real a; real b; }"
    "model { a ~ normal(0, s); b ~ normal(0, s); y ~ bernoulli_logit(a + b * x); }"
)


def separated(model, s):
    return model(SEPARATED, N=6, x=np.arange(6) - 2.5, y=[0, 0, 0, 1, 1, 1], s=s)


def test_separation_has_no_mle(model):
    with pytest.raises(ConvergenceError, match="no finite maximum") as caught:
        separated(model, 1.0).mle(seed=1)

    assert caught.value.estimate.status is Status.AT_INFINITY
    assert "b" in caught.value.where
    reached = separated(model, 1.0).mle(seed=1, require_converged=False)
    assert np.isnan(reached.spread).all()
    assert reached.notes["b"] == Status.AT_INFINITY.sentence


@pytest.mark.parametrize(("s", "slope"), [(1.0, 1.12061), (2.5, 2.25525), (10.0, 5.6531)])
def test_a_prior_cures_separation(model, s, slope):
    mode = separated(model, s).map(seed=1)

    assert mode["b"] == pytest.approx(slope, abs=1e-4)
    assert mode["a"] == pytest.approx(0, abs=1e-6)


MIXTURE = (
    "data { int N; vector[N] y; } parameters { real m1; real m2; }"
    "model { for (n in 1 : N) target += log_mix(0.5, normal_lpdf(y[n] | m1, 1),"
    "normal_lpdf(y[n] | m2, 1)); }"
)
CLUSTERS = [-2.1, -1.9, -2.4, -1.6, -2.0, 1.8, 2.2, 2.5, 1.7, 2.1]


def test_mixture_of_two_means(model):
    mle = model(MIXTURE, N=10, y=CLUSTERS).mle(seed=1)

    np.testing.assert_allclose(sorted(mle.values), [-1.99833, 2.05841], atol=1e-5)
    assert mle.log_likelihood == pytest.approx(-16.492313, abs=1e-6)


def test_a_start_between_the_means_leads_to_a_saddle_which_is_left_and_told(model):
    at = model(MIXTURE, N=10, y=CLUSTERS).mle(inits={"m1": 0.0, "m2": 0.0}, seed=1)

    np.testing.assert_allclose(sorted(at.values), [-1.99833, 2.05841], atol=1e-5)
    assert "saddle" in at.warnings[0]


@pytest.mark.parametrize("start", [-5.0, 5.0])
def test_cauchy_with_two_modes_converges_at_the_nearer(model, start):
    code = "data { vector[2] y; } parameters { real t; } model { y ~ cauchy(t, 1); }"

    mle = model(code, y=[-5.0, 5.0]).mle(inits={"t": start}, seed=1)

    assert mle.status is Status.CONVERGED
    assert mle["t"] == pytest.approx(np.sign(start) * np.sqrt(24), rel=1e-8)


def test_collinear_predictors_are_flat(model):
    x = np.linspace(-1, 1, 9)
    code = (
        "data { vector[9] x; vector[9] y; } parameters { real b1; real b2; real<lower=0> s; }"
        "model { y ~ normal(b1 * x + 2 * b2 * x, s); }"
    )

    found = model(code, x=x, y=x + np.cos(7 * x)).mle(seed=1, require_converged=False)

    assert found.status is Status.FLAT
    along = found.optimum.direction
    assert along[0] + 2 * along[1] == pytest.approx(0, abs=1e-3)


def test_a_product_is_flat(model):
    code = (
        "data { int N; vector[N] y; } parameters { real a; real b; real<lower=0> s; }"
        "model { y ~ normal(a * b, s); }"
    )

    found = model(code, N=8, y=Y).mle(seed=1, require_converged=False)

    assert found.status is Status.FLAT
    # along the hyperbola: d(ab) = 0, and sigma has no part in it
    step, (a, b, _) = found.optimum.direction, found.optimum.q
    assert abs(step[0] * b + step[1] * a) < 1e-3 * (abs(a) + abs(b))
    assert abs(step[2]) < 1e-3


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_constant_response_is_unbounded(gaussian, seed):
    found = gaussian(np.full(7, 4.0)).mle(seed=seed, require_converged=False)

    assert found.status is Status.UNBOUNDED
    assert np.isnan(found.spread).all()


def test_eight_schools_centred_is_unbounded_and_names_tau(model):
    code = (
        "data { vector[8] y; vector[8] s; }"
        "parameters { vector[8] theta; real mu; real<lower=0> tau; }"
        "model { theta ~ normal(mu, tau); y ~ normal(theta, s); }"
    )
    schools = model(code, y=[28.0, 8, -3, 7, -1, 1, 18, 12], s=[15.0, 10, 16, 11, 9, 11, 10, 18])

    with pytest.raises(ConvergenceError, match="unbounded") as caught:
        schools.map(seed=1)

    assert caught.value.where == "along -1 tau (unconstrained scale)"
    with pytest.raises(EstimandError, match="theta ~ normal"):
        schools.mle()


def test_neals_funnel_has_a_mode_that_is_far_from_its_mass(model):
    mode = model(program_text("funnel")).map(seed=1)

    # d/dv (-v^2 / 18 - 9 v / 2) = 0
    assert mode["v"] == pytest.approx(-40.5, abs=1e-6)
    np.testing.assert_allclose(mode["x"], 0, atol=1e-12)
    assert any("joint mode" in w for w in mode.warnings)


def test_support_that_depends_on_the_data_ends_exactly_at_the_largest(model):
    code = (
        "data { int N; vector[N] y; } parameters { real<lower=max(y)> theta; }"
        "model { y ~ uniform(0, theta); }"
    )

    mle = model(code, N=8, y=Y).mle(seed=1)

    assert mle.status is Status.BOUNDARY
    assert mle["theta"] == Y.max()
    assert mle.log_likelihood == pytest.approx(-8 * np.log(6.0))


def test_the_seed_repeats_a_run(bernoulli):
    first, second = bernoulli.map(seed=3), bernoulli.map(seed=3)

    np.testing.assert_array_equal(first.values, second.values)
    assert first.record.seed == 3


def test_inits_may_be_partial_but_not_outside(gaussian):
    assert gaussian(Y).mle(inits={"sigma": 2.0}, seed=1)["mu"] == pytest.approx(4.8875)
    with pytest.raises(DataError, match="do not fit"):
        gaussian(Y).mle(inits={"sigma": -1.0}, seed=1)


def test_inits_may_hold_one_end_of_a_moving_bound(model):
    code = (
        "data { vector[2] y; } parameters { real a; real<lower=a> b; }"
        "model { a ~ normal(0, 1); y ~ normal(b, 1); }"
    )

    mode = model(code, y=[3.0, 5]).map(inits={"b": 0.1}, seed=1)

    assert (mode["a"], mode["b"]) == (pytest.approx(0, abs=1e-8), pytest.approx(4))


def test_no_start_is_an_error_with_advice(model):
    nowhere = model("parameters { real x; } model { target += log(-1 - x^2); }")

    with pytest.raises(EngineRunError, match="finite density"):
        nowhere.map(seed=1)


def test_unsupported_types_are_errors_of_the_engine(model):
    rows = model(
        "parameters { row_stochastic_matrix[2, 3] p; }"
        "model { for (i in 1 : 2) p[i]' ~ dirichlet(rep_vector(2, 3)); }"
    )

    with pytest.raises(EngineError, match="cannot take this program"):
        rows.map(seed=1)


def test_unit_vectors_have_a_mode_on_the_sphere_only(model):
    circle = model(
        "data { vector[2] y; } parameters { unit_vector[2] u; } model { y ~ normal(3 * u, 1); }",
        y=[2.0, 2.0],
    )

    mle = circle.mle(seed=1)

    # y'u is |y| cos(angle): information 3 |y| about the angle
    np.testing.assert_allclose(mle["u"], np.sqrt(0.5), atol=1e-8)
    np.testing.assert_allclose(mle.spread, np.sqrt(0.5 / (3 * np.sqrt(8))), rtol=1e-5)
    with pytest.raises(EstimandError, match="unit vector"):
        circle.map("unconstrained", seed=1)


def test_compiled_and_in_process_agree(gold_model):
    compiled, _ = gold_model("bayes/beta_binomial_7_of_10")
    same = bw.Model(compiled.program, compiled.data.values, engine="stanli")

    for verb in ("mle", "map"):
        one, other = getattr(compiled, verb)(seed=1), getattr(same, verb)(seed=1)
        np.testing.assert_allclose(one.values, other.values, rtol=1e-9)
        np.testing.assert_allclose(one.spread, other.spread, rtol=1e-7)
    assert "stanli" not in compiled.mle(seed=1).record.engine


def test_the_end_of_one_start_stays_where_the_seconds_are_spent(model, monkeypatch):
    def spent(*_, **__):
        raise OutOfTimeError("spent")

    monkeypatch.setattr(maximise, "search", spent)
    known = model(KNOWN, N=8, y=Y)
    problem = known.mle(seed=1).problem

    mode = maximise.find_mode(problem, starts=4, stan_first=True)

    assert mode.optimum.status is Status.CONVERGED
    assert mode.optimum.q[0] == pytest.approx(Y.mean())
    assert any("seconds" in w for w in mode.warnings)


def test_no_maximum_is_denied_where_the_seconds_are_spent(model, monkeypatch):
    def spent(*_, **__):
        raise OutOfTimeError("spent")

    monkeypatch.setattr(maximise, "search", spent)
    rising = model("parameters { real a; } model { target += a; }")

    estimate = rising.map(seed=1, require_converged=False)

    assert estimate.status is Status.NOT_CONVERGED
