"""What is written for Stan, and the files of a run."""

from __future__ import annotations

import gc
import json
import pickle

import numpy as np
import pytest

from bayeswrap.engine.run_files import (
    MODE,
    CmdStanOutput,
    iterations_made,
    iterations_wanted,
    json_values,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2),
        (np.float64(0.1), 0.1),
        (np.array(3.5), 3.5),
        ([1, 2], [1, 2]),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]]),
        (np.empty((2, 0)), [[], []]),
    ],
)
def test_values_become_what_json_holds(value, expected):
    text = json.dumps(json_values({"x": value}))

    assert json.loads(text) == {"x": expected}


def test_numbers_keep_their_last_bit():
    numbers = np.array([0.1, 1 / 3, 1e-308, np.pi])

    again = json.loads(json.dumps(json_values({"x": numbers})))["x"]

    np.testing.assert_array_equal(again, numbers)


def test_no_values_are_an_empty_object():
    assert json_values({}) == {}


def test_the_folder_goes_with_the_last_reference():
    output = CmdStanOutput("m")
    folder = output.folder
    assert folder.is_dir()

    del output
    gc.collect()

    assert not folder.exists()


def test_the_files_of_chains_are_in_order_and_the_mode_is_none_of_them():
    output = CmdStanOutput("m")
    for name in ("m_2.csv", "m_1.csv", MODE, "m_1-stdout.txt"):
        (output.folder / name).write_text(name)

    assert [path.name for path in output.paths()] == ["m_1.csv", "m_2.csv"]
    assert output.contents()[MODE] == MODE.encode()


def test_pickled_files_name_each_other_by_their_new_places():
    output = CmdStanOutput("m")
    output.command = "m sample"
    (output.folder / "m_1.csv").write_text(f"# file = {output.folder}/m_1.csv\n")

    again = pickle.loads(pickle.dumps(output))

    assert again.folder != output.folder
    assert again.command == "m sample"
    assert again.fit is None
    assert again.paths()[0].read_text() == f"# file = {again.folder}/m_1.csv\n"


def test_iterations_of_all_chains_are_counted_while_they_write(tmp_path):
    assert iterations_made(tmp_path) == 0
    (tmp_path / "coin-1-stdout.txt").write_text("method = sample\n", encoding="utf-8")
    many = "".join(f"Iteration: {i:4d} / 2000 [  5%]  (Warmup)\n" for i in (1, 100, 200))
    (tmp_path / "coin-2-stdout.txt").write_text("\n" * 5000 + many, encoding="utf-8")
    (tmp_path / "coin-3-stdout.txt").write_text(many + "Iteration:  3", encoding="utf-8")
    assert iterations_made(tmp_path) == 400


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ({"chains": 4, "iter_warmup": 1000, "iter_sampling": 500}, 6000),
        ({"chains": 4, "iter_sampling": 500}, None),
    ],
)
def test_iterations_of_a_run_are_known_before(options, total):
    assert iterations_wanted(options) == total
