"""Plain text in a pipe, a table by rich in a terminal."""

from __future__ import annotations

import contextlib
import io

import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.cli.printing import _blocks, show
from bayeswrap.estimates.results.table_rows import printed


class Terminal(io.StringIO):
    """A stream of a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Return what a terminal of 80 columns gets of a result."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")

    def shown_in_terminal(result: object) -> str:
        with contextlib.redirect_stdout(Terminal()) as stream:
            show(result)
        return stream.getvalue()

    return shown_in_terminal


def test_a_pipe_gets_the_text_of_the_result(saved, capsys):
    mle = bw.load(saved / "mle.bw")
    show(mle)
    assert capsys.readouterr().out == f"{mle}\n"


def test_a_terminal_gets_a_table_between_the_same_sentences(saved, terminal):
    mle = bw.load(saved / "mle.bw")
    shown = terminal(mle)
    assert "MLE: converged" in shown
    assert "log likelihood" in shown
    assert "─" in shown


def test_no_color_is_honoured(saved, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in terminal(bw.load(saved / "mle.bw"))


def test_a_comparison_in_a_terminal(saved, terminal):
    comparison = bw.compare(bw.load(saved / "mle.bw"))
    shown = " ".join(terminal(comparison).split())
    assert comparison.verdict.summary.split(".")[0] in shown


def test_a_narrow_terminal_has_tables_below_one_another():
    names = [f"column {i}" for i in range(6)]
    cells = pd.DataFrame([["0.12345"] * 6], index=["beta[arsenic]"], columns=names)
    assert _blocks(cells, 13 + 3 * 10) == [names[:3], names[3:]]
    assert _blocks(cells, 200) == [names]
    assert _blocks(cells, 5) == [[name] for name in names]


def test_a_long_table_names_the_rows_that_are_left_out(terminal, monkeypatch, capsys):
    frame = pd.DataFrame({"estimate": 1.5}, index=[f"theta[{i}]" for i in range(60)])

    class Long:
        def to_frame(self) -> pd.DataFrame:
            return frame

        def __str__(self) -> str:
            return f"MLE\n{printed(frame, 6)}\nend"

    shown = terminal(Long())
    assert shown.count("theta[") <= 40
    assert "more rows, of theta: --json has all" in shown
    show(Long())
    assert "--json has all" in capsys.readouterr().out


def test_what_is_no_table_is_printed(capsys):
    show("a sentence")
    assert capsys.readouterr().out == "a sentence\n"
