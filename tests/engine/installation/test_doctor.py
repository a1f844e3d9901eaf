from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT

from bayeswrap.engine.installation import doctor, machine, toolchain, wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = ROOT / "pyproject.toml"


def by_name() -> Mapping[str, doctor.Finding]:
    return {finding.name: finding for finding in doctor.examine()}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CMDSTAN", raising=False)
    monkeypatch.setattr(wheel, "find_pip", lambda: ("pip",))


def test_every_part_is_examined(tmp_path: Path) -> None:
    found = by_name()
    names = {"Python", "package numpy", "make", "C++ compiler", "Stan", "stanli loads"}
    assert names | {"pip (to fetch Stan)", "disk space", "environment"} <= found.keys()
    assert f"BAYESWRAP_HOME={tmp_path}" in found["environment"].state
    assert all(finding.ok or finding.do for finding in found.values())


def test_required_packages_are_those_of_the_project() -> None:
    required = tomllib.loads(PROJECT.read_text())["project"]["dependencies"]
    pattern = re.compile(r"([a-z0-9-]+)(?:\[.*\])?>=([\d.]+)")
    said = dict(m.groups() for text in required if (m := pattern.match(text)))
    assert said == doctor.REQUIRED


def test_old_and_missing_packages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "REQUIRED", {"pytest": "1000", "no-such-package": "1"})
    old, missing = doctor._packages()
    assert (old.ok, old.do) == (False, "pip install 'pytest>=1000'")
    assert (missing.ok, missing.state) == (False, "not installed")


def test_missing_compiler_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "find_compiler", lambda: None)
    found = by_name()["C++ compiler"]
    assert not found.ok
    assert found.do == machine.how_to_install_compilers()


def test_named_home_that_is_unusable_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CMDSTAN", str(tmp_path / "gone"))
    found = by_name()["home ($CMDSTAN)"]
    assert not found.ok
    assert "no such folder" in found.state


def test_check_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAYESWRAP_ENGINE", "nonsense")
    found = by_name()["Stan"]
    assert not found.ok
    assert "BAYESWRAP_ENGINE" in found.state


def test_stanli_that_does_not_load_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = subprocess.CompletedProcess([], 1, stdout="", stderr="ImportError: no libstan")
    monkeypatch.setattr(doctor.subprocess, "run", lambda *_a, **_k: broken)
    (found,) = doctor._stanli()
    assert (found.ok, found.state) == (False, "ImportError: no libstan")


def test_rendering_shows_faults_with_their_remedy() -> None:
    text = doctor.render(
        [
            doctor.Finding(name="make", ok=True, state="/usr/bin/make"),
            doctor.Finding(name="compiler", ok=False, state="not found", do="install g++"),
        ]
    )
    assert text.splitlines() == [
        "ok    make      /usr/bin/make",
        "FAIL  compiler  not found",
        "                do: install g++",
    ]
    assert doctor.render([]) == ""


def test_doctor_imports_nothing_heavy() -> None:
    # the package's own __init__ imports everything: a bare stand-in shows the module alone
    code = (
        "import sys, types\n"
        "package = types.ModuleType('bayeswrap')\n"
        f"package.__path__ = [{str(Path(doctor.__file__).parents[2])!r}]\n"
        "sys.modules['bayeswrap'] = package\n"
        "import bayeswrap.engine.installation.doctor\n"
        "print(sorted({'numpy', 'pandas', 'cmdstanpy', 'stanli', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
