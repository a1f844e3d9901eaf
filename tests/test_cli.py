"""The command line as a user types it: output, files and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import bayeswrap as bw
from bayeswrap.cli import main
from bayeswrap.program_library import GROUPS

COIN = """
data { int<lower=0> N; array[N] int<lower=0, upper=1> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ bernoulli(p); }
"""
FAST = ["--engine", "stanli", "--seed", "1", "--quiet", "--iter-sampling", "500"]


@pytest.fixture
def coin(tmp_path, monkeypatch):
    """A working directory with a program and a CSV file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "coin.stan").write_text(COIN, encoding="utf-8")
    (tmp_path / "toss.csv").write_text("head\n1\n0\n1\n1\n", encoding="utf-8")
    return tmp_path


def test_fit_prints_the_estimate(coin, capsys):
    code = main(["fit", "coin.stan", "toss.csv", "-m", "y=head", *FAST])

    assert code == 0
    assert "MLE: converged" in capsys.readouterr().out


def test_fit_saves_the_result(coin):
    main(["fit", "coin.stan", "toss.csv", "-m", "y=head", "-o", "mle.bw", *FAST])

    assert bw.load(coin / "mle.bw")["p"] == pytest.approx(0.75)


@pytest.mark.parametrize("method", ["map", "map-unconstrained", "laplace", "sample"])
def test_every_method(coin, capsys, method):
    code = main(["fit", "coin.stan", "toss.csv", "-m", "y=head", "--method", method, *FAST])

    assert code == 0
    assert "p" in capsys.readouterr().out


def test_a_search_and_a_marginal_estimate(coin, capsys):
    main(["fit", "coin.stan", "toss.csv", "-m", "y=head", "--starts", "5", *FAST])
    assert "5 of 5 starts" in capsys.readouterr().out

    code = main(["fit", "eight_schools_noncentered", "--marginal", *FAST])
    assert code == 0
    assert "marginal" in capsys.readouterr().out.lower()


def test_only_what_was_said_is_passed_on(coin, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "bayeswrap.cli.comparison_runs.analyze_model", lambda _, **said: seen.append(said)
    )

    main(["compare", "coin.stan", "toss.csv", "-m", "y=head", "--starts", "0", *FAST[:5]])
    main(["compare", "coin.stan", "toss.csv", "-m", "y=head", *FAST])

    assert [(s["sample_options"], s["starts"]) for s in seen] == [
        ({}, 0),
        ({"iter_sampling": 500}, None),
    ]


def test_json_is_one_object(coin, capsys):
    main(["compare", "coin.stan", "toss.csv", "-m", "y=head", "--json", *FAST])

    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    assert "verdict" in json.dumps(found)


def test_report_writes_both_formats(coin, capsys):
    code = main(
        ["report", "coin.stan", "toss.csv", "-m", "y=head", "-o", "r.html", "-o", "r.json", *FAST]
    )

    assert code == 0
    assert (coin / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    json.loads((coin / "r.json").read_text(encoding="utf-8"))
    assert "summary of the posterior" in capsys.readouterr().out


def test_a_saved_comparison_is_reported_without_a_refit(coin, monkeypatch):
    main(["compare", "coin.stan", "toss.csv", "-m", "y=head", "-o", "c.bw", *FAST])
    monkeypatch.setattr("bayeswrap.cli.model_of_words.Model", pytest.fail)

    assert main(["report", "c.bw", "-o", "r.html"]) == 0
    assert (coin / "r.html").exists()


def test_library_program_without_data(capsys):
    code = main(["fit", "beta_binomial", *FAST])

    assert code == 0
    assert "MLE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fit", "no.stan", "toss.csv"], "does not exist"),
        (["fit", "coin.stan", "no.csv"], "cannot be read"),
        (["fit", "coin.stan", "toss.csv"], "missing"),
        (["fit", "coin.stan", "toss.csv", "-m", "y=tail"], "no column 'tail'"),
        (["fit", "coin.stan", "toss.csv", "-m", "y"], "--map takes"),
        (["fit", "coin.stan", "toss.csv", "-m", "y=head", "--role", "9=prior"], "does not exist"),
        (["models", "nope"], "nope"),
        (["report", "coin.stan", "toss.csv", "-m", "y=head", "-o", "r.odt", *FAST], "odt"),
    ],
)
def test_wrong_input_exits_with_2_and_one_message(coin, capsys, arguments, message):
    code = main(arguments)

    captured = capsys.readouterr()
    assert code == 2
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_wrong_usage_exits_with_2():
    assert main(["fit"]) == 2


