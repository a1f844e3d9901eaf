from __future__ import annotations

import bayeswrap as bw
from bayeswrap import studies


def test_a_study_prints_its_table_and_its_finding():
    study = studies.product_and_log_sum([-1.0, -2.0])
    lines = str(study).splitlines()
    assert lines[0] == study.title
    assert lines[1].split() == ["n", "log_density", "product", "log_product", "log_sum"]
    assert lines[-1] == study.finding


def test_the_frame_is_a_copy():
    study = studies.product_and_log_sum([-1.0, -2.0])
    frame = study.to_frame()
    frame.loc[0, "log_sum"] = 0.0
    assert study.table["log_sum"][0] == -1.0


def test_studies_keep_the_records_of_their_estimates():
    coin = bw.Model(
        bw.library["beta_binomial"].program, {"n": 5, "y": 2, "a": 1, "b": 1}, engine="stanli"
    )
    study = studies.prior_weight_path(coin, [0, 1], seed=7)
    assert [record.seed for record in study.records] == [7, 7]
