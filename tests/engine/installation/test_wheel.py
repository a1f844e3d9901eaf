from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation import wheel
from bayeswrap.errors import EngineBuildError

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = {
    "httpstan/stanc": "#!/bin/sh\n",
    "httpstan/include/stan/version.hpp": "#define STAN_MAJOR 2\n",
    "httpstan/include/stan_sundials_printf_override.hpp": "",
    "httpstan/include/pybind11/pybind11.h": "",
    "httpstan/include/../../evil.hpp": "",
    "httpstan/lib/libtbb.so.2": "",
    "httpstan/stan_services.o": "",
    "httpstan/models.py": "",
    "httpstan-4.17.0.dist-info/METADATA": "",
}


def fake_wheel(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(autouse=True)
def pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> wheel.PinnedWheel:
    monkeypatch.delenv(wheel.WHEEL_VARIABLE, raising=False)
    content = fake_wheel(tmp_path / "model.whl", MEMBERS).read_bytes()
    made = wheel.PinnedWheel(
        version="4.17.0",
        stan_version="2.39.0",
        tag="manylinux2014_x86_64",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    monkeypatch.setattr(wheel, "for_platform", lambda: made)
    return made


def fake_pip(folder: Path, script: str) -> tuple[str, ...]:
    path = folder / "pip.py"
    path.write_text(script)
    return (sys.executable, str(path))


def test_only_what_stan_needs_is_unpacked(tmp_path: Path) -> None:
    target = tmp_path / "home"
    wheel.unpack(tmp_path / "model.whl", target)
    files = sorted(p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file())
    assert files == [
        "bin/stanc",
        "include/stan/version.hpp",
        "include/stan_sundials_printf_override.hpp",
        "lib/libtbb.so.2",
    ]
    assert os.access(target / "bin" / "stanc", os.X_OK)
    assert not (tmp_path / "evil.hpp").exists()


@pytest.mark.parametrize("members", [{}, {"httpstan/stanc": ""}, None])
def test_wheel_without_stan_is_refused(tmp_path: Path, members: dict[str, str] | None) -> None:
    path = tmp_path / "other.whl"
    if members is None:
        path.write_text("no archive")
    else:
        fake_wheel(path, members)
    with pytest.raises(EngineBuildError, match="does not hold"):
        wheel.unpack(path, tmp_path / "home")


def test_wheel_fetched_elsewhere_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(wheel.WHEEL_VARIABLE, str(tmp_path / "model.whl"))
    assert wheel.fetch(tmp_path) == tmp_path / "model.whl"
    monkeypatch.setenv(wheel.WHEEL_VARIABLE, str(tmp_path / "absent.whl"))
    with pytest.raises(EngineBuildError, match="names no file"):
        wheel.fetch(tmp_path)


def test_another_wheel_is_refused_with_both_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: wheel.PinnedWheel
) -> None:
    other = tmp_path / "other.whl"
    other.write_bytes(b"something else")
    monkeypatch.setenv(wheel.WHEEL_VARIABLE, str(other))
    with pytest.raises(EngineBuildError) as caught:
        wheel.fetch(tmp_path)
    assert hashlib.sha256(b"something else").hexdigest() in str(caught.value)
    assert pinned.sha256 in str(caught.value)


def test_platform_without_a_wheel_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheel, "for_platform", lambda: None)
    with pytest.raises(EngineBuildError, match="Linux x86_64 or Darwin arm64"):
        wheel.fetch(tmp_path)


def test_wheel_follows_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(wheel.platform, "system", lambda: "Linux")
    monkeypatch.setattr(wheel.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(wheel.sysconfig, "get_config_var", lambda _: "cpython-313-x86_64-linux-gnu")
    assert wheel.for_platform() == wheel.WHEELS["Linux", "x86_64"]
    monkeypatch.setattr(
        wheel.sysconfig, "get_config_var", lambda _: "cpython-313-x86_64-linux-musl"
    )
    assert wheel.for_platform() is None


def test_pip_downloads_with_the_tags_said_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sys, shutil, pathlib\n"
        "dest = next(a for a in sys.argv if a.startswith('--dest=')).removeprefix('--dest=')\n"
        "assert '--platform=manylinux2014_x86_64' in sys.argv, sys.argv\n"
        f"shutil.copy({str(tmp_path / 'model.whl')!r}, dest + '/httpstan-4.17.0-x.whl')\n"
    )
    monkeypatch.setattr(wheel, "find_pip", lambda: fake_pip(tmp_path, script))
    into = tmp_path / "into"
    into.mkdir()
    assert wheel.fetch(into) == into / "httpstan-4.17.0-x.whl"


def test_failed_download_quotes_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "print('ERROR: No matching distribution found'); raise SystemExit(1)"
    monkeypatch.setattr(wheel, "find_pip", lambda: fake_pip(tmp_path, script))
    with pytest.raises(EngineBuildError) as caught:
        wheel.fetch(tmp_path)
    assert "No matching distribution found" in str(caught.value)
    assert wheel.WHEEL_VARIABLE in str(caught.value)


def test_no_pip_anywhere_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "_pip_candidates", lambda: iter([(str(tmp_path / "absent"),)]))
    with pytest.raises(EngineBuildError, match="no pip was found"):
        wheel.fetch(tmp_path)


def test_pip_of_ensurepip_runs_without_an_installed_pip(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundled = wheel._bundled_pips()
    if not bundled:
        pytest.skip("this Python carries no ensurepip")
    real = wheel.importlib.util.find_spec
    monkeypatch.setattr(
        wheel.importlib.util, "find_spec", lambda name: None if name == "pip" else real(name)
    )
    command = wheel.find_pip()
    assert command == (sys.executable, str(bundled[0] / "pip"))
    said = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("pip ")


@pytest.mark.slow
def test_pinned_wheel_can_be_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv(wheel.WHEEL_VARIABLE, raising=False)
    if wheel.for_platform() is None:
        pytest.skip("no wheel for this platform")
    wheel.unpack(wheel.fetch(tmp_path), tmp_path / "home")
    assert (tmp_path / "home" / "include" / "stan" / "model" / "model_header.hpp").is_file()
