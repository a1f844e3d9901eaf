"""Estimates by name: which are known, in which order they are made, and which are not."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.chosen_methods import METHODS, check_methods
from bayeswrap.errors import UsageError

PROGRAM = """
data { int n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def coin():
    program = bw.Program.from_string(PROGRAM, name="coin")
    return bw.Model(program, {"n": 10, "y": 7}, engine="stanli")


def test_names_are_put_in_order_each_once():
    assert check_methods(["sample", "map", "nuts", "mle"]) == ("mle", "map", "nuts")


@pytest.mark.parametrize("names", [["hmc"], ["mle", "MLE"], [], ["all"]])
def test_other_names_list_the_known(names):
    with pytest.raises(UsageError) as caught:
        check_methods(names)
    assert ", ".join(METHODS) in str(caught.value)


def test_the_estimates_that_are_chosen_have_the_usual_values(coin, monkeypatch):
    monkeypatch.setattr(bw.Model, "sample", pytest.fail)
    found = bw.analyze(coin, methods=["laplace", "map", "mle"], seed=1)
    mle, mode, _ = found.results
    assert mle["p"] == pytest.approx(0.7)
    assert mode["p"] == pytest.approx(8 / 12)
    assert [r.title for r in found.results][2] == "Laplace approximation"


def test_draws_alone(coin):
    found = bw.analyze(coin, methods=["nuts"], seed=1, sample_options={"iter_sampling": 500})
    assert [r.title for r in found.results if "prior" not in r.title.lower()] == [
        found.lineup.posterior.title
    ]
    assert not found.missing


def test_an_estimate_that_does_not_exist_is_named(coin):
    found = bw.analyze(coin, methods=["mle", "marginal"], seed=1)
    assert [m.title for m in found.missing] == ["marginal MLE"]
    assert found.missing[0].reason
