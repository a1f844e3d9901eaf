"""Library entries with conjugate priors: every estimate against its closed form."""

from __future__ import annotations

import functools

import numpy as np
import pytest

import bayeswrap as bw

CONJUGATE = (
    "dirichlet_multinomial",
    "gamma_exponential",
    "gamma_poisson",
    "normal_inverse_gamma",
    "normal_normal",
)
TOLERANCE = 1e-5  # standard errors; all of these numbers have a closed form


@functools.cache
def _model(name: str) -> bw.Model:
    entry = bw.library[name]
    return bw.Model(entry.program, entry.example_data, engine="stanli", columns=entry.columns)


@pytest.mark.slow
@pytest.mark.parametrize("name", CONJUGATE)
def test_mle_is_the_closed_form(name: str) -> None:
    reference = bw.library[name].reference["mle"]
    found = _model(name).mle(starts=2)
    table = found.to_frame()
    for key, value in reference["values"].items():
        se = reference["se"][key]
        assert table.loc[key, "estimate"] == pytest.approx(value, abs=TOLERANCE * se), key
        assert table.loc[key, "se"] == pytest.approx(se, rel=1e-5), key
    assert found.log_likelihood == pytest.approx(reference["log_likelihood"], rel=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["constrained", "unconstrained"])
@pytest.mark.parametrize("name", CONJUGATE)
def test_modes_are_the_closed_forms(name: str, scale: str) -> None:
    reference = bw.library[name].reference
    table = _model(name).map(scale, starts=2).to_frame()
    for key, value in reference[f"map_{scale}"]["values"].items():
        sd = reference["posterior"]["sd"][key]
        assert table.loc[key, "estimate"] == pytest.approx(value, abs=TOLERANCE * sd), key


@pytest.mark.slow
@pytest.mark.parametrize("name", CONJUGATE)
def test_draws_agree_with_the_exact_posterior(name: str) -> None:
    exact = bw.library[name].reference["posterior"]
    model = _model(name)
    draws = model.sample(seed=1, chains=2, iter_sampling=1000, show_progress=False)
    table = draws.to_frame()
    for key, mean in exact["mean"].items():
        error = exact["sd"][key] / np.sqrt(table.loc[key, "ess_bulk"])
        assert table.loc[key, "mean"] == pytest.approx(mean, abs=5 * error), key
