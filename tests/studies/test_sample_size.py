from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import UsageError

COIN = bw.library["beta_binomial"].program
TOSSES = bw.Program.from_string(
    """
    data { int<lower=0> N; array[N] int<lower=0, upper=1> y; vector[N] row; }
    parameters { real<lower=0, upper=1> p; }
    model { p ~ beta(1, 1); y ~ bernoulli(p); }""",
    name="tosses",
)
FRAME = pd.DataFrame({"y": [0, 1] * 30, "row": range(60)})


def _fifth(n: int) -> dict[str, int]:
    return {"n": n, "y": n // 5, "a": 1, "b": 1}


def test_the_gap_follows_the_beta_posterior():
    table = bw.studies.n_ladder(COIN, _fifth, seed=1, engine="stanli").table
    assert table["n"].tolist() == [10, 40, 160, 640, 2560]
    exact = [-0.41633, -0.22830, -0.11741, -0.05914, -0.02963]
    assert (np.abs(table["gap"] - exact) < 5 * table["gap_mcse"]).all()
    # the sd of 4000 draws is known to 2 %, the mean far better than that
    assert (table["gap_root_n_mcse"] < 0.05).all()
    np.testing.assert_allclose(table["gap_root_n"], table["gap"] * np.sqrt(table["n"]))
    np.testing.assert_allclose(table["pull"], 0, atol=1e-5)


def test_subsets_of_rows_are_nested_and_end_with_all():
    seen, rows = [], []

    def draw(model: bw.Model):
        data = dict(model.data.values)
        seen.append(data["y"].tolist())
        rows.append(data["row"].tolist())
        return model.sample(seed=1, chains=1, iter_sampling=200)

    y = np.random.default_rng(3).integers(0, 2, 50)
    study = bw.studies.n_ladder(
        TOSSES,
        pd.DataFrame({"y": y, "row": range(50)}),
        [20, 50, 5],
        draw=draw,
        seed=2,
        engine="stanli",
    )
    assert [len(s) for s in seen] == [5, 20, 50]
    assert seen[-1] == y.tolist()
    assert set(rows[0]) < set(rows[1]) < set(rows[2])
    assert rows[1] == sorted(rows[1])
    means = [(sum(s) + 1) / (len(s) + 2) for s in seen]
    sds = [stats.beta(sum(s) + 1, len(s) - sum(s) + 1).std() for s in seen]
    gap = (np.array([np.mean(s) for s in seen]) - means) / sds
    assert (np.abs(study.table["gap"] - gap) < 5 * study.table["gap_mcse"]).all()


def test_effects_are_integrated_out_of_both_modes():
    program = bw.Program.from_string(
        "data { int J; vector[J] y; } parameters { real mu; vector[J] theta; }"
        "model { mu ~ normal(0, 1); theta ~ normal(mu, 1); y ~ normal(theta, 1); }",
        name="groups",
    )
    table = bw.studies.n_ladder(
        program,
        lambda n: {"J": n, "y": np.linspace(0, 4, n)},
        [5, 20],
        marginal=True,
        seed=1,
        engine="stanli",
    ).table
    assert table["parameter"].tolist() == ["mu", "mu"]
    np.testing.assert_allclose(table["map"], [5 / 3.5, 20 / 11], rtol=1e-6)
    np.testing.assert_allclose(table["mle"], 2, rtol=1e-6)
    # the posterior is Gaussian: its mean is its mode, and control variates leave no error of it
    np.testing.assert_allclose(table["gap"], 0, atol=1e-6)


def test_a_sampler_that_has_not_converged_is_told():
    def draw(model: bw.Model):
        short = dict(model.data.values)["n"] == 10
        return model.sample(seed=1, chains=2, iter_sampling=20 if short else 1000)

    study = bw.studies.n_ladder(COIN, _fifth, [10, 40], draw=draw, seed=1, engine="stanli")
    assert (study.table["ess_min"] < 200).tolist() == [True, False]
    assert (study.table["r_hat_max"] < 1.01).tolist()[1]
    (note,) = study.notes
    assert note.startswith("The mean at n = 10 is in doubt: ")
    assert "effective sample size" in note
    assert note in str(study)
    assert study.plot().get_supxlabel() == note


def test_draws_of_another_method_have_no_diagnostics_of_a_sampler():
    study = bw.studies.n_ladder(
        COIN, _fifth, [40], draw=lambda m: m.laplace(seed=1), seed=1, engine="stanli"
    )
    assert np.isnan(study.table[["r_hat_max", "ess_min"]]).all(axis=None)
    assert study.notes == ()


def test_default_sizes_end_with_all_rows():
    study = bw.studies.n_ladder(TOSSES, FRAME, seed=2, engine="stanli")
    assert study.table["n"].tolist() == [10, 40, 60]


@pytest.mark.parametrize("sizes", [[], [0, 5], [5.5], [4, 61]])
def test_sizes_that_cannot_be_are_refused(sizes):
    with pytest.raises(UsageError, match="not sizes of data"):
        bw.studies.n_ladder(TOSSES, FRAME, sizes, engine="stanli")


def test_what_cannot_grow_is_refused():
    coin = bw.library["beta_binomial"].program
    model = bw.Model(coin, {"n": 10, "y": 2, "a": 1, "b": 1}, engine="stanli")

    with pytest.raises(UsageError, match="has its data already"):
        bw.studies.n_ladder(model, [10, 20])
    with pytest.raises(UsageError, match="cannot grow"):
        bw.studies.n_ladder(coin, {"n": 10, "y": 2, "a": 1, "b": 1})
