"""The record of a run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bayeswrap.record import RunRecord, versions


def record(**changes: Any) -> RunRecord:
    fields: dict[str, Any] = {
        "method": "mle",
        "program_name": "coin",
        "program": "",
        "program_hash": "",
        "data_hash": "",
        "engine": "",
        "command": "",
        "seed": 1,
        "options": {},
        "seconds": 0.0,
    }
    return RunRecord(**fields | changes)


@pytest.mark.parametrize(
    ("weights", "shown"),
    [
        ({}, ""),
        ({"prior": 0.5}, " [prior ^ 0.5]"),
        ({"prior": 2.0, "likelihood": 0.0}, " [prior ^ 2, likelihood ^ 0]"),
    ],
)
def test_powers_are_shown_as_exponents(weights: dict[str, float], shown: str) -> None:
    assert record(weights=weights).powers == shown


def test_a_record_says_when_it_was_made_in_utc() -> None:
    started = datetime.fromisoformat(record().started)
    assert started.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - started) < timedelta(minutes=1)


def test_versions_are_those_of_packages_that_numbers_depend_on() -> None:
    assert {"python", "numpy", "cmdstanpy", "stanli"} <= set(versions())


def test_versions_are_a_copy() -> None:
    versions().clear()
    assert versions()
