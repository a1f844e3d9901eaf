"""Where Stan is: preference, reasons, identity."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation import home, toolchain
from bayeswrap.errors import BayeswrapWarning, UsageError

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = {
    "stan_version": "2.39.0",
    "wheel_sha256": "c1",
    "frontend_hash": "abc",
    "compiler": "g++ 12",
    "seconds": 1.0,
    "cpu_seconds": 2.0,
    "peak_megabytes": 3,
    "megabytes": 4,
}


def fake_home(path: Path, version: str = "2.38.0", *, built: bool = True) -> Path:
    (path / "bin").mkdir(parents=True)
    (path / "makefile").write_text(f"# top\nCMDSTAN_VERSION := {version}\nall:\n")
    if built:
        (path / "bin" / "stanc").write_text("#!/bin/sh\n")
        (path / "bin" / "stanc").chmod(0o755)
    return path


def fake_assembled(version: str = "2.39.0") -> Path:
    target = home.assembled_path()
    assert target is not None
    fake_home(target, version)
    (target / home.MANIFEST).write_text(json.dumps(MANIFEST))
    return target


pytestmark = pytest.mark.usefixtures("bare_machine")


def test_nothing_is_found_on_a_bare_machine() -> None:
    assert home.find_home() is None


def test_cmdstan_variable_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = fake_home(tmp_path / "mine", "2.37.0")
    fake_home(tmp_path / "user" / ".cmdstan" / "cmdstan-2.38.0")
    fake_assembled()
    monkeypatch.setenv("CMDSTAN", str(named))
    found = home.find_home()
    assert found is not None
    assert (found.path, found.kind, found.stan_version) == (named, "installed", "2.37.0")
    assert found.stanc == named / "bin" / "stanc"
    assert found.frontend_hash is None


def test_newest_installation_wins_by_number_and_release(tmp_path: Path) -> None:
    for version in ("2.9.0", "2.38.0-rc1", "2.38.0", "2.37.0"):
        fake_home(tmp_path / "user" / ".cmdstan" / f"cmdstan-{version}", version)
    found = home.find_home()
    assert found is not None
    assert found.path.name == "cmdstan-2.38.0"


@pytest.mark.parametrize(
    ("version", "built", "reason"),
    [
        ("2.35.0", True, "oldest supported one is 2.36"),
        ("2.38.0", False, "bin/stanc is not built"),
        ("unknown", True, "no makefile with CMDSTAN_VERSION"),
    ],
)
def test_unusable_installation_is_passed_over_with_its_reason(
    tmp_path: Path, version: str, *, built: bool, reason: str
) -> None:
    fake_home(tmp_path / "user" / ".cmdstan" / "cmdstan-9.0.0", version, built=built)
    good = fake_home(tmp_path / "user" / ".cmdstan" / "cmdstan-2.36.0", "2.36.0")
    first, second, _ = home.candidates()
    assert first.home is None
    assert reason in first.reason
    assert second.path == good
    found = home.find_home()
    assert found is not None
    assert found.path == good


def test_unreadable_place_is_a_reason_and_no_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMDSTAN", str(fake_home(tmp_path / "locked")))

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(toolchain, "text", refuse)
    monkeypatch.setattr(toolchain, "frontend_hash", lambda: "abc")
    assert "Permission denied" in home.candidates()[0].reason


def test_unusable_variable_warns_and_the_next_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = fake_assembled()
    monkeypatch.setenv("CMDSTAN", str(tmp_path / "gone"))
    with pytest.warns(BayeswrapWarning, match=r"CMDSTAN is passed over.*no such folder"):
        found = home.find_home()
    assert found is not None
    assert found.path == target


def test_assembled_home_carries_its_front_end() -> None:
    fake_assembled()
    found = home.find_home()
    assert found is not None
    assert (found.kind, found.frontend_hash) == ("assembled", "abc")
    assert found.identity == "assembled Stan 2.39.0; front end abc; g++ 12.2.0"
    assert found.description == "Stan 2.39.0 through bayeswrap's own front end abc."


def test_cmdstan_variable_that_names_our_home_does_not_make_it_an_installation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = fake_assembled()
    monkeypatch.setenv("CMDSTAN", str(target))
    found = home.find_home()
    assert found is not None
    assert found.kind == "assembled"
    # cmdstanpy has set the variable itself: its owner is not warned when the home has gone
    shutil.rmtree(target)
    assert home.find_home() is None


def test_environment_can_leave_installations_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMDSTAN", str(fake_home(tmp_path / "mine")))
    monkeypatch.setenv("BAYESWRAP_ENGINE", "assembled")
    assert home.find_home() is None
    monkeypatch.setenv("BAYESWRAP_ENGINE", "asembled")
    with pytest.raises(UsageError, match="BAYESWRAP_ENGINE"):
        home.find_home()


def test_half_made_home_is_none() -> None:
    (fake_assembled() / home.MANIFEST).unlink()
    assert home.find_home() is None
    assert home.candidates()[-1].reason == "it is not assembled yet"


def test_damaged_manifest_is_a_reason() -> None:
    (fake_assembled() / home.MANIFEST).write_text("{}")
    assert home.candidates()[-1].reason.startswith("it cannot be read")


def test_identity_follows_flags_but_not_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identities = []
    for name in ("a", "b", "c"):
        path = fake_home(tmp_path / name)
        if name == "c":
            (path / "make").mkdir()
            (path / "make" / "local").write_text("STAN_THREADS=true\n")
        monkeypatch.setenv("CMDSTAN", str(path))
        found = home.find_home()
        assert found is not None
        identities.append(found.identity)
    assert identities[0] == identities[1] != identities[2]


def test_new_compiler_means_a_new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.assembled_path()
    other = tmp_path / "tools" / "clang++"
    other.write_text("#!/bin/sh\necho clang 19\n")
    other.chmod(0o755)
    monkeypatch.setenv("CXX", str(other))
    after = home.assembled_path()
    assert before is not None
    assert after is not None
    assert before.parent == after.parent
    assert before != after


def test_second_search_runs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_assembled()
    first = home.find_home()

    def refuse(*_args: object, **_more: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(toolchain.subprocess, "run", refuse)
    assert home.find_home() == first