def test_a_failed_run_exits_with_1(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flat.stan").write_text(
        "data { real y; } parameters { real a; real b; } model { y ~ normal(a + b, 1); }",
        encoding="utf-8",
    )
    (tmp_path / "d.json").write_text('{"y": 1.0}', encoding="utf-8")

    code = main(["fit", "flat.stan", "d.json", "--engine", "stanli", "--seed", "1", "--json"])

    captured = capsys.readouterr()
    assert code == 1
    assert json.loads(captured.out)["error"] == "ConvergenceError"
    assert "constant along a direction" in captured.err


def test_models_lists_and_shows(capsys):
    main(["models"])
    assert "logistic_regression" in capsys.readouterr().out

    main(["models", "six_valued"])
    assert "six" in capsys.readouterr().out


def test_models_are_listed_in_groups(capsys):
    main(["models"])
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == [group for group in GROUPS if group in heads]
    assert {line.split()[0] for line in lines if line not in heads} == set(bw.library)


def test_models_search_finds_all_words_or_says_that_none_does(capsys):
    assert main(["models", "--search", "SCHOOLS funnel"]) == 0
    assert capsys.readouterr().out == f"{bw.library['eight_schools_centered']!r}\n"
    assert main(["models", "--search", "schools nowhere"]) == 2
    assert "schools nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["folder"], ["six_valued", "folder", "more"]])
def test_models_copy_takes_a_name_and_a_folder(words, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["models", "--copy", *words]) == 2
    assert "--copy NAME FOLDER" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_models_copy_copies_every_file(tmp_path):
    assert main(["models", "--copy", "six_valued", str(tmp_path / "mine")]) == 0
    expected = {file.name for file in bw.library["six_valued"].folder.iterdir()}
    assert {file.name for file in (tmp_path / "mine").iterdir()} == expected


def test_models_copy_overwrites_nothing(tmp_path, capsys):
    target = tmp_path / "mine"

    assert main(["models", "beta_binomial", "--copy", str(target)]) == 0
    assert (target / "beta_binomial.stan").exists()
    assert main(["models", "beta_binomial", "--copy", str(target)]) == 2
    assert "overwritten" in capsys.readouterr().err


def test_engine_status_and_doctor(capsys):
    assert main(["engine", "status"]) == 0
    main(["doctor"])

    assert "stanli" in capsys.readouterr().out


def test_a_report_that_cannot_be_written_loses_no_fit(coin, capsys, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "r.html")

    monkeypatch.setattr("bayeswrap.cli.comparison_runs.write_report", full)

    code = main(["report", "coin.stan", "toss.csv", "-m", "y=head", "-o", "r.html", *FAST])

    told = capsys.readouterr().err
    kept = next(line for line in told.splitlines() if "are saved in" in line).split()[5]
    assert code == 1
    assert "No space left" in told
    assert bw.load(kept).verdict.summary


OLD = """data { int N; int y[N]; } # tosses
parameters { real<lower=0, upper=1> p; }
model {
  real a;
  a <- 2;
  p ~ beta(a, 2);
  y ~ bernoulli(p);
}
"""


@pytest.fixture
def old(coin):
    (coin / "old.stan").write_text(OLD, encoding="utf-8")
    return coin


def test_migrate_shows_the_change(old, capsys):
    code = main(["migrate", "old.stan"])

    out, err = capsys.readouterr()
    assert code == 0
    assert out.startswith("--- old.stan")
    assert "+  a = 2;" in out
    assert "2 lines rewritten" in err
    assert "stanc accepts the result" in err
    assert (old / "old.stan").read_text(encoding="utf-8") == OLD


