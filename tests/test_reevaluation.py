"""Whether stored numbers hold on this machine."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.cli import main
from bayeswrap.errors import UsageError
from bayeswrap.reevaluation import Number, Reevaluation

COIN = """
data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def coin():
    program = bw.Program.from_string(COIN, name="coin")
    return bw.Model(program, {"n": 10, "y": 7}, engine="stanli")


def _edited(path, old, new):
    """Replace a text in the JSON of a file."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["result.json"].decode()
    assert old in text
    members["result.json"] = text.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_a_comparison_holds_where_it_was_made(coin, tmp_path):
    draws = coin.sample(seed=1, iter_warmup=200, iter_sampling=50, show_progress=False)
    comparison = bw.compare(coin.mle(), coin.map(), coin.laplace(seed=1, draws=20), draws)

    checked = bw.verify(bw.save(comparison, tmp_path / "c.bw"))

    assert checked.holds
    assert set(checked.to_frame()["result"]) >= {"MLE", "MAP (constrained scale)", "sample"}


def test_a_marginal_estimate_is_integrated_again(tmp_path):
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    mode = model.mle(marginal=True)

    checked = bw.verify(bw.save(mode, tmp_path / "m.bw"))

    assert checked.holds
    assert checked.numbers[0].stored == pytest.approx(mode.log_likelihood)


def test_a_number_that_was_changed_is_named(coin, tmp_path):
    mode = coin.map()
    path = bw.save(mode, tmp_path / "m.bw")
    _edited(path, repr(mode.log_likelihood), repr(mode.log_likelihood + 0.01))

    checked = bw.verify(path)

    assert not checked.holds
    assert "MAP (constrained scale), log likelihood" in str(checked)


def test_the_command_line_says_it_with_its_exit_code(coin, tmp_path, capsys):
    mode = coin.mle()
    path = bw.save(mode, tmp_path / "m.bw")

    assert main(["verify", str(path)]) == 0
    assert "stored numbers hold" in capsys.readouterr().out
    _edited(path, repr(mode.log_likelihood), repr(mode.log_likelihood - 1))
    assert main(["verify", str(path)]) == 1


def test_a_file_without_data_cannot_be_verified(coin, tmp_path):
    path = bw.save(coin.map(), tmp_path / "m.bw", data=False)

    with pytest.raises(UsageError, match="holds no data"):
        bw.verify(path)
    assert bw.load(path)["p"] == pytest.approx(2 / 3)


def test_not_a_number_holds_against_itself_alone():
    def number(stored, here):
        return Number(result="r", quantity="q", stored=stored, here=here, allowed=0.1)

    assert number(np.nan, np.nan).holds
    assert not number(np.nan, 1.0).holds
    assert number(-np.inf, -np.inf).holds
    assert not Reevaluation(numbers=()).holds
