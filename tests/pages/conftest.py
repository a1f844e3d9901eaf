"""Each page is made once a run of the tests, and looked at once, whatever the number of workers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from fixtures.browser import browser, read, visit
from fixtures.page_cases import CASES
from fixtures.referee_questions import ANSWERS, FIRST

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_KEEP = "BAYESWRAP_PAGES"  # a folder: pages, screenshots and PDF files are kept there
READ = "sixty groups"  # the page that is read as a referee would


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, dict[str, Any]]:
    """What the browser saw of each page, by the name of the case."""
    root = tmp_path_factory.getbasetemp()
    shared = root if worker_id == "master" else root.parent
    folder = Path(os.environ.get(_KEEP) or shared / "pages")
    folder.mkdir(parents=True, exist_ok=True)
    seen_file = shared / "seen.json"
    with FileLock(shared / "pages.lock"):
        if not seen_file.is_file():
            files = {name: make().report(folder / f"{name}.html") for name, make in CASES.items()}
            with browser() as opened:
                seen = {name: _look(opened, name, file) for name, file in files.items()}
            seen_file.write_text(json.dumps(seen), encoding="utf-8")
    return json.loads(seen_file.read_text(encoding="utf-8"))


def _look(opened: Browser, name: str, file: Path) -> dict[str, Any]:
    seen = visit(opened, file) | {"html": file.read_text(encoding="utf-8")}
    links = {link for link, _ in ANSWERS.values()} - {FIRST}
    return seen | ({"read": read(opened, file, links)} if name == READ else {})
