"""Small programs on small data, and one result of every kind made from them."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).resolve().parents[1] / "gold"
_RUNS = GOLD / "cmdstan" / "beta_binomial_7_of_10"
_ADOPTED = GOLD / "bayes" / "beta_binomial_7_of_10" / "program.stan"
_FEW: dict[str, Any] = {"chains": 2, "iter_warmup": 100, "iter_sampling": 20}
_X = np.linspace(-1, 1, 12)

PROGRAMS = {
    "coin": """data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model {
  p ~ beta(2, 2);
  y ~ binomial(n, p);
}
generated quantities { real odds = p / (1 - p); }""",
    "line": """data { int N; int K; matrix[N, K] X; vector[N] y; }
parameters { vector[K] beta; real<lower=0> sigma; }
model {
  beta ~ normal(0, 5);
  sigma ~ exponential(1);
  y ~ normal(X * beta, sigma);
}
generated quantities {
  array[N] real y_rep = normal_rng(X * beta, sigma);
  vector[N] log_lik;
  for (n in 1:N) log_lik[n] = normal_lpdf(y[n] | X[n] * beta, sigma);
}""",
    "groups": """data { int N; int J; array[N] int<lower=1, upper=J> g; vector[N] y; }
parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] theta; }
model {
  mu ~ normal(0, 5);
  tau ~ exponential(1);
  sigma ~ exponential(1);
  theta ~ normal(mu, tau);
  y ~ normal(theta[g], sigma);
}""",
    "shift": """data { real y; }
parameters { real mu; }
model {
  mu ~ normal(0, 2);
  y ~ normal(mu, 1);
}""",
    "twin": """data { int N; vector[N] y; }
parameters { real mu; }
model { y ~ cauchy(mu, 1); }""",
    "redundant": """data { int N; vector[N] y; }
parameters { real a; real b; }
model { y ~ normal(a + b, 1); }""",
    "underdispersed": """data { int N; array[N] int<lower=0> y; }
        parameters { real<lower=0> mu; real<lower=0> phi; }
        model { y ~ neg_binomial_2(mu, phi); }""",
    "separated": """data { int N; vector[N] x; array[N] int<lower=0, upper=1> y; }
parameters { real b; }
model { y ~ bernoulli_logit(b * x); }""",
    "unsure": """data { int n; int y; }
parameters { real<lower=0, upper=1> p; }
model { target += binomial_lpmf(y | n, p) + beta_lpdf(p | 2, 2); }""",
    "flawed": "parameters { real x } model { }",
}


def _data(name: str) -> dict[str, Any]:
    grouped = np.repeat([1, 2, 3, 4], 3)
    return {
        "coin": {"n": 10, "y": 7},
        "groups": {
            "N": 12,
            "J": 4,
            "g": grouped,
            "y": np.array([2.0, -1, 0.5, 3])[grouped - 1] + 0.3 * np.sin(7 * _X),
        },
        "shift": {"y": 1.0},
        "twin": {"N": 2, "y": np.array([-5.0, 5.0])},
        "redundant": {"N": 3, "y": np.array([0.0, 1.0, 2.0])},
        "underdispersed": {"N": 6, "y": [2, 2, 3, 3, 2, 3]},
        "separated": {"N": 12, "x": _X, "y": (_X > 0).astype(int)},
    }[name]


def _frame() -> pd.DataFrame:
    return pd.DataFrame({
        "height": _X,
        "width": np.cos(5 * _X),
        "weight": 1 + 2 * _X + 0.5 * np.sin(9 * _X),
    })  # fmt: skip


class Samples:
    """Models and results, each made once and only when asked for."""

    def __init__(self) -> None:
        self._models: dict[str, Any] = {}
        self._results: dict[str, Any] = {}
        self._heard: dict[str, list[str]] = {}

    def program(self, name: str) -> Any:
        """Return a program by its name in `PROGRAMS`."""
        return bw.Program.from_string(PROGRAMS[name], name=name)

    def model(self, name: str) -> Any:
        """Return a program's model."""
        if name not in self._models:
            self._models[name] = self._model(name)
        return self._models[name]

    def _model(self, name: str) -> Any:
        program = self.program(name)
        if name != "line":
            return bw.Model(program, _data(name), engine="stanli")
        columns = ["1", "height", "width"]
        return bw.Model(program, _frame(), X=columns, y="weight", engine="stanli")

    def made(self, name: str) -> Any:
        """Return a result by its name in `RESULTS`."""
        if name not in self._results:
            with warnings.catch_warnings(record=True) as heard:
                warnings.simplefilter("always", bw.BayeswrapWarning)
                self._results[name] = RESULTS[name](self)
            self._heard[name] = [str(w.message) for w in heard]
        return self._results[name]

    def heard(self, name: str) -> list[str]:
        """Return the warnings that were heard while a result was made."""
        return self._heard.get(name, [])


def _line_results(s: Samples) -> Any:
    names = ("mle", "map", "map, unconstrained", "laplace", "posterior", "prior")
    return bw.compare(*(s.made(n) for n in names))


