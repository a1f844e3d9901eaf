"""Words of a command in, exit code and message out."""

from __future__ import annotations

import json

import pytest

from bayeswrap.cli.command_line import main
from bayeswrap.errors import BayeswrapError, CompilationError, EngineRunError, ProgramError


@pytest.fixture
def failing(monkeypatch):
    """Return a function that lets every command fail in one way."""

    def fail_with(error: BaseException) -> None:
        def doctor() -> int:
            raise error

        monkeypatch.setattr("bayeswrap.cli.engine_runs.examine_machine", doctor)

    return fail_with


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ProgramError("no such program"), 2, "ProgramError: no such program"),
        (CompilationError("the linker failed"), 1, "CompilationError: the linker failed"),
        (EngineRunError("a chain failed", do="pass seconds=9"), 1, "do: pass --seconds 9"),
        (BayeswrapError("something else"), 1, "something else"),
        (PermissionError(13, "Permission denied", "r.html"), 1, "where: r.html"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_each_error_has_its_code_and_a_message_without_a_traceback(
    failing, capsys, error, code, message
):
    failing(error)
    assert main(["doctor"]) == code
    shown = capsys.readouterr().err
    assert message in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["fit"], "PROGRAM requires an argument"),
        (["fti", "a.stan"], 'Did you mean "fit"'),
        (["fit", "a.stan", "--chian", "3"], "--chian"),
        (["fit", "a.stan", "--chains", "many"], "--chains"),
        (["engine", "biuld"], "biuld"),
        (["fit", "a.stan", "--missing", "fill"], '"error", "drop"'),
        (["fit", "a.stan", "a.csv", "b.csv"], "b.csv"),
    ],
)
def test_misuse_is_explained_and_leads_to_the_help(words, message, capsys):
    assert main(words) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert message in shown
    assert "--help lists what it takes" in shown


def test_misuse_with_json_is_an_object_too(capsys):
    assert main(["fit", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "UsageError"


def test_a_reader_who_has_seen_enough_is_no_error(failing, capfd):
    failing(BrokenPipeError())
    assert main(["doctor"]) == 1
    assert capfd.readouterr().err == ""
