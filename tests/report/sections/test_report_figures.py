"""The figures of a report: which there are, and their words."""

from __future__ import annotations

import pytest

from bayeswrap.report.sections.report_figures import (
    estimate_figures,
    predictive_figures,
    prior_figures,
)


@pytest.mark.parametrize(
    ("case", "estimates", "priors"),
    [("edge", 2, 0), ("points only", 1, 0), ("one parameter", 2, 1)],
)
def test_a_report_has_the_figures_that_its_results_allow(shapes, case, estimates, priors):
    comparison = shapes(case)
    assert len(estimate_figures(comparison)) == estimates
    assert len(prior_figures(comparison)) == priors


def test_each_figure_has_a_caption_and_a_text_that_stands_for_it(full, hits):
    pictures = (*estimate_figures(full), *prior_figures(full), *predictive_figures(hits))
    assert len(pictures) == 4
    assert all(p.svg.startswith("<?xml") for p in pictures)
    assert all(p.caption.endswith(".") and p.alt.endswith(".") for p in pictures)
