"""Saving and loading results whole."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap import storage
from bayeswrap.errors import EstimandError, ResultFileError, UsageError

SAVED = sorted((Path(__file__).parent / "gold" / "saved").glob("*.bw"))
FORMER_CLASSES = {"Rung": "Attempt"}
FORMER_FIELDS = {"rungs": "attempts", "table": "frame"}


@pytest.fixture(scope="module")
def results(library_model):
    model = library_model("beta_binomial")
    made = [
        model.mle(seed=1),
        model.map(seed=1),
        model.laplace(seed=1, draws=50),
        model.sample(seed=1, iter_warmup=200, iter_sampling=50, show_progress=False),
    ]
    return [*made, bw.compare(*made)]


def test_every_kind_survives(results, tmp_path):
    for result in results:
        again = bw.load(bw.save(result, tmp_path / "r.bw"))

        assert type(again) is type(result)
        assert str(again) == str(result)


def test_numbers_survive_to_the_last_bit(results, tmp_path):
    mle, posterior = results[0], results[3]

    np.testing.assert_array_equal(bw.load(bw.save(mle, tmp_path / "m.bw")).values, mle.values)
    again = bw.load(bw.save(posterior, tmp_path / "p.bw"))
    np.testing.assert_array_equal(again.draws, posterior.draws)
    pd.testing.assert_frame_equal(again.to_frame(), posterior.to_frame())


def test_the_raw_fit_survives(results, tmp_path):
    posterior = results[3]

    again = bw.load(bw.save(posterior, tmp_path / "p.bw"))

    np.testing.assert_array_equal(again.cmdstan_fit.draws(), posterior.cmdstan_fit.draws())


def test_a_loaded_estimate_has_its_density_where_it_is_asked_for(results, tmp_path):
    path = bw.save(results[0], tmp_path / "m.bw")

    with pytest.raises(EstimandError, match="density=True"):
        bw.load(path).profile("theta")
    assert bw.load(path, density=True).profile("theta").lower == results[0].profile("theta").lower


def test_the_record_survives(results, tmp_path):
    again = bw.load(bw.save(results[4], tmp_path / "c.bw"))

    assert again.record == results[4].record
    assert again.verdict.flags == results[4].verdict.flags


def test_a_file_holds_no_code(results, tmp_path):
    path = bw.save(results[4], tmp_path / "c.bw")

    with zipfile.ZipFile(path) as archive:
        assert not [n for n in archive.namelist() if n.endswith((".pkl", ".pickle", ".py"))]


def test_a_failed_save_leaves_the_old_file(results, tmp_path, monkeypatch):
    path = bw.save(results[0], tmp_path / "r.bw")
    before = path.read_bytes()
    monkeypatch.setattr(zipfile.ZipFile, "writestr", lambda *_: (_ for _ in ()).throw(OSError(28)))

    with pytest.raises(OSError, match="28"):
        bw.save(results[3], path)

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["r.bw"]


def test_not_a_result(tmp_path):
    with pytest.raises(UsageError, match="not a result"):
        bw.save("text", tmp_path / "r.bw")


def test_missing_folder(results, tmp_path):
    with pytest.raises(UsageError, match="folder does not exist"):
        bw.save(results[0], tmp_path / "no" / "r.bw")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_not_a_saved_result(tmp_path, content):
    path = tmp_path / "x.bw"
    path.write_bytes(content)

    with pytest.raises(ResultFileError, match="no saved result"):
        bw.load(path)


def test_a_file_of_a_later_format_is_refused_with_its_format(results, tmp_path):
    path = bw.save(results[0], tmp_path / "r.bw")
    with zipfile.ZipFile(path) as archive:
        head = json.loads(archive.read("result.json"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("result.json", json.dumps(head | {"format": "bayeswrap-result-99"}))

    with pytest.raises(ResultFileError, match="result-99"):
        bw.load(path)


def test_a_file_with_a_field_that_no_version_had_is_refused(tmp_path):
    tree = {"~": "value", "of": "LogParts", "fields": {"surplus": 1.0}}
    path = tmp_path / "r.bw"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("result.json", json.dumps({"format": storage._FORMAT, "result": tree}))

    with pytest.raises(ResultFileError, match="surplus"):
        bw.load(path)


def test_missing_file(tmp_path):
    with pytest.raises(ResultFileError, match="no saved result"):
        bw.load(tmp_path / "no.bw")


def assert_holds(value, tree, archive):
    """Compare a value with what its file says, read without the package."""
    if not isinstance(tree, dict):
        assert value == tree
    elif tree["~"] == "value":
        assert type(value).__name__ == FORMER_CLASSES.get(tree["of"], tree["of"])
        for name, field in tree["fields"].items():
            assert_holds(getattr(value, FORMER_FIELDS.get(name, name)), field, archive)
    elif tree["~"] == "enum":
        assert (type(value).__name__, value.name) == (tree["of"], tree["name"])
    elif tree["~"] == "float":
        assert repr(float(value)) == tree["text"]
    elif tree["~"] == "array":
        expected = np.load(io.BytesIO(archive.read(tree["member"])))
        np.testing.assert_array_equal(value, expected, strict=True)
    else:
        assert_contains(value, tree, archive)


def assert_contains(value, tree, archive):
    """Compare a container, a table or the files of a run with what the file says."""
    if tree["~"] == "dict":
        assert list(value) == [key for key, _ in tree["items"]]
        parts = [(value[key], item) for key, item in tree["items"]]
    elif tree["~"] == "frame":
        assert list(value.index) == tree["index"]
        assert list(value.columns) == [name for name, _ in tree["columns"]]
        columns = [(value[name], column) for name, column in tree["columns"]]
        parts = [(list(v) if isinstance(c, list) else v.to_numpy(), c) for v, c in columns]
    elif tree["~"] == "output":
        assert value.contents().keys() == tree["files"].keys()
        parts = [(value.command, tree["state"]["command"])]
    elif tree["~"] == "frozenset":
        parts = list(zip(sorted(value), sorted(tree["items"]), strict=True))
    else:
        parts = list(zip(value, tree["items"], strict=True))
    for part, item in parts:
        assert_holds(part, item, archive)


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_files_of_the_former_version_load_as_they_say(path):
    value = bw.load(path)

    assert str(value)
    with zipfile.ZipFile(path) as archive:
        head = json.loads(archive.read("result.json"))
        assert_holds(value, head["result"], archive)


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_files_of_the_former_version_survive_being_saved_again(path, tmp_path):
    value = bw.load(path)

    assert str(bw.load(bw.save(value, tmp_path / "again.bw"))) == str(value)


def test_every_class_that_can_be_saved_has_a_file():
    stored = set()
    for path in SAVED:
        with zipfile.ZipFile(path) as archive:
            stored.add(json.loads(archive.read("result.json"))["result"]["of"])

    # format 1 kept the results of a comparison without their lineup, and labels as a plain dict
    newer = {"Lineup", "Labels"}
    assert {FORMER_CLASSES.get(name, name) for name in stored} == set(storage._CLASSES) - newer


def test_labels_are_kept(tmp_path):
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [0.0, 1.0, 1.0], "y": [0.5, 1.0, 2.0]})
    program = bw.Program.from_string(
        "data { int N; int K; matrix[N, K] X; vector[N] y; } parameters { vector[K] beta; }"
        "model { y ~ normal(X * beta, 1); }",
        name="t",
    )
    mle = bw.Model(program, frame, engine="stanli", X=["a", "b"]).mle()
    again = bw.load(bw.save(mle, tmp_path / "mle.bw"))

    assert again.labels == {"beta[1]": "beta[a]", "beta[2]": "beta[b]"}
    assert again.labels.elements == {"beta": (("a", "b"),)}


def test_the_number_derived_from_an_estimate_prints_after_loading():
    derived = bw.load(Path(__file__).parent / "gold" / "saved" / "derived.bw")

    assert derived.interval == (derived.lower, derived.upper)
    assert derived.to_frame().loc[derived.name, "ci_lower"] == derived.lower


def test_a_comparison_keeps_one_lineup(results):
    comparison = results[4]

    assert comparison.lineup is comparison.lineup
    assert comparison.results is comparison.lineup.results
    assert comparison.has_prior


def test_an_interrupted_save_leaves_the_old_file(results, tmp_path, monkeypatch):
    path = bw.save(results[0], tmp_path / "r.bw")
    before = path.read_bytes()

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "writestr", interrupt)
    with pytest.raises(KeyboardInterrupt):
        bw.save(results[3], path)

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["r.bw"]
