"""Summaries and warnings of draws, held against ArviZ's own functions on known arrays."""

from __future__ import annotations

from dataclasses import replace

import arviz_stats as azs
import numpy as np
import pytest
import xarray as xr

from bayeswrap.estimates.posterior.diagnostics import Diagnostics, sampler_diagnostics
from bayeswrap.estimates.results.draws_summary import draws_table

RNG = np.random.default_rng(5)
DRAWS = RNG.normal(size=(4, 200, 2)).cumsum(axis=1) * 0.1 + RNG.normal(size=(4, 200, 2))
SAMPLER = ("divergent__", "treedepth__", "energy__")
SOUND = Diagnostics(
    divergences=0,
    max_treedepth_hits=0,
    bfmi_min=1.0,
    r_hat_max=1.001,
    ess_min=900.0,
    chains=4,
    draws=500,
)


def sampler_columns(*, divergent=0.0, depth=3.0):
    shape = DRAWS.shape[:2]
    columns = [np.full(shape, divergent), np.full(shape, depth), RNG.normal(size=shape)]
    return np.stack(columns, axis=-1)


def test_table_agrees_with_arviz():
    table = draws_table(DRAWS, ["a", "b"])

    data = xr.DataArray(DRAWS[:, :, 1], dims=("chain", "draw"))
    assert table.loc["b", "r_hat"] == pytest.approx(float(azs.rhat(data)))
    assert table.loc["b", "ess_bulk"] == pytest.approx(float(azs.ess(data, method="bulk")))
    tail = azs.ess(data, method="tail", prob=(0.05, 0.95))
    assert table.loc["b", "ess_tail"] == pytest.approx(float(tail))
    assert table.loc["b", "mcse_mean"] == pytest.approx(float(azs.mcse(data, method="mean")))
    assert table.loc["b", "mcse_sd"] == pytest.approx(float(azs.mcse(data, method="sd")))
    flat = DRAWS[:, :, 1].ravel()
    assert table.loc["b", "mean"] == pytest.approx(flat.mean())
    assert table.loc["b", "sd"] == pytest.approx(flat.std(ddof=1))
    assert table.loc["b", "median"] == pytest.approx(np.median(flat))


def test_an_empty_table():
    assert draws_table(np.zeros((2, 5, 0)), []).empty


def test_numbers_that_are_missing_do_not_warn():
    table = draws_table(np.full((4, 50, 1), np.nan), ["a"])

    assert table.isna().all().all()


def test_collected_numbers():
    found = sampler_diagnostics(DRAWS, SAMPLER, sampler_columns(divergent=1.0, depth=10.0), 10)

    table = draws_table(DRAWS, ["a", "b"])
    assert found.divergences == found.max_treedepth_hits == 800
    assert found.r_hat_max == table["r_hat"].max()
    assert found.ess_min == table[["ess_bulk", "ess_tail"]].min().min()
    assert (found.chains, found.draws) == (4, 200)


def test_constants_and_rounding_count_for_nothing():
    noise = 1 + RNG.choice([0, 1.1e-16, -1.1e-16], size=(4, 200, 1))
    draws = np.concatenate([DRAWS, np.ones((4, 200, 1)), noise], axis=2)

    columns = sampler_columns()

    assert sampler_diagnostics(draws, SAMPLER, columns, 10) == sampler_diagnostics(
        DRAWS, SAMPLER, columns, 10
    )


def test_chains_that_never_moved_are_no_agreement():
    found = sampler_diagnostics(np.ones((4, 200, 2)), SAMPLER, sampler_columns(), 10)

    assert found.r_hat_max == np.inf
    assert any("R-hat" in p for p in found.problems)


def test_draws_that_are_not_finite_are_a_problem():
    broken = DRAWS.copy()
    broken[0, 0, 0] = np.nan

    assert sampler_diagnostics(broken, SAMPLER, sampler_columns(), 10).r_hat_max == np.inf


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"divergences": 3}, "3 of 2000 transitions diverged"),
        ({"max_treedepth_hits": 7}, "7 of 2000 transitions hit the tree depth limit"),
        ({"bfmi_min": 0.21}, "E-BFMI is 0.21, below 0.3"),
        ({"r_hat_max": 1.034}, "R-hat is 1.034, above 1.01, so the chains disagree"),
        ({"ess_min": 120.0}, "effective sample size is 120, below 400"),
    ],
)
def test_each_problem_has_its_sentence(change, sentence):
    assert replace(SOUND, **change).problems == (sentence,)
    assert str(replace(SOUND, **change)) == "sampler: " + sentence


def test_a_sound_run():
    assert SOUND.problems == ()
    assert str(SOUND) == (
        "sampler: no divergences, R-hat at most 1.001, effective sample size at least 900"
    )


@pytest.mark.parametrize(
    ("former", "name"), [("of_paths", "trajectory_problems"), ("of_mixing", "mixing_problems")]
)
def test_former_names_warn(made, former, name):
    diagnostics = made.posterior({"a": 0.0}).diagnostics

    with pytest.warns(DeprecationWarning, match=name):
        assert getattr(diagnostics, former) == getattr(diagnostics, name)
