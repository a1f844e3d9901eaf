"""Each section as text against a golden file, so that a change of words is seen."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bayeswrap.estimates.results.census import Basin, Census
from bayeswrap.estimates.results.status import Status
from bayeswrap.report.build import build_report
from bayeswrap.report.sections.loo_tables import LooSummary, leave_one_out_tables
from bayeswrap.report.sections.power_scaling_tables import sensitivity_table
from bayeswrap.report.sections.predictive_tables import predictive_tables
from bayeswrap.report.sections.search_tables import census_tables
from bayeswrap.verdicts.predictive_checks import Prediction

if TYPE_CHECKING:
    from bayeswrap.report.document.parts import Section, Table

GOLDEN = Path(__file__).parent / "golden"
WHOLE = (
    "estimates",
    "intervals",
    "derived",
    "theory",
    "program",
    "sampler",
    "methods",
    "citations",
    "record",
)


def lines_of_table(table: Table) -> list[str]:
    heads = [f"{c.group} {c.head} {c.below}" for c in table.columns]
    rows = [
        [f"{r.name} {r.below}", *(f"{c.text} {c.below} {c.hint}" for c in r.cells)]
        for r in table.rows
    ]
    cells = [[f"{table.stub.head} {table.stub.below}", *heads], *rows]
    lines = [" | ".join(" ".join(c.split()) for c in row) for row in cells]
    legend = [f"{heads}: {meaning}" for heads, meaning in table.legend]
    return [f"# {table.caption}", *lines, *table.notes, *legend]


def lines_of(section: Section) -> list[str]:
    facts = [f"{f.name}: {f.text}" for f in section.facts]
    code = [f"{c.number} [{c.role}] {c.text} ({c.why})" for c in section.code]
    tables = [line for table in section.tables for line in lines_of_table(table)]
    return [section.title, *section.text, *facts, *tables, *code]


def compare_with_golden(name: str, lines: list[str]) -> None:
    golden = GOLDEN / f"{name}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("BAYESWRAP_REGENERATE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", WHOLE)
def test_a_section_has_the_words_of_its_golden_file(plain, key):
    compare_with_golden(key, lines_of(next(s for s in plain.every_section if s.key == key)))


def test_estimates_that_do_not_exist_have_the_words_of_their_golden_file(shapes):
    report = build_report(shapes("only missing"), pictures=False)
    compare_with_golden(
        "missing", lines_of(next(s for s in report.every_section if s.key == "missing"))
    )


def test_power_scaling_has_the_words_of_its_golden_file(full):
    table = full.frame.assign(
        prior_share=[0.01, 0.7, np.nan],
        psense_prior=[0.01, 0.2, np.nan],
        psense_likelihood=[0.1, 0.02, np.nan],
    )
    compare_with_golden("prior", lines_of_table(sensitivity_table(replace(full, frame=table))))


def test_leave_one_out_has_the_words_of_its_golden_file():
    loo = LooSummary(
        elpd=-20.25,
        se=2.5,
        p=1.5,
        observations=40,
        limit=0.7,
        good=37,
        bad=2,
        very_bad=1,
        notes=("line 3 is one number",),
        doubts=("R-hat is 1.2",),
    )
    tables = leave_one_out_tables(loo, 2)
    compare_with_golden("loo", [line for t in tables for line in lines_of_table(t)])


def test_predictive_checks_have_the_words_of_their_golden_file():
    # replications on a grid of quarters: the quantiles are exact
    replicated = np.arange(200)[:, np.newaxis] / 4.0 + np.arange(10)
    prediction = Prediction(
        name="y_rep", outcome="y", observed=25.0 + np.arange(10), posterior=replicated, prior=None
    )
    (table,) = predictive_tables((prediction,))
    compare_with_golden("predictive", lines_of_table(table))


def test_searches_have_the_words_of_their_golden_file(full):
    ends = (
        (Status.CONVERGED, -103.75, 6, 0.0, (-0.52, 1.31)),
        (Status.CONVERGED, -105.5, 3, 4.2, (0.7, 2.0)),
        (Status.NOT_CONVERGED, -110.0, 1, np.nan, (3.0, 9.0)),
    )
    census = Census(
        names=("mu", "sigma"),
        basins=tuple(
            Basin(
                status=status,
                log_density=value,
                hits=hits,
                distance=distance,
                relabelled=0,
                values=np.array(values),
            )
            for status, value, hits, distance, values in ends
        ),
        starts=10,
        failed=0,
    )
    (table,) = census_tables(replace(full, censuses={"MLE": census}))
    compare_with_golden("searches", lines_of_table(table))
