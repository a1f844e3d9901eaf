"""One attempt of an automatic approximation."""

from __future__ import annotations

import dataclasses

import pytest

from bayeswrap.estimates.results.attempt import Attempt


def test_an_attempt_prints_its_method_and_its_reason():
    attempt = Attempt(method="psis", good=False, reason="Pareto k-hat 1.20 is above 0.70")

    assert str(attempt) == "psis: Pareto k-hat 1.20 is above 0.70"
    assert attempt.seconds == 0


def test_an_attempt_does_not_change():
    attempt = Attempt(method="nuts", good=True, reason="no divergences")

    with pytest.raises(dataclasses.FrozenInstanceError):
        attempt.good = False