def _nested(s: Samples) -> Any:
    small = s.model("line").mle(fixed={"beta[3]": 0}, seed=1)
    return bw.likelihood_ratio_test(small, s.made("mle"))


def _ranked(s: Samples) -> Any:
    frame = _frame()
    models = {
        name: bw.Model(s.program("line"), frame, X=columns, y="weight", engine="stanli")
        for name, columns in {"both": ["1", "height", "width"], "one": ["1", "height"]}.items()
    }
    return bw.compare_models({
        name: model.sample(seed=1, show_progress=False) for name, model in models.items()
    })  # fmt: skip


def _adopted(*files: str) -> Callable[[Samples], Any]:
    data = {"n": 10, "y": 7, "a": 2, "b": 2}

    def adopt(_: Samples) -> Any:
        # a result keeps the place of its files: a passing one says nothing of this machine
        with tempfile.TemporaryDirectory() as folder:
            paths = [shutil.copy(_RUNS / f, folder) for f in files]
            return bw.adopt(paths, program=_ADOPTED, data=data, engine="stanli")

    return adopt


def _enumerated(_: Samples) -> Any:
    entry = bw.library["six_valued"]
    return bw.Model(entry.program, entry.example_data, engine="stanli").enumerate()


def _failed(s: Samples) -> Any:
    return s.model("separated").mle(seed=1, require_converged=False)


def _coin_draws(s: Samples) -> Any:
    return s.model("coin").sample(seed=1, show_progress=False, **_FEW)


def _coin_compared(s: Samples) -> Any:
    names = ("mle, coin", "map, coin", "laplace, coin", "posterior, coin")
    return bw.compare(*(s.made(n) for n in names))


def _groups(name: str) -> Any:
    return lambda s: s.made("comparison").to_frame(name)


