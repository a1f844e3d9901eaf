"""The commands: help on 80 columns with an example, completion, nothing slow before the work."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bayeswrap.cli import main
from bayeswrap.cli.commands import app

NAMES = ["fit", "glm", "compare", "report", "models", "verify", "migrate"]
NAMES += ["engine", "doctor", "completion"]
SLOW = {"numpy", "pandas", "scipy", "xarray", "matplotlib", "arviz_base", "cmdstanpy", "stanli"}


def test_every_command_is_there():
    assert [name for name in app if not name.startswith("-")] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_a_screen_and_ends_with_an_example(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main([name, "--help"]) == 0
    lines = capsys.readouterr().out.rstrip().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith(f"Usage: bayeswrap {name}")
    assert f"Example: bayeswrap {name} " in f"{' '.join(lines[-2:])} "
    assert not any("False" in line for line in lines)


def test_options_stand_in_groups(capsys):
    main(["report", "--help"])
    shown = capsys.readouterr().out
    heads = ["Arguments", "Data", "Estimates", "Sampler", "Output"]
    places = [shown.index(f"─ {head} ─") for head in heads]
    assert places == sorted(places)


def test_the_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("bayeswrap 0.")


def test_no_command_shows_the_commands_and_is_misuse(capsys):
    assert main([]) == 2
    assert "compare" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_commands_and_options(shell, capsys):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in NAMES)
    assert "adapt-delta" in script


def test_help_and_version_import_nothing_slow():
    code = (
        "import sys; from bayeswrap.cli import main; main(['--version']); main(['--help']);"
        "main(['fit', '--help']); print('MODULES', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.rpartition("MODULES ")[2].split())
    assert "cyclopts" in modules
    assert not modules & SLOW
    assert "bayeswrap.model" not in modules


def test_what_is_piped_has_no_escapes():
    command = [sys.executable, "-m", "bayeswrap.cli", "--help"]
    colourful = {**os.environ, "TERM": "xterm-256color"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=colourful)
    assert "\x1b" not in done.stdout + done.stderr
