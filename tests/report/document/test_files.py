"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import check_target, figure_folder, whole_file, whole_files


@pytest.fixture
def target(tmp_path):
    file = tmp_path / "report.html"
    file.write_text("before")
    return file


def interrupted(file, error):
    with whole_file(file) as beside:
        beside.write_text("half")
        raise error


def names_beside(file):
    return [p.name for p in file.parent.iterdir()]


def test_a_whole_file_takes_the_place_of_the_old_one(target):
    with whole_file(target) as beside:
        beside.write_text("after")
        assert target.read_text() == "before"

    assert target.read_text() == "after"
    assert names_beside(target) == ["report.html"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, SystemExit])
def test_what_stops_the_writing_leaves_the_old_file(target, error):
    with pytest.raises(error):
        interrupted(target, error)

    assert target.read_text() == "before"
    assert names_beside(target) == ["report.html"]


def test_a_file_that_was_not_there_is_not_left_half(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "new.bw", KeyboardInterrupt)

    assert not list(tmp_path.iterdir())


def test_the_format_follows_the_suffix(tmp_path):
    assert check_target(tmp_path / "r.HTM") == (tmp_path / "r.HTM", "html")
    assert check_target(tmp_path / "r.txt", "json") == (tmp_path / "r.txt", "json")


@pytest.mark.parametrize("name", ["report", "report.pdf"])
def test_a_suffix_of_no_format_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="suffix"):
        check_target(tmp_path / name)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UsageError, match="folder"):
        check_target(tmp_path, "html")
    with pytest.raises(UsageError, match="does not exist"):
        check_target(tmp_path / "no" / "r.html")


def test_a_near_suffix_is_suggested(tmp_path):
    with pytest.raises(UsageError, match=r"did you mean '\.json'"):
        check_target(tmp_path / "r.jsn")


@pytest.mark.parametrize("name", ["r 1.md", "a%b.tex", "größe.md", "#.md", "~$.md"])
def test_a_folder_of_figures_has_a_plain_name_of_its_own(name):
    folder = figure_folder(Path(name))
    assert folder.isascii()
    assert folder.replace("-", "").replace("_", "").isalnum()
    assert folder != figure_folder(Path(name.replace(name[0], "-", 1)))


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if not p.is_dir()}


def test_a_page_comes_with_its_figures(tmp_path):
    whole_files(tmp_path / "r.md", b"page", {"r_files/1.png": b"one", "r_files/2.png": b"two"})
    assert contents(tmp_path) == {
        "r.md": b"page",
        "r_files/1.png": b"one",
        "r_files/2.png": b"two",
    }
    whole_files(tmp_path / "r.md", b"new", {"r_files/1.png": b"ONE"})
    assert contents(tmp_path)["r_files/1.png"] == b"ONE"


@pytest.mark.parametrize("fails", range(3))
@pytest.mark.parametrize("before", [True, False])
def test_figures_and_page_are_written_all_or_none(tmp_path, monkeypatch, fails, before):
    if before:
        whole_files(tmp_path / "r.md", b"old", {"r_files/1.png": b"old one"})
        (tmp_path / "r_files" / "mine.txt").write_bytes(b"of the user")
    old, calls, replace = contents(tmp_path), [], Path.replace

    def fail(self, target):
        if self.name.startswith("new-"):
            calls.append(self)
            if len(calls) > fails:
                raise OSError(28, "no space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        whole_files(
            tmp_path / "r.md", b"new", {"r_files/1.png": b"new one", "r_files/2.png": b"new two"}
        )
    assert contents(tmp_path) == old
    assert not list(tmp_path.glob(".*"))
    assert before or not list(tmp_path.iterdir())
