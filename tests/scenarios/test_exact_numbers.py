"""Closed forms: the MLE, both modes, and the trouble cases whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import program_text

import bayeswrap as bw
from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.results.status import Status

Y = [4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4]
SS = float(((np.array(Y) - np.mean(Y)) ** 2).sum())
UNIT = "parameters { real<lower=0, upper=1> p; }"
# data and program; MLE with its standard error; modes on both scales
CASES = {
    "bernoulli, beta(1, 1)": (
        "data { int N; int y; } " + UNIT + " model { p ~ beta(1, 1); y ~ binomial(N, p); }",
        {"N": 10, "y": 2},
        (0.2, np.sqrt(0.2 * 0.8 / 10)),
        (0.2, 0.25),
    ),
    "globe tossing": (
        "data { int N; int y; } " + UNIT + " model { p ~ uniform(0, 1); y ~ binomial(N, p); }",
        {"N": 9, "y": 6},
        (2 / 3, np.sqrt(2 / 9 / 9)),
        (2 / 3, 7 / 11),
    ),
    "Poisson, gamma(2, 1)": (
        (
            "data { int N; array[N] int y; } parameters { real<lower=0> r; }"
            "model { r ~ gamma(2, 1); y ~ poisson(r); }"
        ),
        {"N": 5, "y": [3, 1, 4, 1, 5]},
        (2.8, np.sqrt(2.8 / 5)),
        (2.5, 16 / 6),
    ),
    "normal of known sd": (
        (
            "data { int N; real m; } parameters { real mu; }"
            "model { mu ~ normal(100, 5); m ~ normal(mu, 15 / sqrt(N)); }"
        ),
        {"N": 9, "m": 103.0},
        (103.0, 5.0),
        (101.5, 101.5),
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_mle_and_both_modes(name: str) -> None:
    code, data, (estimate, error), (constrained, unconstrained) = CASES[name]
    model = bw.Model(bw.Program.from_string(code, "case"), data, engine="stanli")
    row = model.mle(seed=1).to_frame().iloc[0]
    assert row["estimate"] == pytest.approx(estimate, rel=1e-10)
    assert row["se"] == pytest.approx(error, rel=1e-8)
    modes = [model.map(s, seed=1).to_frame().iloc[0, 0] for s in ("constrained", "unconstrained")]
    assert modes == pytest.approx([constrained, unconstrained], rel=1e-9)


def test_the_log_densities_of_both_modes_belong_to_two_conventions() -> None:
    code, data, *_ = CASES["bernoulli, beta(1, 1)"]
    model = bw.Model(bw.Program.from_string(code, "coin"), data, engine="stanli")
    binomial = np.log(45)  # the outcomes in one order, as CmdStan's example counts them
    without = model.log_density({"p": 0.2}) - binomial
    within = model.log_density({"p": 0.25}, jacobian=True) - binomial
    assert (round(without, 6), round(within, 6)) == (-5.004024, -6.748022)


def test_the_scale_decides_between_n_and_n_minus_one() -> None:
    program = bw.Program.from_string(program_text("normal_sample"), name="gauss")
    model = bw.Model(program, {"N": 8, "y": Y}, engine="stanli")
    mle = model.mle(seed=1)
    assert float(mle["sigma"]) == pytest.approx(np.sqrt(SS / 8), rel=1e-10)
    assert mle.to_frame()["se"]["sigma"] == pytest.approx(np.sqrt(SS / 8 / 16), rel=1e-8)
    other = model.map("unconstrained", seed=1)
    assert float(other["sigma"]) == pytest.approx(np.sqrt(SS / 7), rel=1e-9)


@pytest.mark.parametrize(("prior", "mode"), [("exponential(1)", 0.0), ("gamma(2, 1)", 1.0)])
def test_a_prior_alone(prior: str, mode: float) -> None:
    program = bw.Program.from_string(
        f"parameters {{ real<lower=0> x; }} model {{ x ~ {prior}; }}", name="alone"
    )
    model = bw.Model(program, engine="stanli")
    found = model.map(seed=1)
    assert float(found["x"]) == pytest.approx(mode, abs=1e-9)
    assert found.status is (Status.BOUNDARY if mode == 0 else Status.CONVERGED)
    assert float(model.map("unconstrained", seed=1)["x"]) == pytest.approx(mode + 1, rel=1e-9)


MIXTURE = """data { int N; vector[N] y; } parameters { vector[2] m; }
model { for (n in 1:N)
  target += log_mix(0.5, normal_lpdf(y[n] | m[1], 1), normal_lpdf(y[n] | m[2], 1)); }
