"""The module is the command."""

from __future__ import annotations

import runpy
import sys

import pytest


def test_the_module_ends_with_the_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bayeswrap", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bayeswrap.cli.__main__", run_name="__main__")
    assert ended.value.code == 0
    assert "bayeswrap" in capsys.readouterr().out
