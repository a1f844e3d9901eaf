"""The report's usual name, and what is never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from bayeswrap.cli.report_paths import check_place, usual_path
from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import MADE_HERE


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("program", ["coin.stan", "there/coin.stan", "coin", "coin.bw"])
def test_the_name_is_that_of_the_program_here(program):
    assert usual_path(Path(program)) == Path("coin-report.html")


def test_a_page_of_ours_is_replaced(folder):
    (folder / "coin-report.html").write_text(f"<!DOCTYPE html>{MADE_HERE}", encoding="utf-8")
    assert usual_path(Path("coin.stan")).exists()


@pytest.mark.parametrize("foreign", ["<h1>my thesis</h1>", ""])
def test_a_file_of_others_is_not(folder, foreign):
    (folder / "coin-report.html").write_text(foreign, encoding="utf-8")
    with pytest.raises(UsageError, match="-o FILE"):
        usual_path(Path("coin.stan"))


def test_a_result_needs_a_folder_that_exists_and_a_file_in_it(folder):
    assert check_place(None) is None
    assert check_place(Path("r.bw")) is None
    with pytest.raises(UsageError, match="mkdir -p nowhere"):
        check_place(Path("nowhere/r.bw"))
    with pytest.raises(UsageError, match="a file in it"):
        check_place(folder)


def test_a_folder_of_that_name_is_not(folder):
    (folder / "coin-report.html").mkdir()
    with pytest.raises(UsageError, match="-o FILE"):
        usual_path(Path("coin.stan"))
