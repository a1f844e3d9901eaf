"""The figures of a report: which there are, and their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bayeswrap.report.sections.assessment import assess
from bayeswrap.report.sections.report_figures import (
    density_figures,
    predictive_figures,
    prior_figures,
    rank_figures,
)


@pytest.mark.parametrize(
    ("case", "estimates", "priors"),
    [("edge", 1, 0), ("points only", 1, 0), ("one parameter", 1, 1)],
)
def test_a_report_has_the_figures_that_its_results_allow(shapes, case, estimates, priors):
    comparison = shapes(case)
    assert len(density_figures(comparison, [])) == estimates
    assert len(prior_figures(comparison)) == priors


def test_each_figure_has_a_caption_and_a_text_that_stands_for_it(full, hits):
    fit = predictive_figures(hits, assess(hits))
    pictures = (*density_figures(full, []), *prior_figures(full), *fit)
    assert len(pictures) == 3
    assert all(p.svg.startswith("<?xml") for p in pictures)
    assert all(p.caption.endswith(".") and p.alt.endswith(".") for p in pictures)


def test_densities_are_those_of_flagged_parameters_and_at_most_six(shapes):
    (picture,) = density_figures(shapes("thirty parameters"), ["beta[29]"])
    assert "beta[29]" in picture.svg
    assert "6 of 30" in picture.caption


def test_ranks_are_drawn_only_where_chains_disagree(full):
    assert rank_figures(full) == ()
    table = full.frame.assign(r_hat=[1.0, 1.2, 1.0])
    (picture,) = rank_figures(replace(full, frame=table))
    assert "rank of sigma" in picture.svg
    assert "rank of mu" not in picture.svg
