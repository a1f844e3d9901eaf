"""Pathfinder through the compiled engine."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EngineNotFoundError, UsageError
from bayeswrap.estimates.approximations.pathfinder import PathfinderOptions


@pytest.fixture(scope="module")
def logistic(library_model):
    return library_model("logistic_regression")


@pytest.fixture(scope="module")
def found(logistic):
    return logistic.pathfinder(draws=2000, seed=1)


def test_it_agrees_with_the_corrected_laplace_draws(logistic, found):
    laplace = logistic.laplace(draws=4000, seed=2)

    ours, theirs = found.to_frame(), laplace.corrected().to_frame()
    error = np.hypot(ours["mcse_mean"], theirs["mcse_mean"])
    assert found.importance.reliable
    assert (np.abs(ours["mean"] - theirs["mean"]) < 4 * error).all()
    np.testing.assert_allclose(ours["sd"], theirs["sd"], rtol=0.15)
    # two proposals, one integral
    gap = found.importance.log_evidence - laplace.importance.log_evidence
    mcse = np.hypot(found.importance.log_evidence_mcse, laplace.importance.log_evidence_mcse)
    assert abs(gap) < 4 * mcse


def test_draws_are_resampled_from_all_paths(found):
    assert found.draws.shape[:2] == (1, 2000)
    assert found.proposal.draws.shape[:2] == (1, 8000)
    assert set(np.unique(found.proposal.method_column("path__"))) == {1, 2, 3, 4}
    assert found.title == "Pathfinder approximation, importance resampled"
    assert found.record.method == "pathfinder"
    assert found.record.options["num_paths"] == 4
    assert "method=pathfinder" in found.record.command
    assert found.cmdstan_fit.draws().shape[0] == 8000


def test_the_seed_repeats_the_draws(logistic, found):
    again = logistic.pathfinder(draws=2000, seed=1)

    np.testing.assert_array_equal(again.draws, found.draws)


def test_draws_as_they_were_made(logistic):
    plain = logistic.pathfinder(draws=1999, num_paths=2, psis_resample=False, seed=1)

    assert plain.proposal is None
    assert plain.draws.shape[1] == 2000
    assert plain.corrected().draws.shape[1] == 2000


def test_it_has_its_place_in_a_comparison(logistic, found, tmp_path):
    comparison = bw.compare(logistic.map(seed=1), found)

    names = list(found.to_frame().index)
    np.testing.assert_allclose(
        comparison.to_frame().loc[names, "pathfinder_mean"], found.to_frame()["mean"]
    )
    [check] = [c for c in comparison.verdict.checks if c.code == "pathfinder_unreliable"]
    assert check.outcome.name == "PASSED"
    assert "laplace_mean" not in comparison.to_frame()
    page = comparison.report(tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Pathfinder mean" in page
    assert "quantiles of the draws of Pathfinder" in page


def test_it_survives_storage(found, tmp_path):
    again = bw.load(bw.save(found, tmp_path / "p.bw"))

    assert str(again) == str(found)
    assert again.cmdstan_fit.draws().shape == found.cmdstan_fit.draws().shape


def test_stanli_does_not_offer_it(bernoulli):
    with pytest.raises(EngineNotFoundError, match="needs the compiled engine"):
        bernoulli.pathfinder()


@pytest.mark.parametrize(
    "wrong", [{"draws": 3}, {"num_paths": 0}, {"num_single_draws": 2.5}, {"history_size": True}]
)
def test_options_are_checked(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        PathfinderOptions(**wrong)


def test_all_draws_are_asked_of_stan():
    """Stan's own resampling would hide how far the draws can be trusted."""
    resampled = PathfinderOptions(draws=500).for_cmdstanpy()
    plain = PathfinderOptions(draws=500, num_paths=3, psis_resample=False).for_cmdstanpy()

    assert resampled == {"num_paths": 4, "num_single_draws": 500, "psis_resample": False}
    assert plain == {"num_paths": 3, "num_single_draws": 167, "psis_resample": False}
