"""Examples in README, docs and docstrings run in a folder of their own."""

from __future__ import annotations

import pytest

pytest_plugins = [
    "fixtures.engine_and_models",
    "fixtures.handmade_comparisons",
    "fixtures.handmade_results",
    "fixtures.small_programs",
]


@pytest.fixture(autouse=True)
def _examples_leave_no_files(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if isinstance(request.node, pytest.DoctestItem):
        monkeypatch.chdir(tmp_path_factory.mktemp("example"))
