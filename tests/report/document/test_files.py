"""Files that are written whole or not at all."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import check_target, whole_file


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
