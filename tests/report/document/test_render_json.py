"""The JSON object: valid for any parser, complete, numbers to the last digit."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_json import to_json


def refuse(constant):
    pytest.fail(f"{constant} is not JSON")


def parsed(comparison):
    return json.loads(to_json(build_report(comparison, pictures=False)), parse_constant=refuse)


@pytest.mark.parametrize("case", ["edge", "lost", "still", "only missing", "points only"])
def test_any_comparison_is_valid_json(shapes, case):
    assert parsed(shapes(case))["format"] == "bayeswrap-report/1"


def test_a_null_is_explained_by_its_path(shapes):
    found = parsed(shapes("lost"))
    assert found["results"][0]["log_densities"]["likelihood"] is None
    paths = found["not_finite"]["paths"]
    assert paths["/results/0/log_densities/likelihood"] == "Infinity"
    assert paths["/results/0/log_densities/prior"] == "NaN"


def test_the_numbers_are_whole(full):
    found = parsed(full)
    mle, *_ = found["results"]
    values = {n: row["estimate"] for n, row in mle["scalars"].items()}
    expected = full.lineup.mle.to_frame(derived=True)["estimate"].to_dict()
    assert values == expected
    table = full.to_frame()
    for name, row in found["table"].items():
        if name in table.index:
            np.testing.assert_equal(row["posterior_mean"], table.loc[name, "posterior_mean"])


def test_everything_is_there(full):
    found = parsed(full)
    assert found["program"]["source"] == full.record.program
    assert found["program"]["sha256"] == full.record.program_hash
    assert [s["role"] for s in found["program"]["statements"]] == ["prior", "prior", "likelihood"]
    assert found["data"]["sha256"] == full.record.data_hash
    assert found["verdict"]["summary"] == full.verdict.summary
    assert len(found["checks"]) == len(full.verdict.checks)
    assert found["diagnostics"]["ess_min"] == 812.0
    kinds = [r["kind"] for r in found["results"]]
    assert kinds == [*["point_estimate"] * 3, "approximation", "posterior", "prior"]
    intervals = [r["interval"] for r in found["results"]]
    assert intervals[0] == "confidence (Wald)"
    assert set(intervals[1:4]) == {"approximate"}
    assert "r_hat" not in found["results"][3]["scalars"]["mu"]
    assert found["results"][4]["run"]["seed"] == 7
