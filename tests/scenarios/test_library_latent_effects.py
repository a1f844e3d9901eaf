"""Library entries whose effects are integrated out, against numbers computed without Stan."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError

# sums of squares and variances in closed form leave six digits of a standard error and more
EXACT = (
    "crossed_effects",
    "measurement_error",
    "meta_analysis",
    "varying_intercepts_centered",
    "varying_intercepts_noncentered",
    "varying_slopes_centered",
    "varying_slopes_noncentered",
)
TOLERANCE = 1e-5  # standard errors


def _model(name: str) -> bw.Model:
    entry = bw.library[name]
    return bw.Model(entry.program, entry.example_data, engine="stanli", columns=entry.columns)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXACT)
def test_marginal_mle_is_that_of_mixed_model_software(name: str) -> None:
    reference = bw.library[name].reference["marginal_mle"]
    found = _model(name).mle(marginal=True)
    assert found.status.is_estimate
    table, se = found.to_frame(), reference["se"]
    for key, value in reference["values"].items():
        assert table.loc[key, "estimate"] == pytest.approx(value, abs=TOLERANCE * se[key]), key
        assert table.loc[key, "se"] == pytest.approx(se[key], rel=1e-4), key
    assert found.log_likelihood == pytest.approx(reference["log_likelihood"], rel=1e-8)


@pytest.mark.parametrize("name", EXACT)
def test_published_numbers_are_the_reference_numbers(name: str) -> None:
    reference = bw.library[name].reference
    marginal, published = reference["marginal_mle"], reference["published"]
    if name == "measurement_error":  # its moments divide by n - 1
        return
    for key, value in published["values"].items():
        gap = (marginal["values"][key] - value) / marginal["se"][key]
        assert abs(gap) < TOLERANCE, key
    assert published["log_likelihood"] == pytest.approx(marginal["log_likelihood"], rel=1e-8)


def test_slope_under_measurement_error_is_the_ratio_of_moments() -> None:
    entry = bw.library["measurement_error"]
    frame, reference = entry.example_data, entry.reference
    moments = np.cov(frame["nitrogen"], frame["yield"], ddof=0)
    slope = moments[0, 1] / (moments[0, 0] - 57)
    assert reference["marginal_mle"]["values"]["beta"] == pytest.approx(slope, rel=1e-10)
    unbiased = np.cov(frame["nitrogen"], frame["yield"])
    published = reference["published"]["values"]["beta"]
    assert unbiased[0, 1] / (unbiased[0, 0] - 57) == pytest.approx(published, abs=5e-5)


@pytest.mark.slow
def test_centred_schools_have_no_spread_at_their_marginal_mle() -> None:
    reference = bw.library["eight_schools_centered"].reference["marginal_mle"]
    found = _model("eight_schools_centered").mle(marginal=True)
    assert found.status.name == "BOUNDARY"
    table = found.to_frame()
    assert table.loc["tau", "estimate"] == 0
    mu, se = reference["values"]["mu"], reference["se"]["mu"]
    assert table.loc["mu", "estimate"] == pytest.approx(mu, abs=TOLERANCE * se)
    assert found.log_likelihood == pytest.approx(reference["log_likelihood"], rel=1e-8)


@pytest.mark.parametrize("name", [*EXACT, "eight_schools_centered"])
def test_card_says_that_the_joint_mle_is_not_meant_and_so_does_the_model(name: str) -> None:
    card = bw.library[name].card
    assert not card.estimates["mle"]
    assert "marginal" in card.reasons["mle"]
    with pytest.raises(EstimandError, match="marginal=True"):
        _model(name).mle()
