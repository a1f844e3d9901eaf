"""The log likelihood of each observation, against scipy and against hand-written log_lik."""

from __future__ import annotations

import dataclasses

import arviz_stats
import numpy as np
import pytest
from scipy import special, stats

import bayeswrap as bw
from bayeswrap.errors import EngineDisagreementError, EstimandError

N = 6
RNG = np.random.default_rng(4)
Y = RNG.normal(1, 2, N)
K = RNG.poisson(3, N)
Z = RNG.integers(0, 2, N)
C = RNG.integers(1, 4, N)
X = RNG.normal(size=(N, 2))
PAIRS = RNG.normal(size=(N, 2))
DATA = {"N": N, "y": Y, "k": K, "z": Z, "c": C, "X": X, "pairs": PAIRS}
MU, SIGMA, A = 0.4, 1.3, np.array([0.5, -0.2])
B = np.array([[0.5, -0.2, 0.1], [0.3, 0.2, -0.6]])
CUTS = np.array([-0.5, 0.8])
POINT = {"mu": MU, "sigma": SIGMA, "a": A, "b": B, "cuts": CUTS}
ETA = MU + X @ A

CODE = """
functions {
  real part_lpdf(array[] real slice, int start, int end, real mu, real sigma) {
    return normal_lupdf(slice | mu, sigma);
  }
}
data {
  int N; vector[N] y; array[N] int k; array[N] int z; array[N] int c; matrix[N, 2] X;
  array[N] vector[2] pairs;
}
parameters { real mu; real<lower=0> sigma; vector[2] a; matrix[2, 3] b; ordered[2] cuts; }
model {
  mu ~ normal(0, 1); a ~ normal(0, 1); to_vector(b) ~ normal(0, 1); cuts ~ normal(0, 1);
  STATEMENT
}
"""


def truncated(y):
    return stats.norm.logpdf(y, MU, SIGMA) - stats.norm.logsf(-5, MU, SIGMA)


def softmax_rows():
    return special.log_softmax(X @ B, axis=1)[np.arange(N), C - 1]


def ordered(eta):
    ends = np.array([-np.inf, *CUTS, np.inf])
    return np.log(special.expit(ends[C] - eta) - special.expit(ends[C - 1] - eta))


def mixture():
    parts = stats.norm.logpdf(Y, MU, SIGMA), stats.norm.logpdf(Y, -1, SIGMA)
    return np.logaddexp(np.log(0.3) + parts[0], np.log(0.7) + parts[1])


NORMAL = stats.norm.logpdf(Y, MU, SIGMA)
COVARIANCE = np.array([[1.0, 0.3], [0.3, 2.0]])
GLM = stats.norm.logpdf(Y, ETA, SIGMA)
POISSON = stats.poisson.logpmf(K, np.exp(ETA))
LOGIT = stats.bernoulli.logpmf(Z, special.expit(ETA))
NEGBIN = stats.nbinom.logpmf(K, SIGMA, SIGMA / (SIGMA + np.exp(ETA)))
BIVARIATE = stats.multivariate_normal.logpdf(PAIRS, np.full(2, MU), COVARIANCE)

