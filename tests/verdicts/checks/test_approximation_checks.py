"""Quality of approximations: outcomes and sentences from numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.estimates.approximations.importance import importance_of
from bayeswrap.thresholds import LAPLACE_DISTANCE
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.approximation_checks import ApproximationQuality, k_hat_error


def quality(ratios=(0.0,) * 100, distances=(), **changes):
    fields = {
        "method": "laplace",
        "importance": importance_of(np.array(ratios)),
        "k_hat_error": 0.1,
        "distances": pd.Series(dict(zip("abc", distances, strict=False)), dtype=float),
        "moving_support": False,
    }
    return ApproximationQuality(**fields | changes)


def test_equal_weights_pass():
    measured = quality()

    assert measured.outcome is Outcome.PASSED
    assert measured.wording().startswith("the approximation is exact")


def test_a_distance_beyond_the_threshold_fails_and_names_the_farthest():
    beyond = LAPLACE_DISTANCE.value
    measured = quality(distances=(beyond + 0.5, beyond - 0.1, beyond + 1.25))

    assert measured.outcome is Outcome.FAILED
    assert measured.distant == ("c", "a")
    assert "the marginal of c lies 2.25 posterior sd from that of the NUTS draws" in (
        measured.wording()
    )


def test_a_moving_support_fails():
    measured = quality(moving_support=True)

    assert measured.outcome is Outcome.FAILED
    assert "not asymptotically normal" in measured.wording()


def test_draws_outside_the_support_leave_it_open():
    measured = quality(ratios=(-np.inf, *(0.0,) * 99))

    assert measured.outcome is Outcome.NOT_DETERMINED
    assert measured.wording() == "some draws fall where the density is zero"


@pytest.mark.parametrize(
    ("k_hat", "draws", "error"),
    [(0.5, 4000, 1.5 / (3 * 4000**0.5) ** 0.5), (-1.0, 100, 20**-0.5), (np.nan, 100, 0.0)],
)
def test_the_error_of_k_hat_is_that_of_a_pareto_shape(k_hat, draws, error):
    assert k_hat_error(k_hat, draws) == pytest.approx(error)
