"""The page of the command line is the one that the commands give."""

from __future__ import annotations

import sys

import pytest
from fixtures.folders import ROOT


@pytest.fixture
def write_command_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    import write_command_page  # noqa: PLC0415 - a script, found through the path above

    yield write_command_page
    del sys.modules["write_command_page"]


def test_the_page_is_current(write_command_page) -> None:
    written = write_command_page.PAGE.read_text(encoding="utf-8")
    assert written == write_command_page.page(), "run python tools/write_command_page.py"
