"""What a report says of prior, predictions, left-out observations and searches."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_html import to_html
from bayeswrap.report.document.render_json import to_json
from bayeswrap.report.sections.assessment import assess
from bayeswrap.report.sections.loo_tables import LooSummary, leave_one_out_tables
from bayeswrap.report.sections.power_scaling_tables import sensitivity_table
from bayeswrap.report.sections.predictive_tables import predictive_tables
from bayeswrap.report.sections.search_tables import census_tables
from bayeswrap.verdicts.predictive_checks import Prediction

CODE = """
data { int N; array[N] int hits; vector[N] x; }
parameters { real a; real b; }
model { a ~ normal(0, 5); b ~ normal(0, 0.1); hits ~ bernoulli_logit(a + b * x); }
generated quantities { array[N] int hits_rep = bernoulli_logit_rng(a + b * x); }
"""
# the slope has a narrow prior against what the data say
X = np.linspace(-2, 2, 30)
DATA = {"N": 30, "x": X, "hits": (X + np.sin(40 * X) > 0).astype(int)}
SCORE = LooSummary(
    elpd=-20.0,
    se=2.0,
    p=1.5,
    observations=40,
    limit=0.7,
    good=40,
    bad=0,
    very_bad=0,
)


@pytest.fixture(scope="module")
def comparison():
    model = bw.Model(bw.Program.from_string(CODE, name="hits"), DATA, engine="stanli")
    draws = (model.sample(seed=1), model.prior(seed=1))
    return bw.compare(model.mle(seed=1), model.map(seed=1), *draws, starts=3)


@pytest.fixture(scope="module")
def report(comparison):
    return build_report(comparison)


def section(report, key):
    return next(s for s in report.sections if s.key == key)


def test_a_page_has_what_the_program_allows(report):
    keys = [s.key for s in report.sections]
    at = keys.index("figures")
    assert keys[at + 1 : at + 6] == ["prior", "predictive", "loo", "checks", "searches"]
    assert [len(section(report, k).pictures) for k in ("prior", "predictive", "loo")] == [1, 1, 0]
    assert any("Kallioinen" in text for text in section(report, "citations").text)
    assert {f.name: f.text for f in report.about}["data"] == "30 observations"


def test_points_alone_have_none_of_it(shapes):
    keys = {s.key for s in build_report(shapes("points only"), pictures=False).sections}
    assert keys.isdisjoint({"prior", "predictive", "loo", "searches"})


def test_a_narrow_prior_against_the_data_is_prior_sensitive(comparison):
    table = sensitivity_table(comparison)
    words = {row.name: row.cells[-1].text for row in table.rows}
    assert "prior" in words["b"]
    assert words["a"] == "sensitive to the data"
    assert table.notes[0].startswith("1 of 2 parameters is prior-sensitive")


def test_a_long_table_of_sensitivities_shows_the_largest(shapes):
    comparison = shapes("thirty parameters")
    felt = np.arange(30) / 1000
    table = comparison.table.assign(psense_prior=felt, psense_likelihood=0.2)
    found = sensitivity_table(dataclasses.replace(comparison, table=table))
    assert [r.name for r in found.rows][:2] == ["beta[30]", "beta[29]"]
    assert len(found.rows) == 12
    assert "12 of 30" in found.notes[1]


def test_the_score_is_that_of_the_comparison(comparison):
    found = assess(comparison).loo
    score = comparison.loo()
    assert (found.elpd, found.se, found.p) == (score.elpd, score.se, score.p)
    assert found.good + found.bad + found.very_bad == found.observations == 30


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "Importance sampling is reliable for every observation."),
        ({"good": 39, "bad": 1}, "1 of 40 observations is too influential"),
        ({"good": 37, "bad": 1, "very_bad": 2}, "3 of 40 observations are too influential"),
        ({"doubts": ("R-hat is 1.2",)}, "The draws are in doubt: R-hat is 1.2."),
        ({"notes": ("line 3 is one number",)}, "Line 3 is one number."),
    ],
)
def test_how_far_the_score_can_be_trusted(changes, note):
    _, trust = leave_one_out_tables(dataclasses.replace(SCORE, **changes), 2)
    assert any(text.startswith(note) for text in trust.notes)


def test_draws_in_doubt_are_not_called_reliable():
    _, trust = leave_one_out_tables(dataclasses.replace(SCORE, doubts=("R-hat is 1.2",)), 2)
    assert not any("reliable" in text for text in trust.notes)


def test_a_statistic_that_is_not_reproduced_stands_out():
    replicated = np.random.default_rng(1).normal(0, 1, (500, 40))
    data = Prediction(
        name="y_rep", outcome="y", observed=3 * replicated[0], posterior=replicated, prior=None
    )
    (table,) = predictive_tables((data,))
    tones = {row.name: row.cells[3].tone for row in table.rows}
    assert tones["sd"] == "bad"
    assert tones["mean"] == ""


def test_each_search_has_a_table_of_its_ends(comparison):
    tables = census_tables(comparison)
    assert [t.caption for t in tables] == [
        "MLE: search from 3 starts",
        "MAP (constrained scale): search from 3 starts",
    ]
    (mode,) = tables[0].rows
    assert (mode.name, mode.cells[1].text) == ("mode 1", "3")
    # the digits that its uncertainty allows
    assert float(mode.cells[4].text) == pytest.approx(
        comparison.to_frame().loc["b", "mle"], abs=0.005
    )
    assert mode.cells[3].text == "0.00"


def test_columns_are_explained_once_below_the_last_of_several_tables(comparison):
    told = [len(t.legend) for t in census_tables(comparison)]
    assert told == [0, 2]


def test_whole_observations_have_no_decimals():
    counts = np.random.default_rng(1).poisson(400, (300, 20)).astype(float)
    data = Prediction(name="n_rep", outcome="n", observed=counts[0], posterior=counts, prior=None)
    (table,) = predictive_tables((data,))
    texts = {row.name: row.cells[0].text for row in table.rows}
    assert texts["smallest"] == f"{counts[0].min():.0f}"
    assert "." in texts["mean"]


def test_a_search_that_found_one_mode_is_folded_away(comparison, report):
    assert section(report, "searches").folded
    census = comparison.censuses["MLE"]
    twice = dataclasses.replace(census, basins=census.basins * 2)
    found = dataclasses.replace(comparison, censuses={"MLE": twice})
    assert not section(build_report(found, pictures=False), "searches").folded


def test_the_json_holds_the_same_numbers(comparison):
    facts = json.loads(to_json(build_report(comparison, pictures=False)))
    row = comparison.to_frame().loc["b"]
    assert facts["power_scaling"]["scalars"]["b"]["prior"] == row["psense_prior"]
    assert facts["loo"]["elpd"] == comparison.loo().elpd
    (checked,) = facts["predictive"]
    assert (checked["outcome"], checked["observations"]) == ("hits", 30)
    assert checked["statistics"]["mean"]["observed"] == pytest.approx(np.mean(DATA["hits"]))
    assert facts["searches"]["MLE"]["basins"][0]["values"]["b"] == pytest.approx(
        comparison.to_frame().loc["b", "mle"], rel=1e-6
    )


def test_the_page_holds_no_address_to_fetch(report):
    page = to_html(report)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("data:image/svg+xml") == 4


def test_a_comparison_keeps_its_searches_and_sensitivities_in_a_file(comparison, tmp_path):
    bw.save(comparison, tmp_path / "comparison")
    report = build_report(bw.load(tmp_path / "comparison"), pictures=False)
    keys = {s.key for s in report.sections}
    assert {"prior", "searches"} <= keys
    # the data are not in the file
    assert keys.isdisjoint({"predictive", "loo"})
