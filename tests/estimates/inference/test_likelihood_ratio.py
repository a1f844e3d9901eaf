"""Likelihood-ratio tests against closed forms, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import BayeswrapWarning, ComparisonError, EstimandError

Y = [3, 4, 2, 9, 1, 7]
ONE = "data { int N; array[N] int y; } parameters { real a; } model { y ~ poisson_log(a); }"
LINE = (
    "data { int N; array[N] int y; vector[N] x; } parameters { real a; real b; }"
    "model { y ~ poisson_log(a + b * x); }"
)
EACH = "data { int N; array[N] int y; } parameters { vector[N] a; } model { y ~ poisson_log(a); }"
OVERDISPERSED = (
    "data { int N; array[N] int y; } parameters { real a; real<lower=0> phi; }"
    "model { y ~ neg_binomial_2_log(a, phi); }"
)
X = np.arange(6.0)


def test_the_saturated_model_gives_the_deviance(model):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, EACH))

    found = bw.likelihood_ratio_test(small, large)

    y = np.array(Y)
    deviance = 2 * float((y * np.log(y / y.mean())).sum())
    assert found.statistic == pytest.approx(deviance, rel=1e-9)
    assert found.df == 5
    assert found.p_value == pytest.approx(stats.chi2.sf(deviance, 5), rel=1e-8)
    assert found.notes == ()
    assert "5 df" in str(found)


def test_nested_programs_may_take_other_predictors(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    assert small.record.data_hash != large.record.data_hash
    assert bw.likelihood_ratio_test(small, large).df == 1


def test_other_outcomes_are_refused(model):
    small = model(ONE, N=6, y=Y).mle(seed=1)
    large = model(LINE, N=6, y=[*Y[:-1], 8], x=X).mle(seed=1)

    with pytest.raises(ComparisonError, match="different values of y"):
        bw.likelihood_ratio_test(small, large)


def test_outcomes_under_other_names_are_refused(model):
    small = model(ONE, N=6, y=Y).mle(seed=1)
    large = model(LINE.replace("y", "count").replace("arracount", "array"), N=6, count=Y, x=X)

    with pytest.raises(ComparisonError, match="same outcomes"):
        bw.likelihood_ratio_test(small, large.mle(seed=1))


def test_the_wrong_order_is_refused(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    with pytest.raises(ComparisonError, match="more free parameters"):
        bw.likelihood_ratio_test(large, small)
    with pytest.raises(ComparisonError, match="more free parameters"):
        bw.likelihood_ratio_test(small, small)


def test_a_large_program_that_fits_worse_is_not_nested(model):
    code = (
        "data { int N; array[N] int y; } parameters { real<upper=0> a; real<upper=0> b; }"
        "model { for (i in 1:N) y[i] ~ poisson_log(i > 3 ? a : b); }"
    )
    small = model(ONE, N=6, y=Y).mle(seed=1)

    with pytest.raises(ComparisonError, match="not nested"):
        bw.likelihood_ratio_test(small, model(code, N=6, y=Y).mle(seed=1))


def test_a_constraint_on_the_edge_warns(model):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, OVERDISPERSED))

    with pytest.warns(BayeswrapWarning, match="Self & Liang"):
        found = bw.likelihood_ratio_test(small, large)

    assert "phi" in found.notes[0]
    assert f"{found.p_value / 2:.4g}" in found.notes[0]


def test_an_ordinary_constraint_does_not_warn(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    # a warning is an error in these tests
    test = bw.likelihood_ratio_test(small, large)

    assert test.notes == ()
    assert test.statistic == pytest.approx(2 * (large.log_likelihood - small.log_likelihood))
    assert test.df == 1


def test_the_constants_of_a_correlation_matrix_lie_on_no_edge(model):
    code = (
        "data {{ int N; array[N] vector[2] y; }} parameters {{ {mean}; vector<lower=0>[2] s;"
        "cholesky_factor_corr[2] L; }}"
        "model {{ y ~ multi_normal_cholesky({of}, diag_pre_multiply(s, L)); }}"
    )
    y = np.random.default_rng(1).normal(size=(20, 2)) @ np.array([[1.0, 0.5], [0.0, 1.0]])
    one = model(code.format(mean="real m", of="rep_vector(m, 2)"), N=20, y=y).mle(seed=1)
    two = model(code.format(mean="vector[2] m", of="m"), N=20, y=y).mle(seed=1)

    found = bw.likelihood_ratio_test(one, two)

    assert found.df == 1
    assert found.notes == ()


def test_a_map_is_refused(model):
    poisson = model(ONE, N=6, y=Y)

    with pytest.raises(EstimandError, match="maximised likelihoods"):
        bw.likelihood_ratio_test(poisson.mle(seed=1), poisson.map(seed=1))


def test_saved_estimates_on_one_data_set_are_compared(model, tmp_path):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, EACH))
    loaded = bw.load(bw.save(small, tmp_path / "small.bw"))

    assert bw.likelihood_ratio_test(loaded, large).df == 5
