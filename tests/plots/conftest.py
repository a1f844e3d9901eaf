"""Counts with draws of prior and posterior and replications."""

from __future__ import annotations

import pytest

import bayeswrap as bw

CODE = """
data { int N; array[N] int k; }
parameters { real<lower=0> rate; }
model { rate ~ exponential(0.1); k ~ poisson(rate); }
generated quantities { array[N] int k_rep = poisson_rng(rep_vector(rate, N)); }
"""
DATA = {"N": 24, "k": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8] * 2}


@pytest.fixture(scope="session")
def counts():
    model = bw.Model(bw.Program.from_string(CODE, name="counts"), DATA, engine="stanli")
    return bw.compare(model.sample(seed=1), model.prior(seed=1), starts=0)


@pytest.fixture(scope="session")
def counts_mode():
    model = bw.Model(bw.Program.from_string(CODE, name="counts"), DATA, engine="stanli")
    return bw.compare(model.map(seed=1), starts=0)
