"""Fixtures that several rooms share, and the marks of tests that need Stan."""

from __future__ import annotations

import doctest
import functools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = [
    "fixtures.engine_and_models",
    "fixtures.handmade_comparisons",
    "fixtures.handmade_results",
    "fixtures.small_programs",
]

# fixtures that compile, or that start Stan's compiler to read a program
_STAN_FIXTURES = frozenset(
    {"engine", "stanc_path", "library_model", "gold_model", "model", "compile_program"}
)
_READS_PROGRAMS = (
    "Program.from_",
    "bw.Model(",
    "bw.analyze(",
    "bw.migrate(",
    "library[",
    "subprocess.",
)


# pages that show draws: their last digits belong to one processor
_PAGES_WITH_DRAWS = frozenset({"gallery", "concepts", "coming-from"})
_AS_PRECISE_AS_WRITTEN = doctest.register_optionflag("NUMBER")


@pytest.fixture(autouse=True)
def _examples_leave_no_files(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if isinstance(request.node, pytest.DoctestItem):
        monkeypatch.chdir(tmp_path_factory.mktemp("example"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark with ``stan`` what starts a process: the quick lane leaves it out."""
    for item in items:
        if isinstance(item, pytest.DoctestItem) and _PAGES_WITH_DRAWS & set(item.path.parts):
            for example in item.dtest.examples:
                example.options[_AS_PRECISE_AS_WRITTEN] = True
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & _STAN_FIXTURES or _starts_processes(item.path):
            item.add_marker("stan")


@functools.cache
def _starts_processes(path: Path) -> bool:
    """Tell whether a module of tests or examples reads programs or runs commands by itself."""
    if path.suffix == ".md" or {"cli", "test_cli.py"} & {*path.parts} or "scenarios" in path.parts:
        return True
    text = path.read_text(encoding="utf-8")
    return any(words in text for words in _READS_PROGRAMS)
