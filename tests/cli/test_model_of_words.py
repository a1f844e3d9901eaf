"""Columns, values, units and roles from words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bayeswrap.cli import model_of_words
from bayeswrap.cli.command_options import STANDARD_INPUT, FitOptions, SearchOptions
from bayeswrap.cli.model_of_words import data_path, level_of, methods_of, model_of, pair
from bayeswrap.errors import UsageError

PROGRAM = """
data { int N; array[N] real y; real<lower=0> s; array[2] real m; }
parameters { real mu; }
model { mu ~ normal(m[1], m[2]); y ~ normal(mu, s); }
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "line.stan").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "d.csv").write_text("y\n1.5\n2.5\n", encoding="utf-8")
    (tmp_path / "d.json").write_text('{"N": 2, "y": [1.5, 2.5], "m": [0, 1]}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("data", ["d.csv", "d.json"])
def test_numbers_are_set_beside_a_table_and_beside_json(files, data):
    options = FitOptions(values=["s=0.5", "m=0,2"], engine="stanli")
    model = model_of(files / "line.stan", files / data, options)
    assert model.data.values["s"] == 0.5
    assert model.data.values["m"].tolist() == [0, 2]


@pytest.mark.parametrize("text", ["s", "s=", "=3", "s=big", "s=1,x"])
def test_what_is_no_number_is_refused(files, text):
    with pytest.raises(UsageError, match="--set takes"):
        model_of(files / "line.stan", files / "d.csv", FitOptions(values=[text]))


def test_a_column_and_a_value_of_one_variable_are_refused(files):
    options = FitOptions(columns=["s=y"], values=["s=1"])
    with pytest.raises(UsageError, match="a column and a value"):
        model_of(files / "line.stan", files / "d.csv", options)


def test_a_library_program_brings_data_whose_values_are_set(monkeypatch):
    seen = {}
    monkeypatch.setattr(model_of_words, "Model", lambda *_, **given: seen.update(given))
    model_of(Path("beta_binomial"), None, FitOptions(values=["a=3"]))
    assert seen["columns"]["a"] == 3


def test_small_pieces():
    assert pair("24:3=prior", "--role") == ("24:3", "prior")
    with pytest.raises(UsageError, match="write --unit NAME=UNIT"):
        pair("sigma", "--unit")
    assert data_path(Path(STANDARD_INPUT)) == "-"
    assert data_path(None) is None
    assert methods_of(None) is None
    assert methods_of("mle, nuts,") == ["mle", "nuts"]
    assert level_of(SearchOptions()) == 0.95
    with pytest.raises(UsageError, match="not a probability"):
        level_of(SearchOptions(level=90))
