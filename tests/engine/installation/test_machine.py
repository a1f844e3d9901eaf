from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bayeswrap.engine.installation import machine
from bayeswrap.errors import EngineBuildError


@pytest.mark.parametrize(("gigabytes", "jobs"), [(0.5, 1), (5.1, 2), (1000.0, 4)])
def test_jobs_follow_memory_and_processors(
    monkeypatch: pytest.MonkeyPatch, gigabytes: float, jobs: int
) -> None:
    monkeypatch.setattr(machine, "_available_gigabytes", lambda: gigabytes)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert machine.sensible_jobs() == jobs


def test_memory_and_disk_of_this_machine_can_be_read() -> None:
    assert machine._available_gigabytes() > 0
    assert machine.free_gigabytes(Path("/no/such/folder")) > 0


def test_too_full_disk_is_an_error() -> None:
    with pytest.raises(EngineBuildError, match="expected: 1e\\+09 GB free"):
        machine.require_disk(Path.cwd(), 1e9)


def test_usage_of_children_grows() -> None:
    before = machine.children_usage().cpu_seconds
    os.system(f"{sys.executable} -c 'sum(range(3_000_000))'")  # noqa: S605
    after = machine.children_usage()
    assert after.cpu_seconds > before
    assert after.peak_megabytes > 1
