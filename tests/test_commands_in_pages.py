"""Commands that the pages show are commands that the shell takes."""

from __future__ import annotations

import re
import shlex

import pytest
from fixtures.folders import ROOT

from bayeswrap.cli.commands import app

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# the general form of a command, as in `bayeswrap fit PROGRAM [DATA]`
_FORM = re.compile(r"\[|\||[A-Z]{5}")


def commands() -> list[str]:
    """Return the lines of shell blocks, and code within sentences, that run bayeswrap."""
    found: dict[str, None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`(bayeswrap [a-z][^`]* [^`]*)`", text)
        found |= {line: None for line in lines if line.startswith("bayeswrap ")}
    return [" ".join(line.split()) for line in found if not _FORM.search(line)]


def test_commands_are_found() -> None:
    assert len(commands()) > 10


@pytest.mark.parametrize("command", commands())
def test_the_shell_takes_it(command: str) -> None:
    words = shlex.split(command.split(" > ", maxsplit=1)[0], comments=True)
    app.parse_args(words[1:], exit_on_error=False, print_error=False)
