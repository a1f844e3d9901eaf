"""Every public function of arviz-stats and arviz-plots takes our container as it is.

A function with one argument is called with the container. What needs more is in a table, and what
does not apply is in another one, with the reason: a function that is new to ArviZ is called.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import arviz_plots
import arviz_stats
import matplotlib as mpl
import numpy as np
import pytest

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.filterwarnings("error::bayeswrap.BayeswrapWarning"),
]

GAUSSIAN = """
data { int N; int K; matrix[N, K] X; vector[N] x; vector[N] y; }
parameters { real a; vector[K] beta; real<lower=0> s; }
transformed parameters { vector[N] mu = a + X * beta + 0.5 * x; }
model { a ~ normal(0, 2); beta ~ normal(0, 2); s ~ exponential(1); y ~ normal(mu, s); }
generated quantities { array[N] real y_rep = normal_rng(mu, s); }
"""
COUNTS = """
data { int N; vector[N] x; array[N] int<lower=0> visits; }
parameters { real a; real b; }
model { a ~ normal(0, 2); b ~ normal(0, 2); visits ~ poisson_log(a + b * x); }
generated quantities { array[N] int visits_rep = poisson_log_rng(a + b * x); }
"""
BINARY = """
data { int N; vector[N] x; array[N] int<lower=0, upper=1> switched; }
parameters { real a; real b; }
model { a ~ normal(0, 2); b ~ normal(0, 2); switched ~ bernoulli_logit(a + b * x); }
generated quantities { array[N] int y_rep = bernoulli_logit_rng(a + b * x); }
"""
ROWS = 12


class Containers:
    """The containers of three models."""

    def __init__(self) -> None:
        rng = np.random.default_rng(3)
        x, design = rng.normal(size=ROWS), rng.normal(size=(ROWS, 2))
        outcome = 1 + design @ [1.0, -0.5] + 0.5 * x + rng.normal(size=ROWS)
        gaussian = {"X": design, "x": x, "y": outcome}
        counts = {"x": x, "visits": rng.poisson(np.exp(1 + 0.4 * x))}
        binary = {"x": x, "switched": rng.integers(0, 2, ROWS)}
        self.comparison = _comparison(GAUSSIAN, gaussian, labels={"K": ["age", "dose"]})
        self.data = self.comparison.idata
        self.other = self.comparison.lineup.posterior.idata
        self.counts = _comparison(COUNTS, counts).idata
        self.binary = _comparison(BINARY, binary).idata
        self.approximation = _model(GAUSSIAN, gaussian).laplace(draws=200, seed=1).idata


def _model(code: str, data: dict[str, Any], **options: Any) -> bw.Model:
    program = bw.Program.from_string(code, name="m")
    return bw.Model(program, data, engine="stanli", **options)


def _comparison(code: str, data: dict[str, Any], **options: Any) -> bw.Comparison:
    model = _model(code, data, **options)
    draws = model.sample(seed=1, iter_warmup=200, iter_sampling=50, show_progress=False)
    prior = model.prior(seed=1, draws=200, show_progress=False)
    return bw.compare(model.map(seed=1), draws, prior, starts=0)


SOME = ["a", "s"]
# what takes more than the container: the call
CALLS: dict[str, Callable[[Containers], Any]] = {
    "bayes_factor": lambda c: arviz_stats.bayes_factor(c.data, "a"),
    "bayesian_r2": lambda c: arviz_stats.bayesian_r2(c.data, pred_mean="mu", scale="s"),
    "residual_r2": lambda c: arviz_stats.residual_r2(c.data, pred_mean="mu", obs_name="y"),
    "ci_in_rope": lambda c: arviz_stats.ci_in_rope(c.data, (-1, 1), var_names=SOME),
    "compare": lambda c: arviz_stats.compare({"one": c.data, "other": c.other}),
    # the function itself takes no tree yet
    "ecdf": lambda c: arviz_stats.ecdf(c.data["posterior"].dataset),
    "generate_survival_curves": lambda c: arviz_stats.generate_survival_curves(
        c.data, ["y"], num_samples=10
    ),
    "kaplan_meier": lambda c: arviz_stats.kaplan_meier(c.data, ["y"]),
    "hexbin": lambda c: arviz_stats.hexbin(c.data.posterior["a"], c.data.posterior["s"]),
    "histogram2d": lambda c: arviz_stats.histogram2d(c.data.posterior["a"], c.data.posterior["s"]),
    "kde2d": lambda c: arviz_stats.kde2d(c.data.posterior["a"], c.data.posterior["s"]),
    "kl_divergence": lambda c: arviz_stats.kl_divergence(
        c.data, c.other, var_names=SOME, num_samples=100
    ),
    "wasserstein": lambda c: arviz_stats.wasserstein(
        c.data, c.other, var_names=SOME, num_samples=100
    ),
    "loo_approximate_posterior": lambda c: arviz_stats.loo_approximate_posterior(
        c.approximation,
        c.approximation.sample_stats["log_p"],
        c.approximation.sample_stats["log_q"],
    ),
    "loo_i": lambda c: arviz_stats.loo_i(0, c.data),
    "loo_r2": lambda c: arviz_stats.loo_r2(c.data, "y"),
    "loo_subsample": lambda c: arviz_stats.loo_subsample(c.data, 5),
    "update_subsample": lambda c: arviz_stats.update_subsample(
        arviz_stats.loo_subsample(c.data, 5, pointwise=True), c.data, observations=3
    ),
    "rhat_nested": lambda c: arviz_stats.rhat_nested(c.data, superchain_ids=[0, 0, 1, 1]),
    "weight_predictions": lambda c: arviz_stats.weight_predictions(
        [c.data, c.other], weights=[0.5, 0.5]
    ),
    "combine_plots": lambda c: arviz_plots.combine_plots(
        c.data, [(arviz_plots.plot_trace, {}), (arviz_plots.plot_dist, {})], var_names=SOME
    ),
    "plot_bf": lambda c: arviz_plots.plot_bf(c.data, "a"),
    "plot_compare": lambda c: arviz_plots.plot_compare(
        arviz_stats.compare({"one": c.data, "other": c.other})
    ),
    "plot_khat": lambda c: arviz_plots.plot_khat(arviz_stats.loo(c.data, pointwise=True)),
    "plot_pair_focus": lambda c: arviz_plots.plot_pair_focus(c.data, "s", var_names=["a"]),
    "plot_ppc_pava": lambda c: arviz_plots.plot_ppc_pava(c.binary),
    "plot_ppc_pava_residuals": lambda c: arviz_plots.plot_ppc_pava_residuals(c.binary, "x"),
    "plot_ppc_rootogram": lambda c: arviz_plots.plot_ppc_rootogram(c.counts),
    "plot_loo_pava": lambda c: arviz_plots.plot_loo_pava(c.binary),
    "plot_lm": lambda c: arviz_plots.plot_lm(c.data, x="x", y="y"),
}
# elements of a fitted line would be panels: some variables are enough
OF_SOME = frozenset(
    f"plot_{kind}"
    for kind in [
        *("autocorr", "convergence_dist", "dgof", "dgof_dist", "dist", "ess", "ess_evolution"),
        *("forest", "mcse", "pair", "parallel", "prior_posterior", "psense_dist"),
        *("psense_quantities", "rank", "rank_dist", "ridge", "trace", "trace_dist"),
    ]
)
DOES_NOT_APPLY = {
    "get_function": "returns a function by its name",
    "loo_kfold": "fits again through a SamplingWrapper that the user writes",
    "lfo_cv": "fits again through a SamplingWrapper that the user writes",
    "reloo": "fits again through a SamplingWrapper that the user writes",
    "loo_moment_match": "takes functions of the unconstrained parameters",
    "add_bands": "adds to a plot that is made",
    "add_lines": "adds to a plot that is made",
    "plot_ecdf_pit": "takes ranks of a simulation-based calibration",
}


def _functions(module: Any) -> list[tuple[str, Callable[..., Any]]]:
    names = [n for n in sorted(dir(module)) if not n.startswith("_")]
    found = [(n, getattr(module, n)) for n in names]
    return [(n, f) for n, f in found if inspect.isfunction(f) and n not in DOES_NOT_APPLY]


FUNCTIONS = [*_functions(arviz_stats), *_functions(arviz_plots)]


@pytest.fixture(scope="module")
def containers() -> Containers:
    mpl.use("Agg")
    return Containers()


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    mpl.pyplot.close("all")


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[n for n, _ in FUNCTIONS])
def test_it_takes_our_container(containers, name, function):
    if name in CALLS:
        assert CALLS[name](containers) is not None
    else:
        function(containers.data, **({"var_names": SOME} if name in OF_SOME else {}))


def test_an_outcome_has_one_name_one_shape_and_one_set_of_coordinates(containers):
    data = containers.data

    for group in ("observed_data", "posterior_predictive", "prior_predictive", "log_likelihood"):
        assert list(data[group].data_vars) == ["y"], group
        assert data[group]["y"].dims[-1] == "y_dim_0"
        assert data[group]["y"].coords["y_dim_0"].to_numpy().tolist() == list(range(1, ROWS + 1))
    assert data["constant_data"]["X"].dims == ("y_dim_0", "X_dim_1")
    assert data["constant_data"]["X"].coords["X_dim_1"].to_numpy().tolist() == ["age", "dose"]
    assert data["posterior"]["beta"].coords["beta_dim_0"].to_numpy().tolist() == ["age", "dose"]


def test_arviz_finds_the_numbers_of_the_comparison(containers):
    comparison, data = containers.comparison, containers.data

    assert arviz_stats.loo(data).elpd == pytest.approx(comparison.loo().elpd, rel=1e-12)
    for part in ("prior", "likelihood"):
        theirs = arviz_stats.psense(data, group=part, var_names=SOME)
        ours = comparison.psense().loc[SOME, part]
        assert [float(theirs[name]) for name in SOME] == pytest.approx(list(ours), rel=1e-9)


def test_the_error_of_the_mean_prediction_is_that_of_the_draws(containers):
    data = containers.data
    predicted = data["posterior_predictive"]["y"].mean(("chain", "draw"))
    error = float(np.sqrt(np.mean((predicted - data["observed_data"]["y"]) ** 2)))

    assert arviz_stats.metrics(data, kind="rmse", round_to="none").mean == pytest.approx(error)


@pytest.mark.parametrize(
    ("of", "outcome"), [("counts", "visits"), ("binary", "switched")], ids=["counts", "binary"]
)
def test_outcomes_keep_their_own_names(containers, of, outcome):
    data = getattr(containers, of)

    assert list(data["observed_data"]) == [outcome]
    assert list(data["posterior_predictive"]) == [outcome]
    assert data["posterior_predictive"][outcome].attrs["note"].startswith("replications: ")
