"""Every check, where it passes and where it fails."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.results.status import Status
from bayeswrap.verdicts.alignment import align
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.run_checks import run_checks
from bayeswrap.verdicts.evidence import Evidence
from bayeswrap.verdicts.lineup import Lineup

NOTHING = Evidence(censuses={})
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


def checks_of(*results, population=False, evidence=NOTHING):
    lineup = Lineup(results)
    names = list(results[-1].layout.names)
    found = run_checks(lineup, align(lineup, names, 0.95), evidence, has_population=population)
    assert all(c.evidence and c.threshold and c.reference and c.advice for c in found)
    return found


def outcome(code, found):
    [only] = [c for c in found if c.code == code]
    return only.outcome


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        ({}, "sampler_not_converged", PASSED),
        ({"r_hat_max": 1.2}, "sampler_not_converged", FAILED),
        ({"ess_min": 50.0}, "sampler_not_converged", FAILED),
        ({}, "divergences_expected", PASSED),
        ({"divergences": 1}, "divergences_expected", FAILED),
        ({"bfmi_min": 0.1}, "divergences_expected", FAILED),
        ({"max_treedepth_hits": 9}, "divergences_expected", FAILED),
    ],
)
def test_sampler(made, change, code, expected):
    posterior = made.posterior({"a": 0.0})
    posterior = replace(posterior, diagnostics=replace(posterior.diagnostics, **change))

    assert outcome(code, checks_of(posterior)) is expected


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (Status.UNBOUNDED, {"mle_does_not_exist", "unbounded_density"}),
        (Status.AT_INFINITY, {"mle_does_not_exist", "optimum_at_infinity"}),
        (Status.FLAT, {"not_identified", "singular_hessian"}),
        (Status.SADDLE, {"optimum_not_found"}),
        (Status.NOT_CONVERGED, {"optimum_not_found"}),
    ],
)
def test_what_does_not_exist(made, status, codes):
    found = checks_of(made.mle({"a": 0.0, "b": 0.0}, status=status, direction=np.array([0.0, -3])))

    assert {c.code for c in found if c.outcome is FAILED} == codes
    assert all(c.parameters == ("b",) for c in found)
    assert all(c.evidence.startswith("for the MLE, ") for c in found)
    # of a MAP it is not said that the MLE does not exist
    of_map = checks_of(made.map({"a": 0.0}, status=status))
    assert {c.code for c in of_map} == codes - {"mle_does_not_exist"}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(Status.CONVERGED, PASSED), (Status.NONSMOOTH, PASSED), (Status.BOUNDARY, FAILED)],
)
def test_boundary(made, status, expected):
    notes = {"a": "on the boundary of its support, where no standard error exists"}
    found = checks_of(made.map({"a": 0.0}, status=status, notes=notes))

    assert outcome("boundary_estimate", found) is expected
    if expected is FAILED:
        assert found[0].parameters == ("a",)


def test_joint_mode_of_a_hierarchy(made):
    joint = made.record("mle", options={"population": True})

    assert (
        outcome("joint_mode_degenerate", checks_of(made.map({"a": 0.0}), population=True)) is FAILED
    )
    found = checks_of(made.mle({"a": 0.0}, record=joint), population=True)
    assert outcome("joint_mode_degenerate", found) is FAILED
    for found in (
        checks_of(made.map({"a": 0.0})),
        checks_of(made.mle({"a": 0.0}), population=True),
    ):
        assert "joint_mode_degenerate" not in {c.code for c in found}


@pytest.mark.parametrize(("condition", "expected"), [(1e3, PASSED), (1e11, FAILED)])
def test_conditioning(made, condition, expected):
    found = checks_of(made.mle({"a": 0.0}, condition=condition))

    assert outcome("ill_conditioned", found) is expected


@pytest.mark.parametrize(
    ("mode", "spread", "draws", "expected"),
    [
        (0.05, 1.0, 1000, PASSED),
        (0.5, 1.0, 1000, FAILED),
        (0.0, 1.5, 1000, FAILED),
        (0.0, 0.6, 1000, FAILED),
        (0.3, 1.0, 1000, Outcome.NOT_DETERMINED),
        (0.0, 1.25, 1000, Outcome.NOT_DETERMINED),
        (0.4, 1.0, 25, Outcome.NOT_DETERMINED),
    ],
)
def test_shape_beyond_monte_carlo_error(made, mode, spread, draws, expected):
    found = checks_of(made.map({"a": mode}, spread), made.posterior({"a": 0.0}, draws=draws))

    assert outcome("non_gaussian_posterior", found) is expected


def test_shape_names_the_worst_first(made):
    mode = made.map({"a": 0.4, "b": 0.0, "c": 0.9})
    found = checks_of(mode, made.posterior({"a": 0.0, "b": 0.0, "c": 0.0}))

    [shape] = [c for c in found if c.code == "non_gaussian_posterior"]
    assert shape.parameters == ("c", "a")
    assert "0.90 posterior sd, at c" in shape.evidence


def test_a_mode_without_spread_does_not_describe_the_draws(made):
    mode = made.map({"a": 0.0}, np.nan, status=Status.BOUNDARY)
    mode = replace(mode, spread=np.array([np.nan]))

    found = checks_of(mode, made.posterior({"a": 0.0}))

    assert outcome("non_gaussian_posterior", found) is FAILED


def test_what_the_posterior_fixes_has_no_shape(made):
    mode = made.map({"a": 0.0, "R": 1.0}, {"a": 1.0, "R": 0.0})
    found = checks_of(mode, made.posterior({"a": 0.0, "R": 1.0}, {"a": 1.0, "R": 0.0}))

    assert outcome("non_gaussian_posterior", found) is PASSED


@pytest.mark.parametrize(("other", "expected"), [(0.1, PASSED), (0.5, FAILED)])
@pytest.mark.parametrize("with_draws", [True, False])
def test_scale_of_the_mode(made, other, expected, with_draws):
    results = [made.map({"a": 0.0}), made.map_unconstrained({"a": other})]
    results += [made.posterior({"a": 0.0})] if with_draws else []

    assert outcome("map_depends_on_parametrisation", checks_of(*results)) is expected


@pytest.mark.parametrize(("mode", "expected"), [(1.0, PASSED), (3.0, FAILED)])
def test_prior_against_data(made, mode, expected):
    found = checks_of(made.mle({"a": 0.0}), made.map({"a": mode}))

    assert outcome("prior_data_conflict", found) is expected


def test_laplace_weights(made):
    rng = np.random.default_rng(1)
    n = 2000
    heavy = rng.standard_cauchy(n) ** 2

    cases = {
        "exact": (np.full(n, 3.0), PASSED),
        "rounding": (1e-13 * rng.normal(size=n), PASSED),
        "light": (0.1 * rng.normal(size=n), PASSED),
        "heavy": (np.log1p(heavy) * 2, FAILED),
        "outside": (np.where(np.arange(n) == 0, -np.inf, 0.0), Outcome.NOT_DETERMINED),
    }
    for name, (weights, expected) in cases.items():
        found = checks_of(made.laplace(weights))
        assert outcome("laplace_unreliable", found) is expected, name


@pytest.mark.parametrize(("tail", "k_hat"), [(2.0, 0.5), (1.0, 1.0), (0.5, 2.0)])
def test_k_hat_is_that_of_a_pareto_tail(made, tail, k_hat):
    weights = np.log(np.random.default_rng(3).pareto(tail, 20000) + 1)

    [check] = checks_of(made.laplace(weights))

    assert float(check.evidence.split()[-1]) == pytest.approx(k_hat, abs=0.15)


def test_few_draws_lower_the_threshold_of_k_hat(made):
    weights = 0.1 * np.random.default_rng(1).normal(size=100)

    [check] = checks_of(made.laplace(weights))

    assert check.threshold.startswith("k-hat at most 0.50, beyond its standard error of 0.")
