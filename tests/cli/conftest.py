"""A working directory with a program and its data, and results that were saved there once."""

from __future__ import annotations

import pytest

import bayeswrap as bw

COIN = """
data { int<lower=0> N; array[N] int<lower=0, upper=1> y; real<lower=0> a; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(a, 2); y ~ bernoulli(p); }
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with a program, data, an MLE and draws of one chain."""
    folder = tmp_path_factory.mktemp("coin")
    (folder / "coin.stan").write_text(COIN, encoding="utf-8")
    (folder / "toss.csv").write_text("head\n1\n0\n1\n1\n", encoding="utf-8")
    model = bw.Model(folder / "coin.stan", folder / "toss.csv", y="head", a=2, engine="stanli")
    bw.save(model.mle(seed=1), folder / "mle.bw")
    bw.save(model.sample(seed=1, chains=1, iter_sampling=500), folder / "one.bw")
    return folder


@pytest.fixture
def here(saved, monkeypatch):
    """That folder as the working directory."""
    monkeypatch.chdir(saved)
    return saved
