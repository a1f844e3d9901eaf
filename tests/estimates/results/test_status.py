"""Statuses carry their sentence and their advice."""

from __future__ import annotations

import pickle

import pytest

from bayeswrap.estimates.results.status import Status


@pytest.mark.parametrize("status", Status)
def test_every_member_says_what_and_what_next(status):
    assert status.sentence
    assert status.advice
    assert str(status) == f"{status.name.lower()}; {status.sentence}"
    assert pickle.loads(pickle.dumps(status)) is status


def test_what_may_be_reported():
    assert {s.name for s in Status if s.is_estimate} == {"CONVERGED", "BOUNDARY", "NONSMOOTH"}
