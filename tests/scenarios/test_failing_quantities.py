"""A generated quantity that fails, always or at some draws, never takes the rest with it."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw

HEAD = """data { int N; array[N] real y; }
parameters { real mu; real<lower=0> s; }
model { mu ~ normal(0, 5); s ~ exponential(1); y ~ normal(mu, s); }
"""
Y = [0.9, -0.4, 0.6, 1.3, 0.1, 0.8, -0.2, 0.7, 0.3, 0.5]
# name: what fails, its block, the variables that it loses, line and reason, where it fails
CASES = {
    "matrix": (
        """generated quantities {
  vector[N] log_lik;
  for (n in 1:N) log_lik[n] = normal_lpdf(y[n] | mu, s);
  matrix[2, 2] S = [[1, 2 * mu], [2 * mu, 1]];
  matrix[2, 2] L = cholesky_decompose(S);
}""",
        ("L",),
        "line 8, `matrix[2, 2] L = cholesky_decompose(S);`: cholesky_decompose: ",
        lambda mu: np.abs(mu) >= 0.5,
    ),
    "index": (
        """generated quantities {
  int k = 1;
  if (mu > 0.4) k = 0;
  array[3] real w = {1.0, 2.0, 3.0};
  real picked = w[k];
}""",
        ("picked",),
        "line 8, `real picked = w[k];`: ",
        lambda mu: mu > 0.4,
    ),
    "divisor": (
        """generated quantities {
  int k = 1;
  if (mu > 0.4) k = 0;
  int j = 6 %/% k;
}""",
        ("j",),
        "line 7, `int j = 6 %/% k;`: divide: denominator is 0",
        lambda mu: mu > 0.4,
    ),
    "rate": (
        """generated quantities {
  array[N] int counts;
  array[N] real y_rep;
  for (n in 1:N) {
    y_rep[n] = normal_rng(mu, s);
    counts[n] = poisson_rng(exp(20 + 2 * mu));
  }
  real first = counts[1];
}""",
        ("counts", "first"),
        "line 9, `counts[n] = poisson_rng(exp(20 + 2 * mu));`: poisson_rng: Rate parameter",
        lambda mu: np.exp(20 + 2 * mu) >= 2**30,
    ),
    "reject": (
        """generated quantities {
  real ratio = s / mu;
  real twice = 2 * mu;
  if (ratio > 2)
    reject("a large ratio: ", ratio);
}""",
        ("ratio",),
        "line 5, `real ratio = s / mu;`: a large ratio: ",
        None,
    ),
}
SHORT = {"chains": 2, "iter_warmup": 200, "iter_sampling": 200}


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


@pytest.fixture
def bare(model):
    return model(HEAD, N=len(Y), y=Y)


def fails(case, draws):
    mu, s = draws["mu"], draws["s"]
    return s / mu > 2 if case[3] is None else case[3](mu)


def is_missing(draws, variable):
    values = draws[variable]
    return np.isnan(values.reshape(*values.shape[:2], -1)).any(axis=2)


@pytest.mark.parametrize(("verb", "options"), [("sample", SHORT), ("laplace", {"draws": 200})])
def test_draws(model, bare, case, verb, options):
    block, lost, said, _ = case

    draws = getattr(model(HEAD + block, N=len(Y), y=Y), verb)(seed=3, **options)
    alone = getattr(bare, verb)(seed=3, **options)

    for parameter in ("mu", "s"):
        np.testing.assert_array_equal(draws[parameter], alone[parameter])
    np.testing.assert_array_equal(draws.method_draws, alone.method_draws)
    where = fails(case, draws)
    assert 0 < where.sum() < where.size
    for variable in draws.layout.variables:
        np.testing.assert_array_equal(is_missing(draws, variable), where * (variable in lost))
    (warning,) = [w for w in draws.warnings if "missing" in w]
    assert f"missing at {where.sum()} of {where.size} draws; {said}" in warning


def test_draws_of_the_prior(model, bare):
    block, _, said, where = CASES["divisor"]

    draws = model(HEAD + block, N=len(Y), y=Y).prior(seed=3)

    np.testing.assert_array_equal(draws["mu"], bare.prior(seed=3)["mu"])
    np.testing.assert_array_equal(is_missing(draws, "j"), where(draws["mu"]))
    assert said in draws.warnings[-1]


def test_a_mode(model, bare, case):
    block, lost, said, _ = case

    # 3 more at every observation: everything here fails at the mode, but for the ratio
    y = [v + 3 for v in Y]
    mode = model(HEAD + block, N=len(Y), y=y).map(seed=3)
    alone = model(HEAD, N=len(Y), y=y).map(seed=3)

    assert (mode["mu"], mode["s"]) == (alone["mu"], alone["s"])
    np.testing.assert_array_equal(mode.spread[:2], alone.spread[:2])
    assert mode.log_parts == alone.log_parts
    if lost == ("ratio",):
        assert mode.warnings == ()
        return
    assert any(said in w for w in mode.warnings)
    for name, value in zip(mode.layout.names, mode.values, strict=True):
        assert np.isnan(value) == (name.split("[")[0] in lost)
        if np.isnan(value):
            assert mode.notes[name].startswith(f"not computable, {said}")


OVERFLOW = """data { int N; vector[N] x; array[N] int<lower=0> y; }
parameters { real a; real b; }
model { a ~ normal(0, 5); b ~ normal(0, 2); y ~ poisson_log(a + b * x); }
generated quantities {
  real growth = exp(b);
  array[3] int y_future;
  for (t in 1:3) y_future[t] = poisson_log_rng(a + b * 12 * t);
}
"""
COUNTS = {"N": 8, "x": list(range(8)), "y": [1, 2, 6, 13, 30, 70, 160, 400]}


@pytest.mark.parametrize("engine", ["stanli", pytest.param("cmdstan", marks=pytest.mark.slow)])
def test_predictions_that_overflow(engine):
    model = bw.Model(bw.Program.from_string(OVERFLOW, name="overflow"), COUNTS, engine=engine)

    # an MLE by glm(family = poisson) in R: -0.07246, 0.86451
    mle = model.mle(seed=1)
    assert mle["a"] == pytest.approx(-0.07246, abs=5e-6)
    assert mle["b"] == pytest.approx(0.86451, abs=5e-6)
    assert mle["growth"] == pytest.approx(np.exp(mle["b"]), rel=1e-12)
    assert "line 7" in mle.notes["y_future[1]"]
    results = [model.sample(seed=1), model.laplace(seed=1)]
    if engine == "cmdstan":
        results.append(model.pathfinder(seed=1))
    for draws in results:
        assert np.isnan(draws["y_future"]).any(axis=2).all()
        np.testing.assert_allclose(draws["growth"], np.exp(draws["b"]), rtol=1e-6)
        assert abs(draws["b"].mean() - 0.865) < 0.01
        assert any("line 7, `y_future[t]" in w for w in draws.warnings)


@pytest.mark.slow
def test_a_compiled_laplace_approximation_keeps_all_its_draws():
    block, _, said, where = CASES["matrix"]
    program = bw.Program.from_string(HEAD + block, name="matrix")

    draws = bw.Model(program, {"N": len(Y), "y": Y}, engine="cmdstan").laplace(seed=3, draws=200)

    assert draws["mu"].shape == (1, 200)
    np.testing.assert_array_equal(is_missing(draws, "L"), where(draws["mu"]))
    assert said in draws.warnings[-1]
    assert draws.record.engine.endswith("drawn in process by stanli")


def test_a_quantity_that_is_wrong_at_every_point_leaves_the_others():
    """The engine in process finds a wrong index before any point, and leaves all of them out."""
    code = HEAD + "generated quantities {\n  real k = y[N + 1];\n  real z = mu + 1;\n}"
    model = bw.Model(bw.Program.from_string(code, "m"), {"y": Y}, engine="stanli")
    estimate = model.mle(seed=1)
    assert estimate["z"] == pytest.approx(np.mean(Y) + 1)
    draws = model.sample(seed=1, iter_warmup=100, iter_sampling=50, show_progress=False)
    np.testing.assert_allclose(draws["z"], draws["mu"] + 1)
    for result in (estimate, draws):
        assert any("quantity k is missing" in w and "line 5" in w for w in result.warnings)
