"""The runs behind a report."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.sections.run_tables import record_facts, runs_table
from bayeswrap.verdicts.lineup import Lineup


def test_each_result_is_a_row_with_its_seed_options_and_time(full):
    rows = {row.name: [c.text for c in row.cells] for row in runs_table(full).rows}
    assert len(rows) == len(full.results)
    assert rows["MLE"] == ["7", "jacobian=False", "0.50", "2026-01-02T03:04:05"]


def test_a_run_without_seed_or_options_has_none(full):
    first = full.results[0]
    bare = replace(first, record=replace(first.record, seed=None, options={"starts": None}))
    row = runs_table(replace(full, lineup=Lineup((bare,)))).rows[0]
    assert [c.text for c in row.cells][:2] == ["\N{EM DASH}", ""]


def test_the_facts_name_hashes_versions_and_commands(full):
    facts = {fact.name: fact.text for fact in record_facts(full)}
    assert facts["program, SHA-256"] == full.record.program_hash
    assert "bayeswrap 0.1.0" in facts["versions"]
    assert facts["command of MLE"].endswith("normal_model mle")
