"""What is written for Stan, and the files of a run."""

from __future__ import annotations

import gc
import json
import pickle

import numpy as np
import pytest

from bayeswrap.engine.run_files import MODE, CmdStanOutput, json_values


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
