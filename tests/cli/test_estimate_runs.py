"""One estimate from the shell: made, shown, at a level, by a method's name."""

from __future__ import annotations

import json

import pytest

import bayeswrap as bw
from bayeswrap.cli import main

WORDS = ["coin.stan", "toss.csv", "-m", "y=head", "--set", "a=2", "--engine", "stanli", "-q"]


def test_a_saved_result_is_shown_without_a_program(here, capsys, monkeypatch):
    monkeypatch.setattr("bayeswrap.cli.estimate_runs.model_of", pytest.fail)
    assert main(["fit", "mle.bw"]) == 0
    assert "MLE: converged" in capsys.readouterr().out


def test_a_saved_result_is_shown_at_another_level(here, capsys):
    main(["fit", "mle.bw"])
    usual = capsys.readouterr().out
    main(["fit", "mle.bw", "--level", "0.5"])
    narrow = capsys.readouterr().out
    # 0.75 +- 0.6745 * sqrt(0.75 * 0.25 / 4) on the logit scale: logit(p) +- 0.6745 / sqrt(0.75)
    assert "0.57927" in narrow
    assert "0.57927" not in usual
    assert usual.splitlines()[0] == narrow.splitlines()[0]


def test_a_saved_result_is_an_object_too(here, capsys):
    assert main(["fit", "mle.bw", "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)


def test_the_level_of_a_comparison_is_its_own(here, capsys):
    bw.save(bw.compare(bw.load("mle.bw")), "side_by_side.bw")
    assert main(["fit", "side_by_side.bw"]) == 0
    assert main(["fit", "side_by_side.bw", "--level", "0.5"]) == 2
    assert "leave --level out" in capsys.readouterr().err


def test_a_file_that_is_no_result_is_refused_in_the_words_of_the_shell(here, capsys):
    assert main(["fit", "toss.csv"]) == 2
    assert "-o of fit or compare" in capsys.readouterr().err


def test_an_unknown_method_lists_the_known(here, capsys):
    assert main(["fit", *WORDS, "--method", "nut"]) == 2
    shown = capsys.readouterr().err
    assert "did you mean 'nuts'" in shown
    assert "mle, marginal, map, map-unconstrained, laplace, pathfinder, nuts" in shown


def test_one_chain_has_no_r_hat_and_says_so(here, capsys):
    assert main(["fit", "one.bw"]) == 0
    shown = capsys.readouterr().out
    assert "R-hat is not defined for one chain" in shown
    assert "inf" not in shown
