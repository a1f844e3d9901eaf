"""The table of supports against Stan itself: no edge outside has a usable density."""

import json

import numpy as np
import pytest

from bayeswrap.data.density_supports import DENSITIES, SETS
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError

REAL, POSITIVE, UNIT = "real", "real<lower=0>", "real<lower=0, upper=1>"
# arguments of densities of one number
ARGUMENTS = {
    "normal": [REAL, POSITIVE],
    "exp_mod_normal": [REAL, POSITIVE, POSITIVE],
    "skew_normal": [REAL, POSITIVE, REAL],
    "student_t": [POSITIVE, REAL, POSITIVE],
    "cauchy": [REAL, POSITIVE],
    "double_exponential": [REAL, POSITIVE],
    "logistic": [REAL, POSITIVE],
    "gumbel": [REAL, POSITIVE],
    "von_mises": [REAL, POSITIVE],
    "lognormal": [REAL, POSITIVE],
    "chi_square": [POSITIVE],
    "inv_chi_square": [POSITIVE],
    "scaled_inv_chi_square": [POSITIVE, POSITIVE],
    "exponential": [POSITIVE],
    "gamma": [POSITIVE, POSITIVE],
    "inv_gamma": [POSITIVE, POSITIVE],
    "weibull": [POSITIVE, POSITIVE],
    "frechet": [POSITIVE, POSITIVE],
    "rayleigh": [POSITIVE],
    "loglogistic": [POSITIVE, POSITIVE],
    "beta": [POSITIVE, POSITIVE],
    "beta_proportion": [UNIT, POSITIVE],
    "bernoulli": [UNIT],
    "bernoulli_logit": [REAL],
    "poisson": [POSITIVE],
    "poisson_log": [REAL],
    "neg_binomial": [POSITIVE, POSITIVE],
    "neg_binomial_2": [POSITIVE, POSITIVE],
    "neg_binomial_2_log": [REAL, POSITIVE],
}
COUNTS = {"bit": [-1, 2], "count": [-1]}
EDGES = {
    "finite": [np.inf, -np.inf],
    "positive": [0.0, -0.5, np.inf],
    "nonnegative": [-0.5, np.inf],
    "inside_unit": [0.0, 1.0, -0.5, 1.5],
}


def _is_usable(name, declared, y):
    kind = "int" if isinstance(y, int) else "real"
    parameters = " ".join(f"{d} p{i};" for i, d in enumerate(declared))
    names = ", ".join(f"p{i}" for i in range(len(declared)))
    code = (
        f"data {{ {kind} y; }} parameters {{ real other; {parameters} }} "
        f"model {{ other ~ normal(0, 1); y ~ {name}({names}); }}"
    )
    spelled = y if np.isfinite(y) else ("Inf" if y > 0 else "-Inf")
    try:
        density = InProcessDensity(translate(code, name), json.dumps({"y": spelled}), name)
    except EngineError:
        return False
    rng = np.random.default_rng(1)
    values = [density.evaluate(rng.normal(size=density.dimension)) for _ in range(5)]
    return any(np.isfinite(v) and np.isfinite(g).all() for v, g in values)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_no_edge_outside_the_support_has_a_usable_density(name):
    outcome = DENSITIES[name].outcome
    edges = COUNTS.get(outcome) or EDGES[outcome]
    for y in edges:
        assert bool(SETS[outcome].is_outside(np.asarray(float(y))))
        assert not _is_usable(name, ARGUMENTS[name], y), y
    inside = 1 if outcome in COUNTS else 0.5
    assert not bool(SETS[outcome].is_outside(np.asarray(inside)))
    assert _is_usable(name, ARGUMENTS[name], inside)


def test_every_rule_names_sets_of_the_table():
    for rule in DENSITIES.values():
        assert {rule.outcome, *rule.arguments} <= set(SETS)
