"""A regression whose report has every section that draws allow."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.report.build import build_report

CODE = """
data { int N; array[N] int hits; vector[N] x; }
parameters { real a; real b; }
model { a ~ normal(0, 5); b ~ normal(0, 0.1); hits ~ bernoulli_logit(a + b * x); }
generated quantities { array[N] int hits_rep = bernoulli_logit_rng(a + b * x); }
"""
X = np.linspace(-2, 2, 30)


@pytest.fixture(scope="session")
def hits_data():
    return {"N": 30, "x": X, "hits": (X + np.sin(40 * X) > 0).astype(int)}


@pytest.fixture(scope="session")
def hits(hits_data):
    model = bw.Model(bw.Program.from_string(CODE, name="hits"), hits_data, engine="stanli")
    draws = (model.sample(seed=1), model.prior(seed=1))
    return bw.compare(model.mle(seed=1), model.map(seed=1), *draws, starts=3)


@pytest.fixture(scope="session")
def hits_report(hits):
    return build_report(hits)
