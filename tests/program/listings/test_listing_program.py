"""The program that lists log likelihoods: its text, and its sums over the corpus."""

from __future__ import annotations

import bisect

import numpy as np
import pytest
from fixtures.labelled_programs import Labelled, corpus

import bayeswrap as bw
from bayeswrap.errors import EngineError, EstimandError
from bayeswrap.estimates.pointwise.listing import Listing, observation_names
from bayeswrap.estimates.pointwise.log_likelihood import checked_listing
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.program.listings.listing_program import PointwiseSource, pointwise
from bayeswrap.program.listings.vectorised_calls import rank
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.tokens import split_arguments

ITEMS = {item.name: item for item in corpus()}
# functions that add to target themselves, and programs that read target()
NEEDS_LOG_LIK = frozenset(
    {
        "jolly_seber_augmented",
        "locals",
        "rstanarm_bernoulli_lp_functions",
        "trial_lp_functions",
        "user_lp",
    }
)
NO_LIKELIHOOD = frozenset({"empty_model", "funnel_without_data", "gold_a23_noblocks"})
# stanli 0.24 takes foreach loops over literals and arrays of vectors in the model block alone
NOT_LISTED_IN_PROCESS = frozenset({"foreach_loops"})
REFUSED_IN_PROCESS = frozenset(name for name, item in ITEMS.items() if "stanli" in item.about)


def source(model: str, data: str = "int N; vector[N] y;") -> PointwiseSource:
    code = (
        f"data {{ {data} }} parameters {{ real mu; real<lower=0> sigma; }} model {{ {model}\n}}"
        "generated quantities { real kept = mu; }"
    )
    return pointwise(Program.from_string(code))


def said(item: Labelled) -> dict[str, str]:
    """Return the roles that a user would say where the program asks."""
    rows, found = item.program.statements, {}
    for line, column, label in item.labels:
        row = rows[bisect.bisect_right([(r.line, r.column) for r in rows], (line, column)) - 1]
        if row.role is Role.UNDECIDED:
            found[f"{row.line}:{row.column}"] = "prior" if label == "ask" else label
    return found


def listing(item: Labelled) -> tuple[Listing, ModelDensity]:
    """Return the listing program at a random point; its sum is compared on the way."""
    model = bw.Model(item.program, item.data, engine="stanli", roles=said(item))
    density = ModelDensity(source=model.bound.source, data=model.data, name=item.name)
    rng, shrink = np.random.default_rng(1), 1 - np.arange(30) / 30
    rows = rng.uniform(-1, 1, (30, density.transforms.dimension)) * shrink[:, None]
    return checked_listing(pointwise(model.program), density, rows), density


DERIVED = set(ITEMS) - NEEDS_LOG_LIK - NO_LIKELIHOOD - NOT_LISTED_IN_PROCESS - REFUSED_IN_PROCESS


def test_nearly_all_programs_with_a_likelihood_derive():
    accepted = set(ITEMS) - REFUSED_IN_PROCESS - NO_LIKELIHOOD
    assert len(DERIVED) > 0.97 * len(accepted)


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_observations_sum_to_the_likelihood(name):
    # the sum is compared inside, at the first point where the likelihood is finite
    found, _ = listing(ITEMS[name])

    sites = found.sites(found.keys())
    names = observation_names(sites, found.keys())
    assert len(set(names)) == len(names) == found.count > 0
    assert min(site.line for site in sites) > 0


@pytest.mark.parametrize("name", sorted(NEEDS_LOG_LIK | NO_LIKELIHOOD))
def test_what_cannot_be_derived_is_told(name):
    with pytest.raises(EstimandError, match=r"log_lik|no likelihood"):
        listing(ITEMS[name])


@pytest.mark.parametrize("name", sorted(NOT_LISTED_IN_PROCESS))
def test_what_stanli_refuses_is_told(name):
    with pytest.raises(EngineError):
        listing(ITEMS[name])


