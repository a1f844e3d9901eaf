"""Examine everything that Stan and bayeswrap need on this machine, one finding each."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.engine.installation import machine, toolchain, wheel
from bayeswrap.engine.installation.home import cache_root, candidates, engines_root, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "Finding",
    "examine",
    "render",
]


# as in pyproject.toml; an installed bayeswrap may come without readable metadata
REQUIRED = {
    "arviz-base": "0.8",
    "arviz-stats": "0.8",
    "bridgestan": "2.9",
    "cmdstanpy": "1.3.2",
    "cyclopts": "5.5",
    "filelock": "3.16",
    "formulaic": "1.2",
    "jinja2": "3.1.6",
    "matplotlib": "3.9",
    "numpy": "2.0",
    "orjson": "3.10",
    "pandas": "2.2",
    "platformdirs": "4.3",
    "python-docx": "1.2",
    "rich": "13.9",
    "scipy": "1.14",
    "stanli": "0.24",
    "threadpoolctl": "3.5",
    "xarray": "2024.9",
}
_PYTHON = (3, 11)
_LEAST_GB = 1.0  # free disk space for an assembly
_SECONDS = 60  # for stanli to load
_STAN_VARIABLES = ("CMDSTAN", "CXX", "MAKE", "STAN_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing examined.

    Attributes
    ----------
    name : str
        What was examined.
    ok : bool
        Nothing has to be done about it.
    state : str
        What is there.
    do : str
        What to do; empty when `ok`.
    """

    name: str
    ok: bool
    state: str
    do: str = ""


def examine() -> tuple[Finding, ...]:
    """Examine this machine; never raises."""
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "Python": _python,
        "packages": _packages,
        "compilers": _compilers,
        "Stan": _homes,
        "stanli": _stanli,
        "pip": _pip,
        "disk": _disk,
        "environment": _environment,
    }
    return tuple(finding for name, check in checks.items() for finding in _guarded(name, check))


def render(findings: Sequence[Finding]) -> str:
    """Return findings as lines of text, what is to be done below each."""
    width = max((len(f.name) for f in findings), default=0)
    lines = []
    for finding in findings:
        mark = "ok  " if finding.ok else "FAIL"
        lines.append(f"{mark}  {finding.name:<{width}}  {finding.state}")
        if finding.do:
            lines.append(f"      {'':<{width}}  do: {finding.do}")
    return "\n".join(lines)


def _guarded(name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - one check that fails must not hide the others
        state = f"could not be examined: {error}"
        return [Finding(name=name, ok=False, state=state, do="see the message")]


def _python() -> Iterator[Finding]:
    least = ".".join(map(str, _PYTHON))
    yield Finding(
        name="Python",
        ok=sys.version_info >= _PYTHON,
        state=f"{platform.python_version()} on {platform.platform()}",
        do="" if sys.version_info >= _PYTHON else f"use Python {least} or newer",
    )


def _packages() -> Iterator[Finding]:
    for name, least in REQUIRED.items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = ""
        ok = _numbers(version) >= _numbers(least)
        yield Finding(
            name=f"package {name}",
            ok=ok,
            state=version or "not installed",
            do="" if ok else f"pip install '{name}>={least}'",
        )


def _numbers(version: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", version)][:3]


def _compilers() -> Iterator[Finding]:
    make, compiler = toolchain.find_make(), toolchain.find_compiler()
    install = machine.how_to_install_compilers()
    yield Finding(name="make", ok=bool(make), state=make or "not found", do="" if make else install)
    yield Finding(
        name="C++ compiler",
        ok=compiler is not None,
        state=f"{' '.join(compiler.command)}: {compiler.version}" if compiler else "not found",
        do="" if compiler else install,
    )


def _homes() -> Iterator[Finding]:
    places = candidates()
    used = next((c.home for c in places if c.home), None)
    build = wheel.for_platform() is not None
    advice = "run `bayeswrap engine build`" if build else "install CmdStan 2.36 or newer"
    yield Finding(
        name="Stan",
        ok=used is not None,
        state=used.description if used else "no usable home",
        do="" if used else advice,
    )
    for candidate in places:
        # a home that is passed over matters only to who named it
        ok = candidate.home is not None or candidate.origin != "$CMDSTAN"
        manifest = read_manifest(candidate.path) if candidate.home else None
        cost = f"usable, {manifest.megabytes} MB" if manifest else "usable"
        yield Finding(
            name=f"home ({candidate.origin})",
            ok=ok,
            state=f"{candidate.path}: {candidate.reason or cost}",
            do="" if ok else "correct $CMDSTAN, or unset it",
        )


def _stanli() -> Iterator[Finding]:
    # in a process of its own: a shared library that does not fit can end the whole process
    done = subprocess.run(
        [sys.executable, "-c", "import stanli; print(stanli.__file__)"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    ok = done.returncode == 0
    printed = (done.stdout if ok else done.stderr).strip().splitlines()
    yield Finding(
        name="stanli loads",
        ok=ok,
        state=printed[-1] if printed else f"exit code {done.returncode}",
        do="" if ok else f"pip install 'stanli>={REQUIRED['stanli']}'",
    )


def _pip() -> Iterator[Finding]:
    own_wheel = os.environ.get(wheel.WHEEL_VARIABLE)
    pip = wheel.find_pip()
    do = f"install pip, or set {wheel.WHEEL_VARIABLE}"
    yield Finding(
        name="pip (to fetch Stan)",
        ok=bool(pip or own_wheel),
        state=" ".join(pip) if pip else "not found",
        do="" if pip or own_wheel else do,
    )


def _disk() -> Iterator[Finding]:
    root = cache_root()
    free = machine.free_gigabytes(root)
    built = engines_root().is_dir() and any(engines_root().glob("*/build.json"))
    ok = built or free >= _LEAST_GB
    yield Finding(
        name="disk space",
        ok=ok,
        state=f"{free:.1f} GB free at {root}",
        do="" if ok else "free 1 GB, or set BAYESWRAP_HOME to a folder on another disk",
    )


def _environment() -> Iterator[Finding]:
    names = sorted(n for n in os.environ if n.startswith("BAYESWRAP_") or n in _STAN_VARIABLES)
    state = ", ".join(f"{name}={os.environ[name]}" for name in names)
    yield Finding(name="environment", ok=True, state=state or "no BAYESWRAP_ variable is set")
