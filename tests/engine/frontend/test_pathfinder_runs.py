"""Pathfinder of the front end: the files of its paths, and what cmdstanpy makes of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import cmdstanpy
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[1] / "gold_cmdstan"
FOLDER = GOLD / "beta_binomial_7_of_10"
COLUMNS = "lp_approx__,lp__,path__,theta"

Result = subprocess.CompletedProcess[str]
Files = dict[str, np.ndarray]


@pytest.fixture
def call(gold_executable: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Result]:
    """Run Pathfinder on the beta-binomial program."""
    program = gold_executable("beta_binomial_7_of_10")

    def run(words: str) -> Result:
        rest = f"data file={FOLDER / 'data.json'} random seed=3 output refresh=0"
        return subprocess.run(
            [str(program), "pathfinder", *words.split(), *rest.split()],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def pathfinder(call: Callable[[str], Result], tmp_path: Path) -> Callable[[str], Files]:
    """Return the numbers of each CSV file of a run."""

    def run(words: str) -> Files:
        done = call(words)
        assert done.returncode == 0, done.stderr
        return {path.name: numbers(path) for path in tmp_path.glob("*.csv")}

    return run


@pytest.fixture
def refusal(call: Callable[[str], Result]) -> Callable[[str], str]:
    """Return what a run says that must fail."""

    def run(words: str) -> str:
        done = call(words)
        assert done.returncode == 1, done.stderr
        return done.stderr

    return run


def numbers(path: Path) -> np.ndarray:
    head, *rows = [ln for ln in path.read_text().splitlines() if not ln.startswith("#")]
    assert head.startswith(COLUMNS)
    return np.array([[float(x) for x in row.split(",")] for row in rows])


def test_several_paths_give_as_many_draws_as_asked_for(pathfinder):
    found = pathfinder("num_paths=3 num_draws=40 num_psis_draws=70")

    assert list(found) == ["output.csv"]
    assert found["output.csv"].shape[0] == 70
    assert set(found["output.csv"][:, 2]) == {1, 2, 3}


@pytest.mark.parametrize("off", ["psis_resample=0", "calculate_lp=0"])
def test_without_resampling_all_draws_of_all_paths_are_written(pathfinder, off):
    found = pathfinder(f"num_paths=3 num_draws=40 num_elbo_draws=10 {off}")["output.csv"]

    paths, counts = np.unique(found[:, 2], return_counts=True)
    assert dict(zip(paths, counts, strict=True)) == {1: 40, 2: 40, 3: 40}
    # the draws that estimated the bound have their density anyway
    assert np.isnan(found[:, 1]).sum() == (3 * 30 if "calculate_lp" in off else 0)


def test_each_path_has_its_files_under_the_number_in_its_column(pathfinder, tmp_path):
    found = pathfinder("num_paths=2 num_draws=30 save_single_paths=1 id=5")

    assert set(found) == {"output.csv", "output_path_5.csv", "output_path_6.csv"}
    for number in (5, 6):
        assert set(found[f"output_path_{number}.csv"][:, 2]) == {number}
        iterations = json.loads((tmp_path / f"output_path_{number}.json").read_text())
        assert iterations["0"]["iter"] == 0
        assert iterations["1"]["lbfgs_success"] is True
        assert len(iterations["1"]["x_center"]) == 1
    pooled = {tuple(row) for n in (5, 6) for row in found[f"output_path_{n}.csv"]}
    assert {tuple(row) for row in found["output.csv"]} <= pooled


def test_a_single_path_saves_its_iterations(pathfinder, tmp_path):
    found = pathfinder("num_paths=1 num_draws=30 save_single_paths=1")

    assert {name: draws.shape[0] for name, draws in found.items()} == {"output.csv": 30}
    assert len(json.loads((tmp_path / "output_path_1.json").read_text())) >= 2


def test_each_path_starts_at_its_own_initial_values(pathfinder, tmp_path):
    for number, value in ((1, 0.2), (2, 0.9)):
        (tmp_path / f"init_{number}.json").write_text(json.dumps({"theta": value}))

    pathfinder("num_paths=2 save_single_paths=1 init=init.json")

    for number, value in ((1, 0.2), (2, 0.9)):
        start = json.loads((tmp_path / f"output_path_{number}.json").read_text())["0"]
        logit = np.log(value / (1 - value))
        assert start["unconstrained_parameters"] == pytest.approx([logit], rel=1e-6)


def test_a_path_that_fails_takes_no_draws_of_the_others_with_it(pathfinder, refusal, tmp_path):
    for number, value in ((1, 1.5), (2, 0.5)):  # the first is no probability
        (tmp_path / f"init_{number}.json").write_text(json.dumps({"theta": value}))
    words = "num_paths=2 num_draws=30 num_psis_draws=40 {} init=init.json"

    found = pathfinder(words.format("save_single_paths=0"))["output.csv"]

    assert found.shape[0] == 40
    assert set(found[:, 2]) == {2}
    told = refusal(words.format("save_single_paths=1"))
    assert "Error: a path failed, and with" in told


def test_no_path_at_all_is_an_error(refusal, tmp_path):
    (tmp_path / "init.json").write_text(json.dumps({"theta": 1.5}))

    several = refusal("num_paths=2 init=init.json")
    single = refusal("num_paths=1 init=init.json")

    assert "Error: method pathfinder failed: No path" in several
    assert "Error: method pathfinder failed: " in single


def test_the_draws_approximate_the_posterior(pathfinder):
    found = pathfinder("num_paths=4 num_draws=2000 num_psis_draws=4000")["output.csv"]

    # beta(9, 5): mean 9/14, sd 0.1237; the draws repeat each other, so half of them count at most
    assert found[:, 3].mean() == pytest.approx(9 / 14, abs=4 * 0.1237 / np.sqrt(2000))


def test_cmdstanpy_runs_it_and_reads_its_files(gold_executable, stan_home, monkeypatch, tmp_path):
    monkeypatch.setenv("CMDSTAN", str(stan_home))
    model = cmdstanpy.CmdStanModel(exe_file=gold_executable("beta_binomial_7_of_10"))

    fit = model.pathfinder(
        str(FOLDER / "data.json"),
        init_alpha=0.002,
        tol_obj=1e-11,
        tol_rel_obj=2e4,
        tol_grad=1e-7,
        tol_rel_grad=1e6,
        tol_param=1e-7,
        history_size=4,
        num_paths=3,
        max_lbfgs_iters=100,
        draws=50,
        num_single_draws=40,
        num_elbo_draws=20,
        seed=2,
        inits={"theta": 0.5},
        output_dir=str(tmp_path),
    )

    assert fit.column_names == ("lp_approx__", "lp__", "path__", "theta")
    assert fit.draws().shape == (50, 4)
    assert fit.is_resampled
    assert fit.create_inits(seed=1, chains=2)[1]["theta"] == pytest.approx(0.64, abs=0.5)
    assert fit.metadata.cmdstan_config["tol_rel_grad"] == 1e6
    assert fit.metadata.cmdstan_config["num_psis_draws"] == 50
