"""Programs ranked by LOO: against closed forms of conjugate normals, and what is refused."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import ComparisonError
from bayeswrap.model_comparison.ranking import ModelComparison

RNG = np.random.default_rng(7)
N = 120
X = RNG.normal(size=N)
Z = RNG.normal(size=N)
Y = 1.0 + 2.0 * X + RNG.normal(size=N)
DATA = {"N": N, "x": X, "z": Z, "y": Y}
DECLARED = "data { int N; vector[N] x; vector[N] z; vector[N] y; } parameters { vector[3] b; } "
PRIOR = "b ~ normal(0, 2); "
MEANS = {
    "right": "b[1] + b[2] * x",
    "useless": "b[1] + b[2] * x + b[3] * z",
    "wrong": "b[1] + b[3] * z",
}


def model(mean, data=DATA, outcome="y"):
    text = f"{DECLARED} model {{ {PRIOR} {outcome} ~ normal({mean}, 1); }}"
    return bw.Model(bw.Program.from_string(text, name="line"), data, engine="stanli")


@pytest.fixture(scope="module")
def draws():
    return {name: model(mean).sample(seed=2, show_progress=False) for name, mean in MEANS.items()}


@pytest.fixture(scope="module")
def found(draws):
    return bw.compare_models(draws)


def exact_elpd(design):
    """Sum of log p(y_i | y_-i) in a conjugate regression: b ~ N(0, 4 I), noise sd 1."""
    total = []
    for i in range(N):
        rest = np.arange(N) != i
        precision = design[rest].T @ design[rest] + np.eye(design.shape[1]) / 4
        mean = np.linalg.solve(precision, design[rest].T @ Y[rest])
        spread = 1 + design[i] @ np.linalg.solve(precision, design[i])
        total.append(stats.norm.logpdf(Y[i], design[i] @ mean, np.sqrt(spread)))
    return np.array(total)


def test_scores_are_those_of_the_closed_form(found):
    one = np.ones(N)
    designs = {
        "right": np.column_stack([one, X]),
        "useless": np.column_stack([one, X, Z]),
        "wrong": np.column_stack([one, Z]),
    }
    exact = {name: exact_elpd(d) for name, d in designs.items()}
    frame = found.to_frame()
    for name, scores in exact.items():
        # Monte Carlo error of PSIS-LOO over 4000 draws: under sqrt(p / draws) with p near 3
        assert frame.loc[name, "elpd"] == pytest.approx(scores.sum(), abs=0.3)
    gap = exact["wrong"] - exact["right"]
    best = exact[found.best]
    assert frame.loc["wrong", "elpd_diff"] == pytest.approx((exact["wrong"] - best).sum(), abs=0.5)
    assert frame.loc["wrong", "dse"] == pytest.approx(np.sqrt(N * gap.var()), rel=0.05)


def test_words_tell_what_can_be_told(found):
    assert list(found.to_frame()["rank"]) == [0, 1, 2]
    assert found.to_frame().index[-1] == "wrong"
    assert found.to_frame()["weight"].sum() == pytest.approx(1, abs=0.02)
    assert found.observations == N
    first, second = found.summary.splitlines()[:2]
    assert first.startswith("LOO does not distinguish")
    assert second.startswith(f"{found.best} predicts better than wrong")
    assert "rank" in str(found)


def test_small_standard_error_does_not_tell_models_apart():
    base = {"rank": 0, "elpd_diff": 0.0, "dse": 0.0}
    rows = {"a": base, "b": base | {"elpd_diff": -3.9, "dse": 0.1}}
    rows |= {
        "c": base | {"elpd_diff": -9.0, "dse": 6.0},
        "d": base | {"elpd_diff": -9.0, "dse": 2.0},
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    few = ModelComparison(table=table, observations=20).summary.splitlines()
    assert "does not distinguish b from a" in few[0]
    assert "below 4" in few[0]
    assert "does not distinguish c from a" in few[1]
    assert few[2].startswith("a predicts better than d")
    assert "20 observations" in few[2]
    assert "optimistic" not in ModelComparison(table=table, observations=200).summary


def test_influential_observations_are_counted():
    data = {
        **DATA,
        "y": np.where(np.arange(N) == 3, 60.0, Y),
        "x": np.where(np.arange(N) == 3, 9, X),
    }
    names = ("right", "useless")
    sampled = {n: model(MEANS[n], data).sample(seed=1, show_progress=False) for n in names}
    found = bw.compare_models(sampled)
    assert (found.to_frame()["bad_k"] == 1).all()
    assert found.to_frame()["warning"].all()
    assert f"1 of {N} observations: refit without" in found.summary


def test_sampler_that_did_not_converge_is_told(draws):
    bad = dataclasses.replace(draws["wrong"].diagnostics, r_hat_max=1.5)
    broken = dataclasses.replace(draws["wrong"], diagnostics=bad)
    found = bw.compare_models({"right": draws["right"], "wrong": broken})
    assert "wrong: R-hat is 1.500" in found.summary
    assert list(found.to_frame()["warning"]) == [False, True]


def test_what_cannot_be_ranked_is_refused(draws):
    right = draws["right"]
    with pytest.raises(ComparisonError, match="at least two"):
        bw.compare_models({"right": right})
    quick = {"iter_sampling": 50, "iter_warmup": 50, "show_progress": False, "seed": 1}
    other = model(MEANS["wrong"], {**DATA, "y": Y + 1}).sample(**quick)
    with pytest.raises(ComparisonError, match="different observations"):
        bw.compare_models({"right": right, "other": other})
    fewer = model(MEANS["wrong"], {"N": 5, "x": X[:5], "z": Z[:5], "y": Y[:5]}).sample(**quick)
    with pytest.raises(ComparisonError, match="different numbers of observations"):
        bw.compare_models({"right": right, "fewer": fewer})
    prior = model(MEANS["wrong"]).prior(draws=100, seed=1, show_progress=False)
    with pytest.raises(ComparisonError, match="not draws of a posterior"):
        bw.compare_models({"right": right, "prior": prior})
    with pytest.raises(ComparisonError, match="not draws of a posterior"):
        bw.compare_models({"right": right, "mode": model(MEANS["wrong"]).map(seed=1)})


def test_loaded_draws_come_with_their_model(draws, found, tmp_path):
    path = tmp_path / "right.bw"
    bw.save(draws["right"], path)
    loaded = bw.load(path)
    assert loaded.problem is None
    with pytest.raises(ComparisonError, match="with their model"):
        bw.compare_models({"right": loaded, "wrong": draws["wrong"]})
    with pytest.raises(ComparisonError, match="of another model"):
        bw.compare_models({"right": (model(MEANS["wrong"]), loaded), "wrong": draws["wrong"]})
    again = bw.compare_models({**draws, "right": (model(MEANS["right"]), loaded)})
    assert again.to_frame().loc["right", "elpd"] == found.to_frame().loc["right", "elpd"]


def test_result_pickles(found):
    again = pickle.loads(pickle.dumps(found))
    assert again.summary == found.summary


def test_order_of_statements_does_not_matter():
    head = "data { vector[9] u; vector[9] v; } parameters { real m; } model { m ~ normal(0, 3); "
    rng = np.random.default_rng(3)
    data = {"u": rng.normal(size=9), "v": rng.normal(5, 1, size=9)}
    both = ["u ~ normal(m, 1);", "v ~ normal(m + 5, 1);"]
    found = {}
    for name, statements in {"uv": both, "vu": both[::-1]}.items():
        program = bw.Program.from_string(head + " ".join(statements) + " }", name=name)
        found[name] = bw.Model(program, data, engine="stanli").sample(seed=1, show_progress=False)
    # one model twice: what differs is Monte Carlo error, a hundredth of a nat an observation
    table = bw.compare_models(found).to_frame()
    assert table["dse"].max() < 0.3