CASES = [
    ("y ~ normal(mu, sigma);", NORMAL, "y"),
    ("y ~ normal(mu + X * a, sigma);", GLM, "y"),
    ("for (n in 1 : N) y[n] ~ normal(mu, sigma);", NORMAL, "y"),
    ("for (n in 1 : N) target += normal_lupdf(y[n] | mu, sigma);", NORMAL, "y"),
    ("target += normal_lpdf(y | mu, sigma);", NORMAL, "y"),
    ("target += 0.5 * normal_lpdf(y | mu, sigma);", NORMAL / 2, "y"),
    ("target += normal_lupdf(y | mu, sigma) + normal_lpdf(sigma | 0, 1);", NORMAL, "y"),
    ("y ~ normal(mu, sigma) T[-5, ];", truncated(Y), "y"),
    ("for (n in 1 : N) y[n] ~ normal(mu, sigma) T[-5, ];", truncated(Y), "y"),
    ("k ~ poisson(exp(mu + X * a));", POISSON, "k"),
    ("z ~ bernoulli_logit(mu + X * a);", LOGIT, "z"),
    ("y ~ normal_id_glm(X, mu, a, sigma);", GLM, "y"),
    ("y ~ normal_id_glm(X, X * a, a, sigma);", stats.norm.logpdf(Y, 2 * X @ A, SIGMA), "y"),
    ("z ~ bernoulli_logit_glm(X, mu, a);", LOGIT, "z"),
    ("target += poisson_log_glm_lupmf(k | X, mu, a);", POISSON, "k"),
    ("k ~ neg_binomial_2_log_glm(X, mu, a, sigma);", NEGBIN, "k"),
    ("c ~ categorical_logit_glm(X, rep_vector(0, 3), b);", softmax_rows(), "c"),
    ("c ~ ordered_logistic_glm(X, a, cuts);", ordered(X @ A), "c"),
    ("c ~ ordered_logistic(X * a, cuts);", ordered(X @ A), "c"),
    ("c ~ categorical_logit(b' * a);", special.log_softmax(B.T @ A)[C - 1], "c"),
    (
        """for (n in 1 : N) target += log_mix(0.3, normal_lpdf(y[n] | mu, sigma),
             normal_lpdf(y[n] | -1, sigma));""",
        mixture(),
        "y",
    ),
    (
        "pairs ~ multi_normal(rep_vector(mu, 2), [[1, 0.3], [0.3, 2]]);",
        BIVARIATE,
        "pairs",
    ),
    (
        "{ vector[N] eta; { eta = mu + X * a; } if (N > 1) { k ~ poisson_log(eta); } else { } }",
        POISSON,
        "k",
    ),
    (
        """vector[N] lp; for (n in 1 : N) { lp[n] = normal_lpdf(y[n] | mu, sigma); }
           target += sum(lp);""",
        NORMAL,
        "lp",
    ),
    (
        "real lp = 0; for (n in 1 : N) lp += normal_lpdf(y[n] | mu, sigma); target += lp;",
        NORMAL,
        "y",
    ),
    (
        """array[N] real ys = to_array_1d(y);
           target += reduce_sum(part_lupdf, ys, 1, mu, sigma); // likelihood""",
        NORMAL,
        "ys",
    ),
]


@pytest.mark.parametrize(("statement", "expected", "outcome"), CASES)
def test_against_scipy(model, statement, expected, outcome):
    found = model(CODE.replace("STATEMENT", statement), **DATA).pointwise_log_likelihood(POINT)

    assert found.source == "derived"
    assert found.notes == ()
    assert found.names == tuple(f"{outcome}[{n + 1}]" for n in range(N))
    np.testing.assert_allclose(found.values, expected, rtol=1e-9)
    assert found.total == pytest.approx(expected.sum())


def test_statements_follow_each_other(model):
    statement = "y ~ normal(mu, sigma);\n for (n in 1 : N) { k[n] ~ poisson(sigma); }"

    found = model(CODE.replace("STATEMENT", statement), **DATA).pointwise_log_likelihood(POINT)

    np.testing.assert_allclose(found.values[N:], stats.poisson.logpmf(K, SIGMA))
    assert found.names[N - 1 : N + 1] == (f"y[{N}]", "k[1]")
    assert found.lines == (14,) * N + (15,) * N


def test_one_outcome_twice_is_told_apart(model):
    statement = "for (n in 1 : 2) { y[1] ~ normal(mu, sigma); }"

    found = model(CODE.replace("STATEMENT", statement), **DATA).pointwise_log_likelihood(POINT)

    assert found.names == ("y[1] (line 14)[1]", "y[1] (line 14)[2]")


