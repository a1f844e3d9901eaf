"""Runs made elsewhere, read from the CSV files of real runs."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from fixtures.folders import GOLD

from bayeswrap.engine.foreign_runs import ForeignRun, read_foreign
from bayeswrap.errors import AdoptionError

RUNS = GOLD / "cmdstan" / "beta_binomial_7_of_10"
CHAINS = [RUNS / "sample_2chains_2.csv", RUNS / "sample_2chains_3.csv"]


def column(path, name):
    lines = [ln for ln in path.read_text().splitlines() if ln and not ln.startswith("#")]
    at = lines[0].split(",").index(name)
    return np.array([float(line.split(",")[at]) for line in lines[1:]])


def test_chains_stand_in_the_order_of_the_files():
    run = read_foreign(CHAINS, "coin")

    assert run.method == "sample"
    assert run.table.names == ("theta",)
    for i, path in enumerate(CHAINS):
        np.testing.assert_array_equal(run.table.draws[i, :, 0], column(path, "theta"))
        np.testing.assert_array_equal(run.table.method_column("lp__")[i], column(path, "lp__"))


def test_an_optimum_is_one_draw_of_one_chain():
    run = read_foreign(str(RUNS / "optimize_lbfgs_j0.csv"), "coin")

    assert run.method == "optimize"
    assert run.table.draws.shape == (1, 1, 1)
    assert run.table.draws.item() == column(RUNS / "optimize_lbfgs_j0.csv", "theta")[0]


def test_settings_are_those_of_the_files():
    run = read_foreign(CHAINS, "coin")

    assert run.number("seed", 0) == 20391
    assert run.number("no_such_setting", 7) == 7
    assert run.digits == 18
    assert run.engine.startswith("adopted from a run of CmdStan 2.39.0")


@pytest.mark.parametrize(
    ("settings", "digits"), [({}, 6), ({"sig_figs": -1}, 6), ({"sig_figs": 9}, 9)]
)
def test_files_that_state_no_digits_have_those_of_cmdstan(settings, digits):
    run = ForeignRun(method="sample", table=None, settings=settings, output=None)

    assert run.digits == digits


def test_files_are_copied_under_the_name_of_the_model(tmp_path):
    path = shutil.copy(CHAINS[0], tmp_path / "elsewhere.csv")

    run = read_foreign(path, "coin")

    assert [p.name for p in run.output.paths()] == ["coin-0001.csv"]
    assert run.output.paths()[0].read_bytes() == CHAINS[0].read_bytes()
    assert run.table.output is run.output
    assert run.output.command.startswith("adopted: ")


@pytest.mark.parametrize(
    ("fit", "message"),
    [
        (None, "not a fit of CmdStan"),
        ([], "not a fit of CmdStan"),
        ("nothing.csv", "do not exist"),
        (RUNS / "pathfinder_4.csv", "cannot be adopted"),
    ],
)
def test_what_is_no_run_is_refused(fit, message):
    with pytest.raises(AdoptionError, match=message):
        read_foreign(fit, "coin")
