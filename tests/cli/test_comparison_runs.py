"""All estimates from the shell, or those chosen; the report and its usual name."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.cli import main

WORDS = ["coin.stan", "toss.csv", "-m", "y=head", "--set", "a=2", "--engine", "stanli", "-q"]


def test_chosen_methods_alone_are_made(here, monkeypatch):
    monkeypatch.setattr("bayeswrap.model.model.Model.sample", pytest.fail)
    made = ["--methods", "mle,map,laplace", "--level", "0.9", "--seed", "1"]
    assert main(["compare", *WORDS, *made, "-o", "c.bw"]) == 0
    comparison = bw.load("c.bw")
    assert comparison.ci_prob == 0.9
    assert [r.title for r in comparison.results] == [
        "MLE",
        "MAP (constrained scale)",
        "Laplace approximation",
    ]


def test_an_unknown_method_lists_the_known(here, capsys):
    assert main(["report", *WORDS, "--methods", "mle,hmc"]) == 2
    shown = capsys.readouterr().err
    assert "'hmc'" in shown
    assert "pathfinder, nuts" in shown


def test_a_report_has_a_usual_name_and_says_where(here, capsys):
    assert main(["report", "one.bw"]) == 0
    shown = capsys.readouterr()
    assert "wrote one-report.html" in shown.err
    page = (here / "one-report.html").read_text(encoding="utf-8")
    assert "chain has no R" in page.replace("\N{NON-BREAKING HYPHEN}", "-")
    assert main(["report", "one.bw"]) == 0  # it is ours


def test_a_file_of_others_is_not_replaced(here, capsys, monkeypatch):
    monkeypatch.setattr("bayeswrap.cli.comparison_runs.load", pytest.fail)
    (here / "mle-report.html").write_text("<h1>my thesis</h1>", encoding="utf-8")
    assert main(["report", "mle.bw"]) == 2
    assert "-o FILE" in capsys.readouterr().err
    assert (here / "mle-report.html").read_text(encoding="utf-8") == "<h1>my thesis</h1>"


def test_a_saved_result_has_its_methods(here, capsys):
    assert main(["report", "mle.bw", "--methods", "nuts", "-o", "r.html"]) == 2
    assert "leave --methods out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", *WORDS, "--level", "95"], "--level"),
        (["report", *WORDS, "--methods", ","], "no estimate is named"),
        (["compare", *WORDS, "-o", "nowhere/c.bw"], "mkdir -p nowhere"),
        (["fit", *WORDS, "-o", "nowhere/c.bw"], "mkdir -p nowhere"),
        (["fit", *WORDS, "--level", "0"], "--level"),
        (["fit", *WORDS, "--seed", "-1"], "a whole number from 0"),
        (["report", *WORDS, "--seed", "4294967296"], "a whole number from 0"),
    ],
)
def test_wrong_options_are_refused_before_any_work(here, capsys, monkeypatch, words, message):
    for runs in ("comparison_runs", "estimate_runs"):
        monkeypatch.setattr(f"bayeswrap.cli.{runs}.model_of", pytest.fail)
    assert main(words) == 2
    assert message in capsys.readouterr().err


def test_a_suffix_without_a_format_is_refused_before_any_work(here, capsys, monkeypatch):
    monkeypatch.setattr("bayeswrap.cli.comparison_runs.model_of", pytest.fail)
    assert main(["report", *WORDS, "-o", "r.xyz"]) == 2
    assert "format=" not in capsys.readouterr().err