def test_priors_and_the_users_generated_quantities_are_gone():
    text = source("mu ~ normal(0, 1); y ~ normal(mu, sigma);").text

    assert "normal_lpdf(y[bw_i] | mu, sigma)" in text
    assert "kept" not in text
    assert "normal(0, 1)" not in text
    Program.from_string(text)


def test_names_that_are_taken_are_left_alone():
    found = source("y ~ normal(bw_mean, sigma);", data="int N; vector[N] y; real bw_mean;")

    assert found.prefix == "bw2"
    assert found.data(3) == {"bw2_n": 3, "bw2_m": 0}
    assert found.data(3, keys=True) == {"bw2_n": 3, "bw2_m": 3}


@pytest.mark.parametrize(
    ("statement", "stored"),
    [
        ("y ~ normal(mu, sigma);", "normal_lpdf(y[bw_i] | mu, sigma)"),
        ("y ~ normal(mu + y, sigma);", "normal_lpdf(y[bw_i] | bw_a1[bw_i], sigma)"),
        ("target += normal_lupdf(y | mu, sigma);", "normal_lpdf(y[bw_i] | mu, sigma)"),
        ("target += 2 * normal_lpdf(y | mu, sigma) / N;", "2 * normal_lpdf(y[bw_i] | mu, sigma)"),
        ("for (n in 1 : N) y[n] ~ normal(mu, sigma);", "normal_lpdf(y[n] | mu, sigma)"),
        ("target += -sum(square(y - mu)) / sigma;", "-bw_a[bw_i] / sigma"),
        ("vector[N] l = -square(y - mu); target += l;", "l[bw_i]"),
        ("matrix[N, 1] l; l[ : , 1] = -square(y - mu); target += l;", "= to_vector(l);"),
        ("target += -dot_product(y, y - mu) ;", "-(y[bw_i] * bw_a1[bw_i])"),
        ("1 ~ bernoulli_logit(mu * y);", "bernoulli_logit_lpmf(1 | bw_a1[bw_i])"),
    ],
)
def test_statements_are_split(statement, stored):
    found = source(f"{statement} // likelihood")

    assert stored in found.text
    assert [site.note for site in found.sites] == [""]


@pytest.mark.parametrize(
    "statement",
    [
        "target += normal_lpdf(y | mu, sigma) - N * normal_lccdf(0 | mu, sigma);",
        "target += log_mix(0.5, normal_lpdf(y | mu, 1), normal_lpdf(y | mu, sigma));",
        "target += -0.5 * dot_self((y - mu) / sigma) - N * log(sigma);",
        "target += normal_lpdf(y | mu, sigma) ^ 1;",
    ],
)
def test_what_is_one_number_is_told(statement):
    (site,) = source(f"{statement} // likelihood").sites

    assert "not pointwise" in site.note


def test_a_local_that_gathers_the_likelihood_is_opened():
    found = source(
        "real lp = 0; for (n in 1 : N) { lp += normal_lpdf(y[n] | mu, sigma); } target += lp;"
    )

    assert [(s.name, s.indices, s.note) for s in found.sites] == [("y", 1, "")]
    assert "target" not in found.text


def test_a_function_that_adds_to_target_needs_log_lik():
    code = (
        "functions { void see_lp(vector y, real mu) { y ~ normal(mu, 1); } }"
        "data { int N; vector[N] y; } parameters { real mu; } model { see_lp(y, mu); }"
    )
    with pytest.raises(EstimandError, match="declare log_lik"):
        pointwise(Program.from_string(code))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("y | mu, sigma", ["y", "mu", "sigma"]),
        ("y | ", ["y"]),
        ("f(a, b), {1, 2}[1]", ["f(a, b)", "{1, 2}[1]"]),
        ("a || b, c", ["a || b", "c"]),
        (", 2", ["", "2"]),
        ("0, ", ["0", ""]),
        ("", []),
    ],
)
def test_arguments_are_split(text, units):
    assert split_arguments(text) == units


@pytest.mark.parametrize(
    ("kind", "expected"), [("int", 0), ("array matrix", 3), ("row_vector", 1), ("complex", -1)]
)
def test_ranks_of_types(kind, expected):
    assert rank(kind) == expected
