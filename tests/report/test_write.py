"""Reports on disk: by suffix, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.report import write
from bayeswrap.report.write import write_report


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.html", "<!DOCTYPE html>"),
        ("r.HTM", "<!DOCTYPE html>"),
        ("r.json", "{"),
        ("r.txt", "==="),
    ],
)
def test_the_suffix_says_the_format(full, tmp_path, name, start):
    path = full.report(tmp_path / name)
    assert path == tmp_path / name
    assert path.read_text(encoding="utf-8").startswith(start)
    assert list(tmp_path.iterdir()) == [path]


def test_the_format_overrules_the_suffix(full, tmp_path):
    path = write_report(full, str(tmp_path / "r.txt"), "json")
    assert path.read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("r.pdf", None, r"\.html, \.htm, \.md"),
        ("report", None, "no suffix"),
        ("r.html", "pdf", "'html', 'md'"),
        ("none/r.html", None, "mkdir -p"),
        (".", None, "is a folder|no suffix"),
    ],
)
def test_a_place_or_format_that_cannot_be_is_told(full, tmp_path, name, wanted, message):
    with pytest.raises(UsageError, match=message):
        write_report(full, tmp_path / name, wanted)
    assert not list(tmp_path.iterdir())


def test_a_folder_of_a_fitting_name_is_no_file(full, tmp_path):
    (tmp_path / "r.html").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        write_report(full, tmp_path / "r.html")


@pytest.mark.parametrize(
    ("name", "start", "ending"), [("r.md", "# ", "png"), ("r.tex", "% Report", "pdf")]
)
def test_a_text_comes_with_its_figures(full, tmp_path, name, start, ending):
    path = full.report(tmp_path / name)
    assert path.read_text(encoding="utf-8").startswith(start)
    figures = sorted(p.name for p in (tmp_path / "r_files").iterdir())
    assert figures == [f"figure-1.{ending}", f"figure-2.{ending}"]
    assert {p.name for p in tmp_path.iterdir()} == {name, "r_files"}


def test_a_word_document_is_one_file(full, tmp_path):
    path = full.report(tmp_path / "r.docx")
    assert path.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stage", ["write_bytes", "replace"])
def test_a_failure_leaves_the_old_report_and_nothing_else(full, tmp_path, monkeypatch, stage):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")

    def fail(self, *_args, **_options):
        if stage == "write_bytes":
            self.touch()
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, stage, fail)
    with pytest.raises(OSError, match="no space"):
        write_report(full, path)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_of_the_renderer_touches_no_file(full, tmp_path, monkeypatch):
    monkeypatch.setattr(write, "to_json", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(full, tmp_path / "r.json")
    assert not list(tmp_path.iterdir())
