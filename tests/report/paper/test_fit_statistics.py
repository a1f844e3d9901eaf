"""Statistics below the estimates, and where there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bayeswrap.estimates.results.status import Status
from bayeswrap.report.paper.estimate_columns import estimate_column
from bayeswrap.report.paper.fit_statistics import (
    STATISTICS,
    ModelStatistics,
    column_statistics,
    model_statistics,
    observations_of,
)


def statistics_of(result, model=None, wanted=STATISTICS):
    column = estimate_column(result, result.layout.names, 0.95)
    return column_statistics(
        column, model or ModelStatistics(observations="30"), [result], wanted, 2
    )


def test_a_maximum_has_likelihood_and_aic(builder):
    point = builder().point()
    found = statistics_of(point)

    assert found["observations"] == "30"
    assert found["log likelihood"] == "−100.25"  # noqa: RUF001 - as shown
    assert found["AIC"] == f"{2 * 3 + 200.5:.2f}"


def test_a_mode_of_the_posterior_has_neither(full):
    assert set(statistics_of(full.lineup.map_constrained)) == {"observations"}


def test_on_the_boundary_there_is_no_aic(builder):
    found = statistics_of(builder().point(status=Status.BOUNDARY, edge=("sigma",)))

    assert "log likelihood" in found
    assert "AIC" not in found


def test_a_joint_maximum_over_effects_has_neither(made, hierarchy):
    record = made.record("mle", program=hierarchy)
    point = made.mle({"mu": 0.0, "a[1]": 1.0, "a[2]": 2.0}, record=record)

    assert set(statistics_of(point)) == {"observations"}


def test_a_marginal_maximum_has_both_and_its_groups(grouped_mle):
    model = model_statistics([grouped_mle], [], STATISTICS)
    found = statistics_of(grouped_mle, model)

    assert model.observations == "300"
    assert found["groups (g)"] == "5"
    assert float(found["AIC"]) == pytest.approx(grouped_mle.aic, abs=0.01)


def test_draws_have_their_diagnostics_and_one_chain_no_r_hat(builder):
    draws = builder().posterior()
    assert statistics_of(draws)["largest R\N{NON-BREAKING HYPHEN}hat"] == "1.004"
    assert statistics_of(draws)["smallest ESS"] == "812"

    alone = replace(draws, diagnostics=replace(draws.diagnostics, chains=1, r_hat_max=float("inf")))
    assert "largest R\N{NON-BREAKING HYPHEN}hat" not in statistics_of(alone)


def test_only_what_is_wanted(builder):
    assert set(statistics_of(builder().posterior(), wanted=("ess",))) == {"smallest ESS"}


def test_observations_of_outcomes(made):
    assert observations_of(made.record("mle", outcomes={"y": 20, "z": 20}, rows=9)) == "20"
    assert observations_of(made.record("mle", outcomes={"y": 20, "z": 5})) == "20 + 5"
    assert observations_of(made.record("mle", rows=9)) == "9"
    assert observations_of(made.record("mle")) == ""