def test_missing_values_are_among_the_elements(model):
    merged = model(
        "data { int n; int m; vector[n] y; }"
        "parameters { real mu; vector[m] gap; }"
        "transformed parameters { vector[n + m] all = append_row(y, gap); }"
        "model { all ~ normal(mu, 1); mu ~ normal(0, 1); }",
        n=2,
        m=1,
        y=[1.0, 2.0],
    )

    found = merged.pointwise_log_likelihood({"mu": 0.5, "gap": [3.0]})

    np.testing.assert_allclose(found.values, stats.norm.logpdf([1, 2, 3], 0.5))
    assert "gap" in found.notes[0]


def test_what_is_not_pointwise_is_told(model):
    statement = "target += normal_lpdf(y | mu, sigma) - N * normal_lccdf(-5 | mu, sigma);"

    found = model(CODE.replace("STATEMENT", statement), **DATA).pointwise_log_likelihood(POINT)

    assert found.values == pytest.approx([truncated(Y).sum()])
    assert "not pointwise" in found.notes[0]


LINEAR = (
    "data { int N; vector[N] x; vector[N] y; }"
    "parameters { real a; real b; real<lower=0> sigma; }"
    "model { a ~ normal(0, 5); b ~ normal(0, 5); sigma ~ exponential(1);"
    " y ~ normal(a + b * x, sigma); }"
)
BY_HAND = (
    "generated quantities { vector[N] log_lik;"
    " for (n in 1 : N) log_lik[n] = normal_lpdf(y[n] | a + b * x[n], sigma); }"
)
M = 30
XS = RNG.normal(size=M)
LINE = {"N": M, "x": XS, "y": 1 + XS + RNG.normal(0, 2, M)}


@pytest.fixture(scope="module")
def by_hand(model):
    return model(LINEAR + BY_HAND, **LINE)


@pytest.fixture(scope="module")
def posterior(by_hand):
    return by_hand.sample(seed=5, chains=2, iter_warmup=300, iter_sampling=200)


def test_derived_equals_log_lik_by_hand(model, by_hand, posterior):
    derived = model(LINEAR, **LINE).pointwise_log_likelihood(posterior)
    declared = by_hand.pointwise_log_likelihood(posterior)

    assert declared.source == "log_lik of the program"
    assert (declared.names[0], declared.notes) == ("log_lik[1]", ())
    assert derived.values.shape == (2, 200, M)
    np.testing.assert_allclose(derived.values, declared.values, rtol=1e-9)


def test_log_lik_of_other_data_is_computed(model, posterior):
    other = model(LINEAR + BY_HAND, N=1, x=[0.0], y=[2.0])

    found = other.pointwise_log_likelihood(posterior)

    expected = stats.norm.logpdf(2.0, posterior["a"], posterior["sigma"])
    np.testing.assert_allclose(found.values[..., 0], expected, rtol=1e-9)
    at = {"a": 1.0, "b": 0.0, "sigma": 2.0}
    assert other.pointwise_log_likelihood(at).values == pytest.approx([stats.norm.logpdf(2, 1, 2)])


def test_log_lik_that_is_another_sum_is_told(model):
    other = model(
        LINEAR + "generated quantities { real log_lik = normal_lpdf(y | a, sigma) - 1; }", **LINE
    )

    found = other.pointwise_log_likelihood(other.mle(seed=1))

    assert found.names == ("log_lik",)
    assert found.values.shape == (1,)
    assert "the likelihood statements to" in found.notes[0]


def test_refused_draws_are_told(model, posterior):
    draws = posterior.draws.copy()
    draws[1, 0, posterior.layout.names.index("sigma")] = -1

    broken = dataclasses.replace(posterior, draws=draws)
    found = model(LINEAR, **LINE).pointwise_log_likelihood(broken)

    assert np.isnan(found.values[1, 0]).all()
    assert np.isnan(found.values).sum() == M
    assert found.notes == ("Stan refuses 1 of 400 draws: their log likelihood is NaN",)


def test_no_finite_draw(model):
    with pytest.raises(EstimandError, match="no draw has a finite"):
        model(
            "data { int k; } parameters { real<lower=0> rate; } model { k ~ poisson(0 * rate); }",
            k=1,
        ).pointwise_log_likelihood({"rate": 1.0})


