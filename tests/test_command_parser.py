"""The parser of the command line: which command, which options, without a run."""

from __future__ import annotations

import pytest

from bayeswrap.command_parser import command_parser


def test_every_command_is_named():
    lines = {
        "fit": ["fit", "a.stan", "a.csv"],
        "glm": ["glm", "y ~ x", "a.csv"],
        "compare": ["compare", "a.stan"],
        "report": ["report", "a.stan", "-o", "r.html"],
        "verify": ["verify", "r.bw"],
        "models": ["models"],
        "migrate": ["migrate", "a.stan"],
        "engine": ["engine", "status"],
        "doctor": ["doctor"],
    }

    assert {command_parser().parse_args(line).command for line in lines.values()} == set(lines)


def test_what_is_not_said_stays_with_the_verb():
    said = command_parser().parse_args(["compare", "a.stan", "a.csv"])

    assert (said.seed, said.starts, said.chains, said.adapt_delta) == (None, None, None, None)
    assert said.seconds is None
    assert (said.engine, said.missing, said.role, said.map) == ("auto", "error", [], [])


def test_a_report_needs_a_file(capsys):
    with pytest.raises(SystemExit) as ended:
        command_parser().parse_args(["report", "a.stan"])

    assert ended.value.code == 2
    assert "-o" in capsys.readouterr().err
