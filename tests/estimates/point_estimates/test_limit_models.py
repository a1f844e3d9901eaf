"""Limits are estimates: the model that remains at the end of a range."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.results.status import Status

UNDERDISPERSED = GOLD / "cases" / "negbin_underdispersed"


def model(code: str, **data: object) -> bw.Model:
    return bw.Model(bw.Program.from_string(code, name="limit"), data, engine="stanli")


def limit_of(code: str, **data: object):
    return model(code, **data).mle(require_converged=False)


def poisson_fit():
    """The Poisson regression of the same data, by its own score equations."""
    m = bw.Model(
        bw.Program.from_string(
            "data { int N; array[N] int y; vector[N] x; } parameters { real a; real b; }"
            "model { y ~ poisson_log(a + b * x); }",
            name="poisson",
        ),
        UNDERDISPERSED / "data.json",
        engine="stanli",
    )
    return m.mle()


@pytest.mark.parametrize(
    ("seed", "starts"), [(1, None), (2, None), pytest.param(3, 20, marks=pytest.mark.slow)]
)
def test_without_overdispersion_the_negative_binomial_is_a_poisson(seed, starts):
    m = bw.Model(UNDERDISPERSED / "program.stan", UNDERDISPERSED / "data.json", engine="stanli")
    with pytest.raises(ConvergenceError, match="phi at infinity: Poisson") as caught:
        m.mle(seed=seed, starts=starts)
    estimate, poisson = caught.value.estimate, poisson_fit()
    frame = estimate.limit.to_frame()
    assert estimate.status is Status.AT_INFINITY
    assert frame.loc["a", "estimate"] == pytest.approx(1.65364, abs=5e-6)
    assert frame.loc["b", "estimate"] == pytest.approx(0.55883, abs=5e-6)
    np.testing.assert_allclose(frame.loc[["a", "b"], "estimate"], poisson.values, rtol=1e-6)
    np.testing.assert_allclose(frame.loc[["a", "b"], "se"], poisson.spread, rtol=1e-5)
    assert estimate.limit.log_density == pytest.approx(poisson.log_likelihood, abs=1e-7)
    profile = estimate.profile("phi")
    assert profile.upper == np.inf
    # the deviance at 13.686 is 3.841, by maximising over a and b there
    assert profile.lower == pytest.approx(13.686, rel=1e-3)


def test_a_student_t_of_light_tails_is_a_normal():
    y = np.array([-1.2, -1, -0.9, -0.5, -0.1, 0.2, 0.5, 0.8, 1.0, 1.1])
    estimate = limit_of(
        "data { int N; vector[N] y; } parameters { real m; real<lower=0> s; real<lower=1> nu; }"
        "model { y ~ student_t(nu, m, s); }",
        N=10,
        y=y.tolist(),
    )
    frame = estimate.limit.to_frame()
    assert estimate.limit.where == "nu at infinity: normal"
    assert frame.loc["m", "estimate"] == pytest.approx(y.mean(), abs=1e-7)
    assert frame.loc["s", "estimate"] == pytest.approx(y.std(), rel=1e-6)
    assert frame.loc["s", "se"] == pytest.approx(y.std() / np.sqrt(20), rel=1e-4)


def test_a_beta_binomial_without_overdispersion_is_a_binomial():
    estimate = limit_of(
        "data { int N; array[N] int y; }"
        "parameters { real<lower=0, upper=1> mu; real<lower=0> k; }"
        "model { y ~ beta_binomial(10, mu * k, (1 - mu) * k); }",
        N=6,
        y=[4, 5, 4, 5, 5, 4],
    )
    assert estimate.limit.where == "k at infinity: binomial"
    assert estimate.limit.values == pytest.approx([0.45], abs=1e-6)
    assert estimate.limit.spread == pytest.approx([np.sqrt(0.45 * 0.55 / 60)], rel=1e-4)


def test_zero_inflation_and_overdispersion_vanish_together():
    estimate = limit_of(
        """
        data { int N; array[N] int y; }
        parameters { real<lower=0, upper=1> th; real<lower=0> mu; real<lower=0> phi; }
        model {
          for (n in 1:N) {
            real count = bernoulli_lpmf(0 | th) + neg_binomial_2_lpmf(y[n] | mu, phi);
            target += y[n] == 0 ? log_sum_exp(bernoulli_lpmf(1 | th), count) : count;
          }
        }
        """,
        N=10,
        y=[3, 2, 4, 1, 3, 2, 3, 3, 0, 2],
    )
    assert dict(estimate.limit.parameters) == {"th": 0.0, "phi": np.inf}
    assert estimate.limit.values == pytest.approx([2.3], abs=1e-6)
    assert estimate.limit.spread == pytest.approx([np.sqrt(2.3 / 10)], rel=1e-4)


def test_a_group_without_events_leaves_the_other():
    estimate = limit_of(
        "data { int N; array[N] int y; vector[N] g; } parameters { real a; real b; }"
        "model { y ~ poisson_log(a + b * g); }",
        N=8,
        y=[2, 3, 1, 4, 0, 0, 0, 0],
        g=[0] * 4 + [1] * 4,
    )
    assert dict(estimate.limit.parameters) == {"b": -np.inf}
    assert estimate.limit.values == pytest.approx([np.log(2.5)], abs=1e-6)
    assert estimate.limit.spread == pytest.approx([1 / np.sqrt(10)], rel=1e-5)


def test_a_last_category_that_nobody_chose_sends_its_cutpoint_to_infinity():
    code = (
        "data {{ int N; array[N] int<lower=1, upper={0}> y; vector[N] x; }}"
        "parameters {{ real b; ordered[{1}] c; }} model {{ y ~ ordered_logistic(b * x, c); }}"
    )
    x = [-1.6, -1.1, -0.8, -0.4, -0.1, 0.2, 0.5, 0.9, 1.2, 1.7]
    y = [1, 2, 1, 1, 2, 2, 1, 3, 2, 3]
    estimate = limit_of(code.format(4, 3), N=10, x=x, y=y)
    three = model(code.format(3, 2), N=10, x=x, y=y).mle()
    assert dict(estimate.limit.parameters) == {"c[3]": np.inf}
    np.testing.assert_allclose(estimate.limit.values, three.values, atol=1e-5)
    np.testing.assert_allclose(estimate.limit.spread, three.spread, rtol=1e-4)


def test_a_component_of_0_is_a_limit_as_well(tmp_path):
    mle = model(
        "data { int J; vector[J] y; vector[J] s; } parameters { real mu; real<lower=0> tau; }"
        "model { y ~ normal(mu, sqrt(square(tau) + square(s))); }",
        J=4,
        y=[0.10, 0.12, 0.09, 0.11],
        s=[0.1] * 4,
    ).mle()
    assert mle.limit.where == "tau = 0"
    assert mle.limit.spread == pytest.approx([0.05])
    kept = bw.load(bw.save(mle, tmp_path / "mle.bw"))
    assert dict(kept.limit.parameters) == {"tau": 0.0}


def test_a_regular_maximum_has_no_limit():
    mle = model("data { int y; } parameters { real<lower=0> m; } model { y ~ poisson(m); }", y=3)
    assert mle.mle().limit is None
