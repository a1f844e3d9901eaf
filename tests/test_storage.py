"""Saving and loading results whole."""

from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.errors import ResultFileError, UsageError


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


def test_missing_file(tmp_path):
    with pytest.raises(ResultFileError, match="no saved result"):
        bw.load(tmp_path / "no.bw")
