"""What shows its progress, and that one word silences all of it."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap import progress

PROGRAM = """
data { int n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def coin():
    program = bw.Program.from_string(PROGRAM, name="coin")
    return bw.Model(program, {"n": 10, "y": 7}, engine="stanli")


@pytest.fixture
def works(monkeypatch):
    """Return the list of all pieces of work that were to be shown."""
    seen = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)
    return seen


def words(works: list[progress.Task]) -> str:
    return "; ".join(work.what for work in works)


FEW = {"iter_sampling": 200, "iter_warmup": 200}


def test_estimates_checks_and_draws_show_what_is_done(coin, works):
    bw.analyze(coin, methods=["mle", "nuts"], seed=1, sample_options=FEW)
    shown = words(works)
    for work in (
        "MLE",
        "searching for modes",
        "posterior",
        "sampling 4 chains",
        "checking whether",
    ):
        assert work in shown


def test_profiles_show_their_parameter(coin, works):
    coin.mle(seed=1).profile("p")
    assert "profile of p" in words(works)


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_one_word_silences_all_of_it(coin, works, how, monkeypatch):
    asked = False if how == "argument" else None
    if asked is None:
        monkeypatch.setenv("BAYESWRAP_PROGRESS", "0")
    options = {"seed": 1, "sample_options": FEW, "show_progress": asked}
    found = bw.analyze(coin, methods=["mle", "map", "nuts"], **options)
    coin.mle(seed=1, show_progress=asked)
    coin.sample(seed=1, show_progress=asked, **FEW)
    coin.log_parts(found.lineup.posterior, show_progress=asked)
    bw.compare(*found.results, show_progress=asked)
    assert words(works) == ""
