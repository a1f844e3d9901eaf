"""A machine without any Stan."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation import wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a machine without any Stan, but with a compiler and a wheel for its platform."""
    for name in [n for n in os.environ if n.startswith("BAYESWRAP_")] + ["CMDSTAN", "CXX"]:
        monkeypatch.delenv(name, raising=False)
    compiler = tmp_path / "tools" / "g++"
    compiler.parent.mkdir()
    compiler.write_text("#!/bin/sh\necho g++ 12.2.0\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("CXX", str(compiler))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path / "cache"))
    pinned = wheel.WHEELS["Linux", "x86_64"]
    monkeypatch.setattr(wheel, "for_platform", lambda: pinned)
    return tmp_path
