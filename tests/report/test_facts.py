"""The numbers of a report as plain values."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_json import to_json


def test_the_json_holds_the_same_numbers(hits, hits_data):
    facts = json.loads(to_json(build_report(hits, pictures=False)))
    row = hits.to_frame().loc["b"]
    assert facts["power_scaling"]["scalars"]["b"]["prior"] == row["psense_prior"]
    assert facts["loo"]["elpd"] == hits.loo().elpd
    (checked,) = facts["predictive"]
    assert (checked["outcome"], checked["observations"]) == ("hits", 30)
    assert checked["statistics"]["mean"]["observed"] == pytest.approx(np.mean(hits_data["hits"]))
    assert facts["searches"]["MLE"]["basins"][0]["values"]["b"] == pytest.approx(
        hits.to_frame().loc["b", "mle"], rel=1e-6
    )
