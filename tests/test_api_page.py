"""The page of public names is the one that the docstrings give."""

from __future__ import annotations

import sys

import pytest
from fixtures.folders import ROOT


@pytest.fixture
def write_api_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    import write_api_page  # noqa: PLC0415 - a script, found through the path above

    yield write_api_page
    del sys.modules["write_api_page"]


def test_the_page_is_current(write_api_page) -> None:
    written = write_api_page.PAGE.read_text(encoding="utf-8")
    assert written == write_api_page.page(), "run python tools/write_api_page.py"


def test_every_public_name_is_on_the_page(write_api_page) -> None:
    import bayeswrap as bw  # noqa: PLC0415 - used here alone

    page = write_api_page.page()
    values = {"__version__", "BayeswrapError", "BayeswrapWarning", "library", "studies"}
    assert [name for name in bw.__all__ if name not in values and name not in page] == []