def test_migrate_writes_the_program(old, capsys):
    code = main(["migrate", "old.stan", "-o", "new.stan"])

    assert code == 0
    assert capsys.readouterr().out == ""
    assert bw.Program.from_file(old / "new.stan").source.splitlines()[4] == "  a = 2;"


def test_migrate_of_a_new_program_prints_nothing(coin, capsys):
    assert main(["migrate", "coin.stan"]) == 0

    out, err = capsys.readouterr()
    assert out == ""
    assert "0 lines rewritten" in err


def test_migrate_names_what_is_left(coin, capsys):
    code = "data { real r; }\ntransformed data {\n  int k;\n  k <- floor(r);\n}\n"
    (coin / "old.stan").write_text(code, encoding="utf-8")

    assert main(["migrate", "old.stan", "-o", "new.stan"]) == 2

    err = capsys.readouterr().err
    assert "old.stan:4: Ill-typed assignment" in err
    assert "k = floor(r);" in (coin / "new.stan").read_text(encoding="utf-8")


def test_migrate_of_a_file_that_does_not_exist(coin, capsys):
    assert main(["migrate", "nowhere.stan"]) == 2
    assert "does not exist" in capsys.readouterr().err


# the engine in process reports on standard output that it interprets such quantities
INTERPRETED = COIN + "generated quantities { int r = bernoulli_rng(p) ? 0 : poisson_rng(2); }"


@pytest.mark.parametrize("data", ["toss.csv", "nowhere.csv"])
def test_with_json_standard_output_is_one_object(coin, data):
    (coin / "coin.stan").write_text(INTERPRETED, encoding="utf-8")
    command = [sys.executable, "-m", "bayeswrap.cli", "fit", "coin.stan", data, "-m", "y=head"]
    done = subprocess.run([*command, "--json", *FAST], capture_output=True, text=True, check=False)
    printed = json.loads(done.stdout)
    assert ("error" in printed) == (data == "nowhere.csv")
    assert done.returncode == (2 if "error" in printed else 0)


TRIAL = """yield;dose;soil
1,5;0,1;clay
2,5;0,9;clay
2,1;0,4;sand
;1,3;sand
3,1;1,7;loam
2,9;1,1;loam
1,9;0,5;sand
2,7;1,2;loam
"""


@pytest.fixture
def trial(tmp_path, monkeypatch):
    """A working directory with a table of a trial: semicolons, decimal commas, a missing cell."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trial.csv").write_text(TRIAL, encoding="utf-8")
    return tmp_path


@pytest.mark.filterwarnings("ignore::bayeswrap.BayeswrapWarning")
def test_a_formula_is_fitted_from_the_shell(trial, capsys):
    line = ["glm", "yield ~ dose + soil", "trial.csv", "--missing", "drop", "--engine", "stanli"]
    code = main([*line, "--prior", "dose=normal(0, 1)", "--program", "trial.stan"])

    shown = capsys.readouterr()
    assert code == 0
    assert "beta[dose] normal(0, 1)" in " ".join(shown.out.split())
    assert "MLE: converged" in shown.out
    assert "normal_id_glm" in (trial / "trial.stan").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::bayeswrap.BayeswrapWarning")
def test_remedies_of_a_formula_are_in_the_words_of_the_shell(trial, capsys):
    code = main(["glm", "yield ~ dose", "trial.csv", "--engine", "stanli"])

    assert code == 2
    assert "--missing drop" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::bayeswrap.BayeswrapWarning")
def test_a_formula_with_an_unknown_column_or_family_is_refused(trial, capsys):
    assert main(["glm", "yield ~ doze", "trial.csv", "--engine", "stanli"]) == 2
    assert "did you mean 'dose'" in capsys.readouterr().err
    assert main(["glm", "yield ~ dose", "trial.csv", "--family", "poison"]) == 2
    assert "did you mean 'poisson'" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::bayeswrap.BayeswrapWarning")
def test_restricted_likelihood_is_for_the_mle(trial, capsys):
    line = ["glm", "dose ~ 1 + (1 | soil)", "trial.csv", "--engine", "stanli", "--reml"]

    assert main([*line, "--method", "map"]) == 2
    assert "--reml is for the MLE" in capsys.readouterr().err
