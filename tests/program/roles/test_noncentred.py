from __future__ import annotations

import pytest

from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.program import Program
from bayeswrap.program.roles.noncentred import noncentred_effects, reaching_directly
from bayeswrap.program.roles.units import units_of

HEAD = """data { int J; vector[J] y; vector<lower=0>[J] s; }
parameters { real mu; %s; }
model { %s y ~ normal(%s, s); }
"""


def effects(parameters: str, prior: str, location: str) -> dict[str, bool]:
    tree = Program.from_string(HEAD % (parameters, prior, location)).tree
    data_flow = propagate(tree)
    return noncentred_effects(tree, data_flow, units_of(data_flow)[-1:])


SCALED = "real<lower=0> tau; vector[J] z"


@pytest.mark.parametrize(
    "prior", ["z ~ std_normal();", "z ~ normal(0, 1);", "target += student_t_lpdf(z | 4, 0, 1);"]
)
@pytest.mark.parametrize(
    "location", ["mu + tau * z", "fma(tau, z, mu)", "mu + z * square(tau)", "mu + z / (1 / tau)"]
)
def test_a_scale_that_is_lost_with_the_effect_shows_it(prior: str, location: str) -> None:
    assert effects(SCALED, prior, location) == {"z": True}


@pytest.mark.parametrize(
    ("parameters", "location"),
    [
        ("real log_tau; vector[J] z", "mu + exp(log_tau) * z"),
        ("vector<lower=0>[J] tau; vector[J] z", "mu + tau .* z"),
        ("cholesky_factor_corr[J] L; vector[J] z", "mu + L * z"),
        ("real<lower=0> tau; sum_to_zero_vector[J] z", "mu + tau * z"),
    ],
)
def test_scales_of_every_kind(parameters: str, location: str) -> None:
    assert effects(parameters, "z ~ std_normal();", location) == {"z": True}


@pytest.mark.parametrize(
    ("parameters", "prior", "location"),
    [
        (SCALED, "z ~ std_normal();", "tau + tau * z"),
        (SCALED, "z ~ std_normal();", "tau * (z - mu)"),
        ("real b; vector[J] z", "z ~ std_normal();", "mu + b * z"),
    ],
)
def test_a_product_alone_is_a_doubt(parameters: str, prior: str, location: str) -> None:
    assert effects(parameters, prior, location)["z"] is False


@pytest.mark.parametrize(
    ("parameters", "location"),
    [
        (SCALED, "mu + tau * tanh(z)"),
        (SCALED, "mu + tau + z"),
        ("real<lower=0> tau; real z", "mu + tau * z"),
        ("real<lower=0> tau; vector<lower=0>[J] z", "mu + tau * z"),
        (SCALED, "s .* z + mu * tau"),
    ],
)
def test_no_linear_product_no_effect(parameters: str, location: str) -> None:
    assert effects(parameters, "z ~ std_normal();", location) == {}


def test_parameters_of_some_pieces() -> None:
    data_flow = propagate(
        Program.from_string(HEAD % (SCALED, "z ~ std_normal();", "mu + tau * z")).tree
    )
    prior, likelihood = units_of(data_flow)
    assert reaching_directly([prior], data_flow) == {"z"}
    assert reaching_directly([likelihood], data_flow) == {"mu", "tau", "z"}
    assert reaching_directly([], data_flow) == frozenset()


def test_a_prior_of_another_scale_makes_no_effect() -> None:
    assert effects(SCALED, "z ~ normal(0, 2);", "mu + tau * z") == {}


def test_two_parts_of_one_field_share_their_scale() -> None:
    both = "real<lower=0> tau; real<lower=0, upper=1> rho; vector[J] z; vector[J] phi"
    found = effects(
        both,
        "z ~ std_normal(); target += -0.5 * dot_self(phi);",
        "mu + tau * (sqrt(1 - rho) * z + sqrt(rho) * phi)",
    )
    assert found == {"z": True, "phi": True}
