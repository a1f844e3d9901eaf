"""Labels that draws switch, found from the draws and the density alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.diagnosis.modes.label_symmetry import (
    label_symmetry,
    moving_chains,
    separation_of_labels,
)

NORMALS = """
data { int N; vector[N] y; }
parameters { real<lower=0, upper=1> share; vector[2] mu; vector<lower=0>[2] sigma; vector[2] b; }
model {
  share ~ beta(2, 2); mu ~ normal(0, 5); sigma ~ lognormal(0, 1); b ~ normal([0, 1]', 1);
  for (n in 1:N)
    target += log_mix(share, normal_lpdf(y[n] | mu[1], sigma[1]),
                             normal_lpdf(y[n] | mu[2], sigma[2]));
}
"""
THREE = """
data { int N; array[N] int<lower=0> y; }
parameters { simplex[3] w; vector<lower=0>[3] rate; }
model {
  w ~ dirichlet([2, 2, 2]'); rate ~ gamma(2, 0.1);
  for (n in 1:N) {
    vector[3] lp;
    for (k in 1:3) lp[k] = log(w[k]) + poisson_lpmf(y[n] | rate[k]);
    target += log_sum_exp(lp);
  }
}
"""
MARKOV = """
data { int N; vector[N] y; }
parameters { array[2] simplex[2] step; vector[2] mu; }
model {
  for (k in 1:2) step[k] ~ dirichlet([1, 1]');
  mu ~ normal(0, 5);
  vector[2] at = normal_lpdf(y[1] | mu, 1) + rep_vector(0, 2);
  at = [normal_lpdf(y[1] | mu[1], 1), normal_lpdf(y[1] | mu[2], 1)]';
  for (n in 2:N) {
    vector[2] next;
    for (k in 1:2)
      next[k] = log_sum_exp(at + log([step[1, k], step[2, k]]')) + normal_lpdf(y[n] | mu[k], 1);
    at = next;
  }
  target += log_sum_exp(at);
}
"""
SIGNAL = np.r_[np.full(10, -3.0), np.full(10, 3.0)] + np.linspace(-0.5, 0.5, 20)


def draws(code, data, here, there):
    """Return draws of a real run, their values replaced by those around two points."""
    model = bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli")
    run = model.sample(seed=1, iter_warmup=20, iter_sampling=40)
    names = model.density.transforms.names()
    rng = np.random.default_rng(2)
    values = run.draws.copy()
    for chain in range(values.shape[0]):
        for i in range(values.shape[1]):
            point = (here, there)[chain % 2]
            noisy = {
                k: np.array(v) * (1 + 0.01 * rng.normal(size=np.shape(v))) for k, v in point.items()
            }
            for k in ("w", "step"):
                if k in noisy:
                    noisy[k] = noisy[k] / noisy[k].sum(axis=-1, keepdims=True)
            for name in names:
                variable, _, index = name.partition("[")
                at = tuple(int(j) - 1 for j in index.rstrip("]").split(",")) if index else ()
                values[chain, i, run.layout.names.index(name)] = noisy[variable][at]
    return replace(run, draws=values)


def test_a_mixture_of_two_with_a_proportion():
    here = {"share": 0.3, "mu": [-3.0, 3.0], "sigma": [1.0, 2.0], "b": [0.1, 0.9]}
    there = {"share": 0.7, "mu": [3.0, -3.0], "sigma": [2.0, 1.0], "b": [0.1, 0.9]}

    found = label_symmetry(draws(NORMALS, {"N": 20, "y": SIGNAL}, here, there))

    assert found.variables == ("share", "mu", "sigma")
    assert (found.components, found.ordered, found.ordered_type) == (2, "mu", "ordered")


def test_rates_of_three_components_of_which_two_are_switched():
    here = {"w": [0.2, 0.3, 0.5], "rate": [1.0, 10.0, 50.0]}
    there = {"w": [0.2, 0.5, 0.3], "rate": [1.0, 50.0, 10.0]}

    found = label_symmetry(draws(THREE, {"N": 6, "y": [1, 1, 9, 11, 50, 48]}, here, there))

    assert found.variables == ("w", "rate")
    # a simplex has no order; rates are positive
    assert (found.components, found.ordered, found.ordered_type) == (3, "rate", "positive_ordered")


def test_states_of_a_hidden_markov_chain_trade_rows_and_columns():
    here = {"step": [[0.9, 0.1], [0.3, 0.7]], "mu": [-3.0, 3.0]}
    there = {"step": [[0.7, 0.3], [0.1, 0.9]], "mu": [3.0, -3.0]}
    # the first state has no distribution of its own: both are equally likely at the start
    found = label_symmetry(draws(MARKOV, {"N": 20, "y": SIGNAL}, here, there))

    assert found.variables == ("step", "mu")


def test_two_modes_that_are_no_relabellings():
    here = {"share": 0.3, "mu": [-3.0, 3.0], "sigma": [1.0, 2.0], "b": [-2.0, 2.0]}
    there = {"share": 0.3, "mu": [-3.0, 3.0], "sigma": [1.0, 2.0], "b": [2.0, -2.0]}

    assert label_symmetry(draws(NORMALS, {"N": 20, "y": SIGNAL}, here, there)) is None


def test_one_labelling_is_no_switch():
    here = {"share": 0.3, "mu": [-3.0, 3.0], "sigma": [1.0, 2.0], "b": [0.1, 0.9]}

    assert label_symmetry(draws(NORMALS, {"N": 20, "y": SIGNAL}, here, here)) is None


@pytest.mark.parametrize(("centre", "apart"), [(0.0, False), (1.0, False), (3.0, True)])
def test_two_normals_are_apart_where_their_centres_are(centre, apart):
    z = np.random.default_rng(1).normal(size=4000)
    ratio, rarer = separation_of_labels(np.where(np.arange(4000) % 2, z + centre, z - centre))

    assert (ratio > 2) == apart
    assert rarer == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("chain", "moves"),
    [
        (np.random.default_rng(1).normal(3, 1, 400), True),
        # between two orders, and within them
        (np.sign(np.sin(np.arange(400) / 40)) * np.random.default_rng(1).normal(3, 0.1, 400), True),
        (np.full(400, 2.5), False),
        (np.linspace(1, 1.001, 400), False),
        (1 + 1e-9 * np.cumsum(np.random.default_rng(1).normal(size=4000)), False),
        # it stood for long, and then jumped once
        (np.r_[np.full(500, 1.0), np.full(500, 2.0)], False),
    ],
)
def test_a_chain_that_stands_or_creeps_does_not_move(chain, moves):
    assert moving_chains(chain[None]).tolist() == [moves]


MATRIX = """
data { vector[2] y; } parameters { matrix[2, 2] b; }
model { to_vector(b) ~ normal(0, 5); y ~ normal(b[1, 1] + b[2, 1], 1); }
"""


@pytest.mark.parametrize("noise", [0.0, 1e-6])
def test_rows_of_a_matrix_whose_chains_stand_where_they_began_do_not_switch(noise):
    model = bw.Model(bw.Program.from_string(MATRIX, name="m"), {"y": [1.0, 2.0]}, engine="stanli")
    run = model.sample(seed=1, iter_warmup=20, iter_sampling=40)
    ends = np.array([[4.0, -4, 1, -1], [-4, 4, -1, 1], [4, -4, 1, -1], [-4, 4, -1, 1]])
    values = run.draws.copy()
    creep = noise * np.linspace(0, 1, values.shape[1])[None, :, None]
    values[:, :, :4] = ends[:, None, :] * (1 + creep)

    assert label_symmetry(replace(run, draws=values)) is None
    rng = np.random.default_rng(3)
    moved = values * (1 + 0.05 * rng.normal(size=values.shape))
    assert label_symmetry(replace(run, draws=moved)) is not None
