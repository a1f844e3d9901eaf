from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation.make import LOG, _being_compiled, ended_by_sigterm, run_make
from bayeswrap.errors import EngineBuildError
from bayeswrap.progress import task

if TYPE_CHECKING:
    from pathlib import Path


def run(script: str, folder: Path) -> None:
    with task("making", show=False) as work:
        run_make(["/bin/sh", "-c", script], folder, work)


def test_output_of_make_is_kept(tmp_path: Path) -> None:
    run("echo one; echo two >&2", tmp_path)
    assert (tmp_path / LOG).read_text() == "one\ntwo\n"


def test_failure_quotes_the_last_lines(tmp_path: Path) -> None:
    with pytest.raises(EngineBuildError, match="line 99") as caught:
        run("for i in $(seq 99); do echo line $i; done; exit 2", tmp_path)
    assert "line 50" not in str(caught.value)


def test_silent_failure_says_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(EngineBuildError, match="exit code 3"):
        run("exit 3", tmp_path)


def test_flags_of_an_outer_make_are_not_handed_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEFLAGS", "n --jobserver-auth=3,4")
    run('echo "${MAKEFLAGS-unset}"', tmp_path)
    assert (tmp_path / LOG).read_text() == "unset\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("g++ -c -O2 -o build/a/sample.o frontend/a/sample.cpp", "sample.cpp"),
        ("ar rcs " + "x" * 60, "ar rcs " + "x" * 33),
    ],
)
def test_the_file_that_is_compiled_is_named(line: str, shown: str) -> None:
    assert _being_compiled(line) == shown


def test_sigterm_ends_with_an_exit_code_and_its_handler_is_given_back() -> None:
    with pytest.raises(SystemExit) as caught, ended_by_sigterm():
        signal.raise_signal(signal.SIGTERM)
    assert caught.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
