"""The files agree digit for digit with those of CmdStan's front end on the same Stan."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[1] / "gold_cmdstan"
INPUTS = ("data.json", "init.json", "metric.json", "upars.json")
PROGRAMS = sorted(path.parent.name for path in GOLD.glob("*/commands.json"))
COMMANDS = {name: json.loads((GOLD / name / "commands.json").read_text()) for name in PROGRAMS}
# Stan's own Hessian is wrong there; ours is not
NEWTON = ("optimize_newton_j0", "optimize_newton_j1")
# the gold front end takes the rows of params_r by column
SEVERAL_POINTS = ("log_prob_unc", "log_prob_unc_j0")
COMPARED = [
    (name, run)
    for name in PROGRAMS
    for run in COMMANDS[name]
    if run not in (*NEWTON, *SEVERAL_POINTS)
]

Runs = tuple[Path, dict[str, int]]


@pytest.fixture(scope="session")
def gold_runs(
    gold_executable: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Runs]:
    """Run all commands of a program in their order, once in a session."""
    done: dict[str, Runs] = {}

    def run_all(name: str) -> Runs:
        if name not in done:
            top = tmp_path_factory.mktemp(f"gold_{name}")
            for file in INPUTS:
                shutil.copy(GOLD / name / file, top / file)
            folder = top / "runs"
            folder.mkdir()
            codes = {
                key: run(gold_executable(name), run_["args"].split(), folder)
                for key, run_ in COMMANDS[name].items()
            }
            done[name] = folder, codes
        return done[name]

    return run_all


def run(program: Path, arguments: list[str], folder: Path) -> int:
    return subprocess.run(
        [str(program), *arguments], cwd=folder, capture_output=True, check=False
    ).returncode


def numbers(path: Path) -> list[list[str]]:
    """Return all fields of all lines that are not comments."""
    lines = path.read_text().splitlines()
    return [line.split(",") for line in lines if not line.startswith("#")]


def comments(path: Path) -> list[str]:
    """Return the comments except those that depend on time."""
    lines = path.read_text().splitlines()
    timed = re.compile(r"start_datetime|seconds \(")
    return [line for line in lines if line.startswith("#") and not timed.search(line)]


def read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    content.pop("start_datetime", None)
    return content


@pytest.mark.parametrize(("name", "key"), COMPARED)
def test_files_equal_gold(name: str, key: str, gold_runs: Callable[[str], Runs]) -> None:
    folder, codes = gold_runs(name)
    expected = COMMANDS[name][key]
    assert (codes[key] == 0) == (expected["returncode"] == 0)
    assert codes[key] in (0, 1)
    for file in expected["files"]:
        if file.endswith(".json"):
            assert read_json(folder / file) == read_json(GOLD / name / file)
        else:
            assert numbers(folder / file) == numbers(GOLD / name / file)
            assert comments(folder / file) == comments(GOLD / name / file)


@pytest.mark.parametrize("key", SEVERAL_POINTS)
@pytest.mark.parametrize("name", PROGRAMS)
def test_log_prob_equals_gold_at_the_points_which_gold_took(
    name: str,
    key: str,
    gold_executable: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    points = json.loads((GOLD / name / "upars.json").read_text())["params_r"]
    by_column = [value for column in zip(*points, strict=True) for value in column]
    size = len(points[0])
    taken = [by_column[i : i + size] for i in range(0, len(by_column), size)]
    (tmp_path / "upars.json").write_text(json.dumps({"params_r": taken}))
    shutil.copy(GOLD / name / "data.json", tmp_path)
    folder = tmp_path / "runs"
    folder.mkdir()
    assert run(gold_executable(name), COMMANDS[name][key]["args"].split(), folder) == 0
    assert numbers(folder / f"{key}.csv") == numbers(GOLD / name / f"{key}.csv")


@pytest.mark.parametrize("name", PROGRAMS)
def test_log_prob_takes_each_row_as_a_point(
    name: str, gold_executable: Callable[[str], Path], tmp_path: Path
) -> None:
    points = json.loads((GOLD / name / "upars.json").read_text())["params_r"]
    data = f"data file={GOLD / name / 'data.json'} output sig_figs=18 file="
    files = [tmp_path / "all.json", *(tmp_path / f"{i}.json" for i in range(len(points)))]
    rows = []
    for file, params in zip(files, [points, *points], strict=True):
        file.write_text(json.dumps({"params_r": params}))
        csv = file.with_suffix(".csv")
        words = f"log_prob unconstrained_params={file} {data}{csv}"
        assert run(gold_executable(name), words.split(), tmp_path) == 0
        rows.append(numbers(csv)[1:])
    assert rows[0] == [row for single in rows[1:] for row in single]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("jacobian", [0, 1])
def test_newton_reaches_the_mode_that_lbfgs_reaches(
    name: str, jacobian: int, gold_runs: Callable[[str], Runs]
) -> None:
    folder, codes = gold_runs(name)
    key = f"optimize_newton_j{jacobian}"
    assert codes[key] == 0
    assert comments(folder / f"{key}.csv") == comments(GOLD / name / f"{key}.csv")
    names, mode = numbers(folder / f"{key}.csv")
    assert names == numbers(GOLD / name / f"{key}.csv")[0]
    other = numbers(GOLD / name / f"optimize_lbfgs_j{jacobian}.csv")[1]
    assert all(math.isfinite(float(value)) for value in mode)
    if name not in ("neals_funnel", "separation_complete"):  # these have no mode
        assert float(mode[0]) >= float(other[0]) - 1e-8
