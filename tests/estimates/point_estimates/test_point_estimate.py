"""`PointEstimate`: shapes, tables, reasons, covariance, and types of parameters of every kind."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.results.status import Status

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
MULTINOMIAL = (
    "data { int K; array[K] int y; vector[K] a; } parameters { simplex[K] theta; }"
    "model { theta ~ dirichlet(a); y ~ multinomial(theta); }"
)


def test_table_of_an_mle(gaussian):
    mle = gaussian(Y).mle(seed=1)

    table = mle.to_frame()

    assert list(table.columns) == ["estimate", "se", "ci_lower", "ci_upper", "note"]
    assert list(table.index) == ["mu", "sigma"]
    assert table.index.name == "parameter"
    assert (mle.estimator, mle.scale, mle.title) == (Estimator.MLE, None, "MLE")


def test_table_of_a_map_has_no_standard_error(gaussian):
    mode = gaussian(Y).map("unconstrained", seed=1)

    assert "se" not in mode.to_frame()
    assert "sd_laplace" in mode.to_frame()
    assert (mode.scale, mode.title) == (Scale.UNCONSTRAINED, "MAP (unconstrained scale)")


def test_derived_rows_come_last_and_on_request(gaussian):
    table = gaussian(Y).mle(seed=1).to_frame(derived=True)

    assert list(table.index) == ["mu", "sigma", "variance", "cv", "z", "k", "log_cv"]


def test_derived_standard_errors_by_the_delta_method(gaussian):
    table = gaussian(Y).mle(seed=1).to_frame(derived=True)

    mu, sigma, n = Y.mean(), Y.std(), Y.size
    var_mu, var_sigma = sigma**2 / n, sigma**2 / (2 * n)
    cv_se = np.hypot(np.sqrt(var_sigma) / mu, sigma * np.sqrt(var_mu) / mu**2)
    assert table.loc["variance", "se"] == pytest.approx(2 * sigma * np.sqrt(var_sigma), rel=1e-8)
    assert table.loc["cv", "se"] == pytest.approx(cv_se, rel=1e-8)
    assert table.loc["log_cv", "se"] == pytest.approx(cv_se * mu / sigma, rel=1e-8)


def test_random_and_whole_numbers_have_a_reason_instead(gaussian):
    table = gaussian(Y).mle(seed=1).to_frame(derived=True)

    assert table.loc[["z", "k"], ["se", "ci_lower", "ci_upper"]].isna().all().all()
    assert table.loc["z", "note"].startswith("random")
    assert table.loc["k", "note"].startswith("an integer")
    assert table.loc["mu", "note"] == ""


@pytest.mark.parametrize("ci_prob", [0, 1, 95, -0.1, float("nan")])
def test_coverage_must_be_a_probability(gaussian, ci_prob):
    with pytest.raises(UsageError, match="probability"):
        gaussian(Y).mle(seed=1).to_frame(ci_prob)


def test_unknown_variables_are_named(gaussian):
    with pytest.raises(UnknownNameError, match="no variable 'nu'"):
        gaussian(Y).mle(seed=1)["nu"]


@pytest.mark.parametrize("verb", ["mle", "map"])
def test_covariance_is_symmetric_and_positive(gaussian, verb):
    estimate = getattr(gaussian(Y), verb)(seed=1)

    covariance = estimate.covariance()

    assert list(covariance.index) == list(covariance.columns) == ["mu", "sigma"]
    np.testing.assert_allclose(covariance, covariance.T)
    assert np.linalg.eigvalsh(covariance).min() > 0
    np.testing.assert_allclose(
        np.sqrt(np.diag(covariance)), estimate.to_frame()[estimate.spread_name]
    )


def test_simplex_has_the_singular_covariance_of_proportions(model):
    mle = model(MULTINOMIAL, K=3, y=[5, 3, 2], a=[1.0, 1, 1]).mle(seed=1)

    p = np.array([0.5, 0.3, 0.2])
    exact = (np.diag(p) - np.outer(p, p)) / 10
    np.testing.assert_allclose(mle["theta"], p, rtol=1e-8)
    np.testing.assert_allclose(mle.covariance(), exact, atol=1e-9)
    np.testing.assert_allclose(mle.covariance().sum(), 0, atol=1e-10)


@pytest.mark.parametrize("counts", [(5, 3, 0), (0, 5, 3), (5, 0, 3)])
def test_an_empty_category_lies_on_the_edge_and_no_other(model, counts):
    mle = model(MULTINOMIAL, K=3, y=counts, a=[1.0, 1, 1]).mle(seed=1)

    p = np.array(counts) / 8
    np.testing.assert_allclose(mle["theta"], p, atol=1e-6)
    assert mle.status is Status.BOUNDARY
    empty = f"theta[{counts.index(0) + 1}]"
    assert mle.to_frame().loc[empty, "estimate"] == 0
    assert "boundary" in mle.notes[empty]
    spread = mle.spread[p > 0]
    # standard errors of the others are theirs with the edge held, or absent; never zero
    assert np.isnan(spread).all() or spread == pytest.approx(np.sqrt(5 / 8 * 3 / 8 / 8), rel=1e-4)


@pytest.mark.parametrize("kind", ["ordered", "positive_ordered"])
def test_ordered_means_in_and_out_of_order(model, kind):
    code = f"data {{ vector[2] y; }} parameters {{ {kind}[2] m; }} model {{ y ~ normal(m, 1); }}"

    inside, tie = model(code, y=[1.0, 2]).mle(seed=1), model(code, y=[2.0, 1]).mle(seed=1)

    np.testing.assert_allclose(inside["m"], [1, 2], atol=1e-8)
    np.testing.assert_allclose(inside.spread, 1, rtol=1e-8)
    assert tie.status is Status.BOUNDARY
    np.testing.assert_allclose(tie["m"], [1.5, 1.5], atol=1e-8)
    # merged, they are one mean of two observations
    np.testing.assert_allclose(tie.spread, np.sqrt(1 / 2), rtol=1e-6)
    assert "m[1] = m[2]: merged" in " ".join(tie.warnings)


def test_correlation_matrix_under_lkj(model):
    mode = model("parameters { corr_matrix[3] R; } model { R ~ lkj_corr(4); }").map(seed=1)

    np.testing.assert_allclose(mode["R"], np.eye(3), atol=1e-8)
    # log det R falls by r^2 for each off-diagonal element
    assert mode.to_frame().loc["R[2,1]", "sd_laplace"] == pytest.approx(1 / np.sqrt(6), rel=1e-5)
    assert mode.to_frame().loc["R[1,1]", "ci_upper"] == 1


def test_cholesky_factor_under_lkj(model):
    mode = model("parameters { cholesky_factor_corr[2] L; } model { L ~ lkj_corr_cholesky(3); }")

    found = mode.map(seed=1)

    np.testing.assert_allclose(found["L"], np.eye(2), atol=1e-8)


@pytest.mark.parametrize(
    ("declared", "density"),
    [
        ("cov_matrix[2] S", "multi_normal(rep_vector(0, 2), S)"),
        ("cholesky_factor_cov[2] S", "multi_normal_cholesky(rep_vector(0, 2), S)"),
    ],
)
def test_covariance_matrices(model, declared, density):
    y = np.array([[1, 0.5], [-1, 0.3], [0.5, 1.2], [-0.4, -1], [0.8, 0.1]])
    code = (
        "data { int n; array[n] vector[2] y; } parameters { " + declared + "; }"
        "model { y ~ " + density + "; }"
    )

    mle = model(code, n=5, y=y).mle(seed=1)

    exact = y.T @ y / 5
    is_factor = declared.startswith("cholesky")
    np.testing.assert_allclose(
        mle["S"], np.linalg.cholesky(exact) if is_factor else exact, rtol=1e-7
    )
    if not is_factor:
        errors = np.sqrt((exact**2 + np.outer(np.diag(exact), np.diag(exact))) / 5)
        np.testing.assert_allclose(mle.layout.take(mle.spread, "S"), errors, rtol=1e-6)
    inside = mle.to_frame().loc["S[1,1]"]
    assert 0 < inside["ci_lower"] < inside["estimate"]


@pytest.mark.parametrize(
    ("bounds", "data", "support"),
    [
        ("<offset=5, multiplier=3>", {}, (-np.inf, np.inf)),
        ("<upper=10>", {}, (-np.inf, 10)),
        ("<lower=0, upper=9>", {}, (0, 9)),
        ("<lower=lo>", {"lo": -3.0}, (-3, np.inf)),
        ("<lower=min(y) - 1, upper=2 * max(y)>", {}, (2.8, 12)),
    ],
)
def test_bounds_of_every_kind(model, bounds, data, support):
    extra = " ".join(f"real {name};" for name in data)
    code = (
        f"data {{ int N; vector[N] y; {extra} }} parameters {{ real{bounds} m; }}"
        "model { y ~ normal(m, 1); }"
    )

    mle = model(code, N=8, y=Y, **data).mle(seed=1)

    assert mle["m"] == pytest.approx(Y.mean(), rel=1e-8)
    assert mle.spread[0] == pytest.approx(1 / np.sqrt(8), rel=1e-8)
    np.testing.assert_allclose(mle.supports[0], support)
    row = mle.to_frame().loc["m"]
    assert support[0] < row["ci_lower"] < row["ci_upper"] < support[1]


@pytest.mark.parametrize(
    ("declared", "shape"),
    [
        ("matrix[2, 3] B", (2, 3)),
        ("array[2] vector[3] B", (2, 3)),
        ("array[2] row_vector[3] B", (2, 3)),
        ("array[2, 3] real B", (2, 3)),
        ("array[2] matrix[3, 2] B", (2, 3, 2)),
    ],
)
def test_names_and_shapes_agree(model, declared, shape):
    kind, name = declared.rsplit(" ", 1)
    y = np.arange(np.prod(shape), dtype=float).reshape(shape)
    loops = "for (i in 1 : 2) "
    loops += "for (j in 1 : 3) " if len(shape) == 3 or "array[2, 3]" in kind else ""
    at = "[i, j]" if "for (j" in loops else "[i]"
    code = (
        f"data {{ {kind} y; }} parameters {{ {kind} {name}; }}"
        f"model {{ {loops} y{at} ~ normal(B{at}, 1); }}"
    )

    mle = model(code, y=y).mle(seed=1)

    np.testing.assert_allclose(mle["B"], y, atol=1e-7)
    table = mle.to_frame()
    for index in np.ndindex(shape):
        row = f"B[{','.join(str(i + 1) for i in index)}]"
        assert mle["B"][index] == table.loc[row, "estimate"]


def test_parameters_of_length_zero(model):
    code = (
        "data { int K; vector[3] y; } parameters { real m; vector[K] b; }"
        "model { b ~ normal(0, 1); y ~ normal(m, 1); }"
    )
    empty = model(code, K=0, y=[1.0, 2, 6])

    mode = empty.map(inits={"m": 1.0}, seed=1)

    assert mode["b"].shape == (0,)
    assert list(mode.to_frame().index) == ["m"]
    assert empty.sample(seed=1, chains=2, iter_sampling=50)["b"].shape == (2, 50, 0)


def test_wald_interval_of_a_proportion(model):
    code = (
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
        "model { y ~ binomial(n, p); }"
    )

    row = model(code, n=10, y=1).mle(seed=1).to_frame().loc["p"]

    assert row["ci_lower"] == pytest.approx(0.01388, abs=1e-5)
    assert row["ci_upper"] == pytest.approx(0.46724, abs=1e-5)


def test_derived_quantities_of_an_edge_have_no_spread_of_zero(model):
    edge = model(
        "data { vector[3] y; } parameters { real m; real<lower=0> z; }"
        "transformed parameters { real w = z^2; }"
        "model { z ~ exponential(2); y ~ normal(m, 1); }",
        y=[1.0, 2, 6],
    )

    table = edge.map(seed=1).to_frame(derived=True)

    assert table.loc["z", "estimate"] == 0
    assert table.loc[["z", "w"], "sd_laplace"].isna().all()
    assert "no standard error" in table.loc["w", "note"]
    assert table.loc["m", "sd_laplace"] == pytest.approx(1 / np.sqrt(3))


def test_pickle(gaussian):
    mle = gaussian(Y).mle(seed=1)

    again = pickle.loads(pickle.dumps(mle))

    assert str(again) == str(mle)
    assert again.record == mle.record


def test_text_shows_status_and_log_likelihood(gaussian):
    text = str(gaussian(Y).mle(seed=1))

    assert text.startswith("MLE: converged; the maximum is verified")
    assert "log likelihood -8.21" in text
