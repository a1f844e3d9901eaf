"""NIST's reference data from the certified starts, to nine digits; evaluated in this process."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.estimates.results.status import Status

EXACT = {"linear_Wampler1", "nonlinear_Lanczos1"}
NAMES = sorted(p.name for p in (GOLD / "nist").iterdir())
# the terms of a sum of peaks, or of exponentials, have no order
RELABELLED = {
    "nonlinear_Gauss1": [[0, 1, 5, 6, 7, 2, 3, 4]],
    "nonlinear_Lanczos1": [
        [2 * k + j for k in order for j in (0, 1)]
        for order in ([0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0])
    ],
}


def item(name):
    folder = GOLD / "nist" / name
    numbers = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return bw.Model(folder / "program.stan", folder / "data.json", engine="stanli"), numbers


def digits(found, exact):
    """Return the log relative error, as NIST counts digits."""
    found, exact = np.atleast_1d(found).ravel(), np.atleast_1d(exact).ravel()
    scale = np.where(exact == 0, 1.0, np.abs(exact))
    return float(-np.log10(np.maximum(np.abs(found - exact) / scale, 1e-16)).max())


def certified(numbers, variable):
    if variable == "mu":  # NIST certifies the mean to all digits
        return np.array([numbers["mle"]["mu"]])
    return np.array(numbers["certified"]["estimate"])


def fits(name, model, numbers):
    starts = [numbers[k] for k in ("start1", "start2") if k in numbers]
    for inits in [{"b": s} for s in starts] or [None]:
        yield model.mle(inits=inits, seed=1, require_converged=False)


@pytest.mark.parametrize("name", NAMES)
def test_reaches_the_certified_values(name):
    model, numbers = item(name)
    variable = next(v for v in ("b", "beta", "mu") if v in numbers["mle"])
    exact = certified(numbers, variable)

    best = 0.0
    for found in fits(name, model, numbers):
        value = np.atleast_1d(found[variable]).ravel()
        orders = [np.arange(value.size), *RELABELLED.get(name, [])]
        best = max(best, *(digits(value[order], exact) for order in orders))
        if name in EXACT:
            assert found.status is Status.UNBOUNDED
            assert "rounding error of the data" in found.warnings[0]

    # Wampler4's coefficients are 1 with standard errors of up to 2e5
    assert best >= {"linear_Wampler4": 7}.get(name, 7 if name in EXACT else 9)


@pytest.mark.parametrize("name", sorted(set(NAMES) - EXACT))
def test_spread_and_scale_at_the_better_end(name):
    model, numbers = item(name)
    exact = numbers["mle"]

    found = max(fits(name, model, numbers), key=lambda e: e.log_likelihood)

    assert found.status is Status.CONVERGED
    assert digits(found["sigma"], exact["sigma"]) >= 7.5
    keys = ("se_observed_information", "se_beta_observed_information", "se_mu")
    errors = np.atleast_1d(next(exact[k] for k in keys if k in exact))
    mine = found.to_frame().iloc[: errors.size]["se"].to_numpy()
    if name in RELABELLED and digits(mine, errors) < 4:
        mine = mine[RELABELLED[name][0]]
    assert digits(mine, errors) >= 4
    assert found.log_likelihood == pytest.approx(exact["loglik"], abs=1e-6)


@pytest.mark.parametrize("name", ["linear_Longley", "linear_Wampler4"])
def test_lost_digits_are_told(name):
    model, _ = item(name)

    found = model.mle(seed=1)

    assert any("digits of the estimates are correct" in w for w in found.warnings)


@pytest.mark.parametrize("name", ["BoxBOD", "Misra1a", "Rat42"])
def test_many_starts_find_the_global_optimum_without_help(name):
    model, numbers = item(f"nonlinear_{name}")

    found = model.mle(starts=50, seed=1, show_progress=False)

    assert found.log_likelihood == pytest.approx(numbers["mle"]["loglik"], abs=1e-8)
    assert found.census.modes[0].hits >= 1