RESULTS: dict[str, Callable[[Samples], Any]] = {
    # programs, models, the library
    "program": lambda s: s.program("line"),
    "roles": lambda s: s.program("groups").roles(),
    "roles, said": lambda s: s.program("unsure").roles({"3": "likelihood"}),
    "roles, unsure": lambda s: s.program("unsure").roles(),
    "statements": lambda s: s.program("groups").statements,
    "variables": lambda s: [(v.name, v.block) for v in s.program("line").variables.values()],
    "model": lambda s: s.model("line"),
    "model, weighted": lambda s: s.model("coin").weighted(prior=0.5),
    "library": lambda _: bw.library,
    "library entry": lambda _: bw.library["logistic_regression"],
    "library card": lambda _: bw.library["logistic_regression"].card,
    # point estimates
    "mle": lambda s: s.model("line").mle(seed=1),
    "map": lambda s: s.model("line").map(seed=1),
    "map, unconstrained": lambda s: s.model("line").map("unconstrained", seed=1),
    "map, weighted": lambda s: s.model("coin").weighted(prior=0.5).map(seed=1),
    "mle, held": lambda s: s.model("line").mle(fixed={"beta[3]": 0}, seed=1),
    "mle, joint": lambda s: s.model("groups").mle(joint=True, seed=1, require_converged=False),
    "mle, marginal": lambda s: s.model("groups").mle(marginal=True, seed=1),
    "mle, quadrature": lambda s: s.model("groups").mle(marginal=True, quadrature=24, seed=1),
    "effects": lambda s: s.made("mle, marginal").effects,
    "mle, at infinity": _failed,
    "mle, not identified": lambda s: s.model("redundant").mle(seed=1, require_converged=False),
    "mle, many starts": lambda s: s.model("twin").mle(starts=10, seed=1),
    "census": lambda s: s.made("mle, many starts").census,
    "flat directions": lambda s: s.made("mle, not identified").flat_directions(),
    "no flat directions": lambda s: s.made("mle").flat_directions(),
    "table, declared": lambda s: s.made("mle").to_frame(0.9, derived=True, ci_scale="declared"),
    "covariance": lambda s: s.made("mle").covariance(),
    "covariance, sandwich": lambda s: s.made("mle").covariance("sandwich"),
    "correlation": lambda s: s.made("mle").correlation(),
    "information": lambda s: s.made("mle").information(),
    "profile": lambda s: s.made("mle").profile("sigma"),
    "profile, map": lambda s: s.made("map").profile("beta[2]", 0.9),
    "derived": lambda s: s.made("mle").derive("exp(beta[2])"),
    "derived, map": lambda s: s.made("map").derive("beta / sigma"),
    "likelihood ratio test": _nested,
    "criteria": lambda s: {"aic": s.made("mle").aic, "bic": s.made("mle").bic()},
    # draws
    "laplace": lambda s: s.model("line").laplace(seed=1),
    "laplace, corrected": lambda s: s.made("laplace").corrected(),
    "importance": lambda s: s.made("laplace").importance,
    "approximation": lambda s: s.model("line").approximate(seed=1, show_progress=False),
    "posterior": lambda s: s.model("line").sample(seed=1, show_progress=False),
    "prior": lambda s: s.model("line").prior(seed=1, show_progress=False),
    "diagnostics": lambda s: s.made("posterior").diagnostics,
    "derived draws": lambda s: s.made("posterior").derive("beta[2] > 2"),
    "draws in full": lambda s: s.made("posterior, coin").draws,
    "log parts": lambda s: s.model("coin").log_parts({"p": 0.5}),
    "log density": lambda s: s.model("coin").log_density({"p": 0.5}, prior=0.5, jacobian=True),
    "pointwise": lambda s: s.model("line").pointwise_log_likelihood(s.made("mle")),
    "adopted draws": _adopted("sample_2chains_2.csv", "sample_2chains_3.csv"),
    "adopted mode": _adopted("optimize_lbfgs_j0.csv"),
    # side by side
    "comparison": _line_results,
    "comparison, one variable": _groups("beta"),
    "comparison, worst": lambda s: s.made("comparison").to_frame(derived=True, worst=2),
    "groups": lambda s: s.made("comparison").groups(),
    "psense": lambda s: s.made("comparison").psense(),
    "loo": lambda s: s.made("comparison").loo().elpd,
    "verdict": lambda s: s.made("comparison").verdict,
    "record": lambda s: s.made("comparison").record,
    "analysis": lambda s: bw.analyze(s.model("groups"), seed=1, show_progress=False),
    "analysis, separated": lambda s: bw.analyze(s.model("separated"), seed=1, show_progress=False),
    "model comparison": _ranked,
    "enumeration": _enumerated,
    # small ones, which fit into small files
    "mle, coin": lambda s: s.model("coin").mle(seed=1),
    "map, coin": lambda s: s.model("coin").map(seed=1),
    "laplace, coin": lambda s: s.model("coin").laplace(draws=50, seed=1),
    "laplace, coin, corrected": lambda s: s.made("laplace, coin").resampled(30),
    "posterior, coin": _coin_draws,
    "approximation, coin": lambda s: s.model("coin").approximate(seed=1, show_progress=False),
    "approximation, exact": lambda s: s.model("shift").approximate(
        draws=50,
        seed=1,
        show_progress=False,
    ),
    "derived draws, coin": lambda s: s.made("posterior, coin").derive("p > 0.5"),
    "comparison, coin": _coin_compared,
    "analysis, twin": lambda s: bw.analyze(
        s.model("twin"),
        seed=1,
        starts=4,
        show_progress=False,
        sample_options=_FEW,
    ),
    # studies
    "study, prior weight": lambda s: bw.studies.prior_weight_path(
        s.model("coin"),
        [0, 1, 5],
        seed=1,
    ),
    "study, scales": lambda s: bw.studies.modes_by_scale(s.model("coin"), seed=1),
    "study, scales of measurements": lambda _: bw.studies.modes_by_scale(
        [4.2, 5.1, 3.8, 6.0],
        engine="stanli",
        seed=1,
    ),
    "study, uniform prior": lambda s: bw.studies.uniform_prior(s.model("coin"), seed=1),
    "study, ridge": lambda _: bw.studies.ridge_path(
        _frame()[["height", "width"]],
        _frame()["weight"],
        [0.1, 1, 10],
        engine="stanli",
    ),
    "study, sample size": lambda s: bw.studies.n_ladder(
        s.program("coin"),
        lambda n: {"n": n, "y": n // 5},
        [10, 160],
        seed=1,
        engine="stanli",
    ),
    "study, underflow": lambda s: bw.studies.product_and_log_sum(s.model("line"), seed=1),
    # errors
    "error, no such model": lambda _: bw.library["logistic"],
    "error, syntax": lambda s: s.program("flawed"),
    "error, role": lambda s: bw.Model(s.program("unsure"), {"n": 10, "y": 7}, engine="stanli"),
    "error, no data": lambda s: bw.Model(s.program("coin"), {"n": 10}, engine="stanli"),
    "error, out of bounds": lambda s: bw.Model(s.program("coin"), {"n": 1, "y": 2}),
    "error, no such variable": lambda s: s.made("mle")["gamma"],
    "error, no such row": lambda s: s.made("comparison").to_frame("gamma"),
    "error, no maximum": lambda s: s.model("separated").mle(seed=1),
    "error, joint": lambda s: s.model("groups").mle(seed=1),
    "error, improper prior": lambda s: s.model("twin").prior(seed=1),
    "error, no engine": lambda s: bw.Model(s.program("coin"), engine="none"),
    "error, nothing to compare": lambda _: bw.compare(),
    "error, other data": lambda s: bw.compare(s.made("mle"), s.made("mle, coin")),
    "error, no result": lambda _: bw.save("text", "result.bw"),
    "error, no file": lambda _: bw.load("nothing.bw"),
    "error, option": lambda s: bw.analyze(s.model("coin"), sample_options={"iterations": 5}),
}