def test_observations_that_come_and_go(model):
    code = (
        "data { int N; vector[N] y; } parameters { real mu; }"
        "model { mu ~ normal(0, 5); if (mu > 0) y[1] ~ normal(mu, 1); y ~ normal(mu, 1); }"
    )
    moving = model(code, N=N, y=Y - Y.mean())
    draws = moving.sample(seed=1, chains=1, iter_warmup=100, iter_sampling=50)

    with pytest.raises(EstimandError, match="changes from draw to draw"):
        moving.pointwise_log_likelihood(draws)


def test_a_wrong_sum_is_never_returned(model, monkeypatch):
    def wrong(_: object, rows: np.ndarray) -> tuple[np.ndarray, float]:
        return rows[0], -1.0

    monkeypatch.setattr("bayeswrap.estimates.pointwise.log_likelihood._first_finite", wrong)
    with pytest.raises(EngineDisagreementError, match="do not sum"):
        model(LINEAR, **LINE).pointwise_log_likelihood({"a": 0, "b": 0, "sigma": 1})


def test_loo_and_psense_through_arviz(model, by_hand, posterior):
    derived = model(LINEAR, **LINE)

    theirs = arviz_stats.loo(posterior.idata)
    container = by_hand.idata(posterior)
    own = derived.idata(without_log_lik(posterior))

    assert arviz_stats.loo(container).elpd == theirs.elpd
    assert arviz_stats.loo(own).elpd == pytest.approx(theirs.elpd, rel=1e-9)
    assert own["log_likelihood"]["y"].dims == ("chain", "draw", "y_dim_0")
    assert own["log_prior"]["log_prior"].dims == ("chain", "draw")
    np.testing.assert_allclose(own["log_prior"]["log_prior"], derived.log_parts(posterior).prior)
    summary = arviz_stats.psense_summary(own)
    assert set(summary.index) == {"a", "b", "sigma"}
    assert (summary["likelihood"] > summary["prior"]).all()


def test_notes_reach_those_who_ask_arviz(model):
    statement = "target += normal_lpdf(y | mu, sigma) - N * normal_lccdf(-5 | mu, sigma);"
    one = model(CODE.replace("STATEMENT", statement), **DATA)
    draws = one.laplace(draws=5, seed=1)

    with pytest.warns(bw.BayeswrapWarning, match="not pointwise"):
        container = one.idata(draws)

    assert container["log_likelihood"]["log_lik"].shape == (1, 5, 1)


def without_log_lik(posterior):
    """Return the draws as a program without log_lik makes them."""
    layout = posterior.layout
    blocks = {v: b for v, b in layout.blocks.items() if v != "log_lik"}
    kept = [i for i, n in enumerate(layout.names) if not n.startswith("log_lik")]
    names = tuple(layout.names[i] for i in kept)
    smaller = dataclasses.replace(layout, names=names, blocks=blocks)
    return dataclasses.replace(posterior, layout=smaller, draws=posterior.draws[:, :, kept])


def test_a_log_lik_that_is_missing_at_draws_gives_way_to_the_statements():
    code = (
        "data { int N; vector[N] y; } parameters { real m; } model { y ~ normal(m, 1); }"
        "generated quantities { vector[N] log_lik; for (n in 1:N)"
        " log_lik[n] = normal_lpdf(y[n] | m, m > 0 ? 1 : -1); }"
    )
    model = bw.Model(bw.Program.from_string(code), {"y": [-0.1, 0.2, 0.1]}, engine="stanli")
    draws = model.sample(seed=1, iter_sampling=50, iter_warmup=100, show_progress=False)
    lost = np.isnan(draws["log_lik"]).any(axis=-1)
    assert 0 < lost.mean() < 1
    pointwise = model.pointwise_log_likelihood(draws)
    assert f"log_lik is missing at {lost.sum()} of 200 draws" in pointwise.notes[0]
    expected = stats.norm.logpdf([-0.1, 0.2, 0.1], draws["m"][..., np.newaxis], 1)
    np.testing.assert_allclose(pointwise.values, expected, rtol=1e-12)
