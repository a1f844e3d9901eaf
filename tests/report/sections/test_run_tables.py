"""The runs behind a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bayeswrap.report.sections.run_tables import (
    engine_name,
    record_facts,
    runs_table,
    without_folders,
)
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
    assert facts["command of MLE"] == "normal_model mle"


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("/home/a/b/logit sample data file=/tmp/x/d.json", "logit sample data file=d.json"),
        (r"C:\Users\a\logit.exe output file=C:\t\o.csv", "logit.exe output file=o.csv"),
        ("~/models/logit optimize tol_obj=1e-12", "logit optimize tol_obj=1e-12"),
        ("logit num_threads=4 method=sample", "logit num_threads=4 method=sample"),
    ],
)
def test_a_command_names_no_folder_of_the_machine(command, shown):
    assert without_folders(command) == shown


def test_an_engine_is_a_noun_phrase(full):
    record = full.record
    inside = "evaluated by stanli, in process"
    for engine in (inside, f"{inside}; searched in process by stanli"):
        assert engine_name(replace(record, engine=engine)) == "stanli, in process"