"""
TWO_HEAPS = [-2.1, -1.9, -2.4, -1.6, -2.0, 1.8, 2.2, 2.5, 1.7, 2.1]


def test_two_labels_of_one_mode_are_told() -> None:
    model = bw.Model(
        bw.Program.from_string(MIXTURE, "heaps"), {"N": 10, "y": TWO_HEAPS}, engine="stanli"
    )
    mle = model.mle(starts=20, seed=1)
    assert mle.log_likelihood == pytest.approx(-16.492313, abs=1e-6)
    assert sorted(mle["m"]) == pytest.approx([-1.99833, 2.05841], abs=1e-5)
    assert mle.census is not None
    assert mle.census.label_switching


def test_a_saddle_is_left() -> None:
    model = bw.Model(
        bw.Program.from_string(MIXTURE, "heaps"), {"N": 10, "y": TWO_HEAPS}, engine="stanli"
    )
    from_saddle = model.mle(inits={"m": [0.03, 0.03]}, seed=1)
    assert from_saddle.log_likelihood == pytest.approx(-16.492313, abs=1e-6)


def test_separation_is_refused() -> None:
    program = bw.Program.from_string(
        "data { int N; vector[N] x; array[N] int y; } parameters { real a; real b; }"
        "model { a ~ normal(0, 1); b ~ normal(0, 1); y ~ bernoulli_logit(a + b * x); }",
        name="separated",
    )
    data = {"N": 6, "x": [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5], "y": [0, 0, 0, 1, 1, 1]}
    model = bw.Model(program, data, engine="stanli")
    with pytest.raises(ConvergenceError) as caught:
        model.mle(seed=1)
    assert caught.value.estimate.status is Status.AT_INFINITY
    assert float(model.map(seed=1)["b"]) == pytest.approx(1.12061, abs=1e-5)


SCHOOLS = """data { int J; vector[J] y; vector[J] s; }
parameters { real mu; real<lower=0> tau; vector[J] theta; }
model { %s theta ~ normal(mu, tau); y ~ normal(theta, s); }
"""
EFFECTS = {"J": 8, "y": [28, 8, -3, 7, -1, 1, 18, 12], "s": [15, 10, 16, 11, 9, 11, 10, 18]}


def schools(prior: str) -> bw.Model:
    return bw.Model(bw.Program.from_string(SCHOOLS % prior, "schools"), EFFECTS, engine="stanli")


def test_eight_schools_without_a_prior_of_the_scale() -> None:
    mle = schools("").mle(marginal=True, seed=1)
    table = mle.to_frame()
    assert mle.status is Status.BOUNDARY
    assert table["estimate"]["tau"] == 0
    assert np.isnan(table["se"]["tau"])
    assert table["estimate"]["mu"] == pytest.approx(7.68562, abs=1e-5)
    assert table["se"]["mu"] == pytest.approx(4.07192, abs=1e-5)


def test_eight_schools_with_a_prior_that_avoids_the_boundary() -> None:
    # on the likelihood profiled over mu, and on the one that is integrated over it
    model = schools("tau ~ gamma(2, 1e-8);")
    profiled = model.map(marginal=True, seed=1)
    assert float(profiled["tau"]) == pytest.approx(6.31, abs=0.01)
    assert float(profiled["mu"]) == pytest.approx(7.925, abs=0.001)
    integrated = model.map(marginal=["theta", "mu"], seed=1)
    assert float(integrated["tau"]) == pytest.approx(7.29, abs=0.01)
