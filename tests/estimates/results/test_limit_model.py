"""The model that remains where parameters are at the end of their range, in words and numbers."""

from __future__ import annotations

import numpy as np

from bayeswrap.estimates.results.limit_model import LimitModel

POISSON = LimitModel(
    parameters={"phi": np.inf},
    family="Poisson",
    names=("a", "b"),
    values=np.array([1.65364, 0.55883]),
    spread=np.array([0.127913, 0.225849]),
    spread_name="se",
    log_density=-20.96,
)


def test_a_limit_is_named():
    assert POISSON.where == "phi at infinity: Poisson"
    assert POISSON.sentence == (
        "in the limit (phi at infinity: Poisson) a = 1.65364 (se 0.1279), b = 0.55883 (se 0.2258), "
        "log density -20.96"
    )


def test_its_table_holds_the_others_and_the_limit():
    frame = POISSON.to_frame()

    assert frame.loc["phi", "estimate"] == np.inf
    assert np.isnan(frame.loc["phi", "se"])
    assert frame.loc["b"].tolist() == [0.55883, 0.225849]


def test_finite_ends_are_numbers():
    limit = LimitModel(
        parameters={"tau": 0.0, "c": -np.inf},
        family="",
        names=(),
        values=np.zeros(0),
        spread=np.zeros(0),
        spread_name="se",
        log_density=-1.0,
    )

    assert limit.where == "tau = 0, c at minus infinity"
    assert limit.sentence == "in the limit (tau = 0, c at minus infinity)"
