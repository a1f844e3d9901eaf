"""The table of a paper from end to end: formats, files, what is refused."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import docx
import pytest

import bayeswrap as bw
from bayeswrap.errors import UsageError


@pytest.fixture
def comparison(made):
    return bw.compare(
        made.mle({"a": 1.25, "b": -2.0}, 0.25),
        made.map({"a": 1.5, "b": -1.0}, 0.25),
        made.posterior({"a": 1, "b": 0}, 0.25),
    )


def rows_of(text):
    return [row for row in csv.reader(text.splitlines()) if row[0] != "note"]


def test_a_comparison_shows_its_estimates_side_by_side(comparison):
    rows = rows_of(comparison.table("csv"))

    assert rows[0][:4] == ["", "MLE", "MAP", "posterior"]
    assert rows[1][:4] == ["a", "1.25", "1.50", "1.00"]
    assert rows[2][:4] == ["", "(0.25)", "(0.25)", "(0.25)"]
    assert rows[3][:4] == ["b", "-2.00", "-1.00", "0.00"]


def test_models_are_named_or_numbered(comparison, made):
    other = made.mle({"a": 9.0}, 0.5)
    named = rows_of(bw.results_table({"Small": other, "Large": comparison}, "csv"))
    assert named[0][:3] == ["", "Small", "Large"]
    assert rows_of(bw.results_table([other, other], "csv"))[0] == ["", "(1)", "(2)"]


def test_a_terminal_shows_text_and_a_notebook_a_table(comparison):
    table = comparison.table()

    assert isinstance(table, str)
    assert repr(table) == str(table)
    assert table._repr_html_() == comparison.table("html")


@pytest.mark.parametrize("ending", ["txt", "md", "tex", "html", "csv", "docx"])
def test_the_ending_of_the_path_decides(comparison, tmp_path, ending):
    path = comparison.table(path=tmp_path / f"t.{ending}", labels={"a": "Dose"})

    assert path == tmp_path / f"t.{ending}"
    starts = {"html": "<!DOCTYPE html>", "tex": "% needs", "csv": ",MLE", "md": "|"}
    if ending == "docx":
        assert docx.Document(str(path)).tables[0].cell(1, 0).text.startswith("Dose")
        return
    text = path.read_text(encoding="utf-8")
    assert text.startswith(starts.get(ending, "-"))
    assert "Dose" in text
    assert list(tmp_path.iterdir()) == [path]


def test_odds_ratios_by_value(hits):
    mle = hits.lineup.mle
    plain = rows_of(bw.results_table(mle, "csv", parameters="b", digits=6))
    ratio = rows_of(bw.results_table(mle, "csv", parameters="b", digits=6, exponentiate=True))

    value, spread = float(plain[1][1]), float(plain[2][1].strip("()"))
    assert float(ratio[1][1]) == pytest.approx(math.exp(value), rel=1e-4)
    assert float(ratio[2][1].strip("()")) == pytest.approx(math.exp(value) * spread, rel=1e-4)


def test_loo_stands_below_draws_that_have_their_density(hits):
    rows = {row[0]: row for row in rows_of(hits.table("csv", estimates=["mle", "posterior"]))}
    score = hits.loo()

    elpd, se = rows["elpd by LOO (SE)"][2].split()
    assert float(elpd) == pytest.approx(score.elpd, abs=0.06)
    assert float(se.strip("()")) == pytest.approx(score.se, abs=0.06)
    assert rows["observations"][1:3] == ["30", "30"]
    assert rows["elpd by LOO (SE)"][1] == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "excel"}, "format"),
        ({"format": "docx"}, "path"),
        ({"path": "t.pdf"}, "format"),
        ({"path": "no_such_folder/t.md"}, "folder does not exist"),
        ({"path": "."}, "format"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(comparison, options, words):
    with pytest.raises(UsageError, match=words):
        comparison.table(**options)


def test_no_models_are_refused():
    with pytest.raises(UsageError, match="no models"):
        bw.results_table({})


def test_a_path_in_the_home_folder(comparison, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert comparison.table(path="~/t.md") == Path(tmp_path / "t.md")
