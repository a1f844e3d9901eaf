"""Progress: one line where it can be rewritten, plain lines in a log, none where it is silenced."""

from __future__ import annotations

import contextlib
import io
import os
import time

import pytest

from bayeswrap import progress
from bayeswrap.errors import UsageError
from bayeswrap.progress import Task, progress_shown, progress_wanted, shown_steps, task


class Terminal(io.StringIO):
    """A stream of a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch):
    """Let lines appear without patience."""
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_TICK", 0.01)
    monkeypatch.setattr(progress, "_LOG_EVERY", 0.0)
    monkeypatch.setenv("COLUMNS", "60")


def shown(stream: io.StringIO, *, silent: bool = False) -> str:
    """Return what two pieces of work within one another write."""
    with (
        contextlib.redirect_stderr(stream),
        progress_shown(False if silent else None),
        task("comparing"),
        task("climbing", 20, unit="starts") as work,
    ):
        work.step(7)
        work.note = "from the data"
        deadline = time.monotonic() + 2
        while not silent and "7/20" not in stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    return stream.getvalue()


def test_a_terminal_has_one_line_that_is_gone_at_the_end(at_once):
    text = shown(Terminal())
    assert "comparing: climbing 7/20 starts, from the data [0:00]" in text
    assert "\n" not in text
    assert text.rpartition("\r")[0].rpartition("\r")[2].strip() == ""
    assert max(map(len, text.split("\r"))) < 60


@pytest.mark.parametrize(
    ("works", "line"),
    [
        (["MAP", "climbing 3/20"], "MAP: climbing 3/20"),
        (["checking whether there is one", "climbing 3/20"], "climbing 3/20"),
        (["checking whether there is one mode"], "checking whether t..."),
    ],
)
def test_a_narrow_line_has_the_inner_work(works, line):
    assert progress._fitting(works, 21) == line


def test_a_log_has_whole_lines(at_once):
    text = shown(io.StringIO())
    assert "comparing: climbing 7/20 starts, from the data [0:00]\n" in text
    assert "\r" not in text
    assert "\x1b" not in text


def test_a_log_has_no_line_in_the_first_seconds(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_TICK", 0.01)
    with contextlib.redirect_stderr(io.StringIO()) as stream, task("climbing"):
        time.sleep(0.1)
    assert stream.getvalue() == ""


def test_short_work_shows_nothing(monkeypatch):
    monkeypatch.setattr(progress, "_TICK", 0.01)
    with contextlib.redirect_stderr(Terminal()) as stream, task("climbing"):
        time.sleep(0.1)
    assert stream.getvalue() == ""


def test_silence(at_once):
    assert shown(Terminal(), silent=True) == ""


def _interrupted() -> None:
    with task("climbing", 3):
        time.sleep(0.1)
        raise KeyboardInterrupt


def test_an_interruption_leaves_no_line_and_no_work(at_once):
    with contextlib.redirect_stderr(Terminal()) as stream, pytest.raises(KeyboardInterrupt):
        _interrupted()
    before = stream.getvalue()
    assert before.rpartition("\r")[0].rpartition("\r")[2].strip() == ""
    time.sleep(0.1)
    assert stream.getvalue() == before


def test_a_stream_that_is_closed_or_none_does_no_harm(at_once, monkeypatch):
    closed = Terminal()
    closed.close()
    for stream in (closed, None):
        monkeypatch.setattr("sys.stderr", stream)
        with task("climbing"):
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("setting", "around", "asked", "wanted"),
    [
        ("", None, None, True),
        ("0", None, None, False),
        ("0", True, None, True),
        ("1", False, None, False),
        ("", False, True, True),
        ("", True, False, False),
    ],
)
def test_the_nearest_word_counts(monkeypatch, setting, around, asked, wanted):
    monkeypatch.setenv("BAYESWRAP_PROGRESS", setting)
    with progress_shown(around):
        assert progress_wanted(asked) is wanted


def test_a_setting_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("BAYESWRAP_PROGRESS", "off")
    with pytest.raises(UsageError, match="BAYESWRAP_PROGRESS"):
        progress_wanted()


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (Task(what="sampling"), "sampling"),
        (
            Task(what="sampling", total=8000, unit="iterations", count=lambda: 12),
            "sampling 12/8000",
        ),
        (Task(what="integrating", unit="points", done=3), "integrating 3 points"),
        (Task(what="compiling", note="main.cpp"), "compiling, main.cpp"),
    ],
)
def test_words_of_a_task(work, text):
    assert str(work).startswith(text)


def test_steps_are_counted_when_they_are_done(monkeypatch):
    seen = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)
    counts = [str(seen[0]) for _ in shown_steps("abc", "letters")]
    assert [*counts, str(seen[0])] == [f"letters {i}/3" for i in range(4)]


def test_a_notebook_rewrites_its_line(monkeypatch):
    stream = type("OutStream", (io.StringIO,), {"__module__": "ipykernel.iostream"})()
    monkeypatch.setattr("sys.stderr", stream)
    assert progress._is_watched()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of threads, from 3.12 on
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_forked_process_shows_work_of_its_own(at_once):
    with contextlib.redirect_stderr(io.StringIO()), task("climbing"):
        child = os.fork()
        if child == 0:
            sound = not progress._line._tasks
            with task("sampling"):
                sound = sound and len(progress._line._tasks) == 1
            os._exit(0 if sound else 1)
        assert os.waitpid(child, 0)[1] == 0
