"""Posteriors against the reference draws of posteriordb, and modes against closed forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.folders import GOLD

NAMES = ["arK", "earn_height", "eight_schools_noncentered", "kidscore_momhsiq", "nes"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_posterior_means_and_sds(gold_model, name):
    model, _ = gold_model(f"posteriordb/{name}")
    reference = pd.read_csv(GOLD / "posteriordb" / name / "reference.csv", index_col="parameter")

    posterior = model.sample(seed=12, adapt_delta=0.95, show_progress=False)

    own = posterior.to_frame(derived=True).loc[reference.index]
    error = np.hypot(own["mcse_mean"], reference["mcse_mean"])
    assert ((own["mean"] - reference["mean"]).abs() < 4 * error).all()
    error = np.hypot(own["mcse_sd"], reference["mcse_sd"])
    assert ((own["sd"] - reference["sd"]).abs() < 4 * error).all()


@pytest.mark.parametrize("name", [n for n in NAMES if n != "eight_schools_noncentered"])
def test_modes(gold_model, name):
    model, numbers = gold_model(f"posteriordb/{name}")

    mle = model.mle(seed=1)
    table = mle.to_frame()

    for scalar, value in numbers["mle"].items():
        error = numbers["se_mle_observed_information"][scalar]
        assert abs(table.loc[scalar, "estimate"] - value) < 1e-4 * error
        assert table.loc[scalar, "se"] == pytest.approx(error, rel=1e-4)
    for scale in ("constrained", "unconstrained"):
        mode = model.map(scale, seed=1).to_frame()
        for scalar, value in numbers[f"map_{scale}"].items():
            error = numbers["se_mle_observed_information"][scalar]
            assert abs(mode.loc[scalar, "estimate"] - value) < 1e-4 * error
