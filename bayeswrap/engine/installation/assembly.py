"""Assemble a CmdStan home: Stan from its wheel, plus our front end, compiled once.

Everything is made in a temporary folder beside the final place and renamed when it is complete, so
that a home is either whole or not there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bayeswrap.engine.installation import machine, toolchain, wheel
from bayeswrap.engine.installation.home import (
    MANIFEST,
    Manifest,
    StanHome,
    assembled_path,
    engines_root,
    judge,
    read_home,
)
from bayeswrap.engine.installation.make import ended_by_sigterm, run_make
from bayeswrap.errors import EngineBuildError
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayeswrap.progress import Task

__all__ = [
    "announce",
    "build",
    "remove",
]


_DOWNLOAD_MB = 35
_DISK_MB = 160
_CPU_MINUTES = 5
_LEAST_GB = 1.0  # free disk space while it is built
_TEMPORARY = ".building-"
_NOT_FOR_MAKE = re.compile("[,:'\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What a build needs: target, wheel, compiler and make."""

    target: Path
    pinned: wheel.PinnedWheel
    compiler: toolchain.Compiler
    make: str


def announce() -> None:
    """Say on stderr, in one line, what an assembly costs and how to avoid it."""
    sys.stderr.write(
        f"bayeswrap: no CmdStan found, Stan is assembled once: about {_CPU_MINUTES} CPU minutes, "
        f"a {_DOWNLOAD_MB} MB download, {_DISK_MB} MB of disk (Ctrl-C, then set $CMDSTAN, to "
        "avoid it)\n"
    )


def build(*, jobs: int | None = None, progress: bool = True, force: bool = False) -> StanHome:
    """Assemble this machine's home, unless it is there already.

    Parameters
    ----------
    jobs : int, optional
        Compilations at a time; by default as many as processors and memory allow.
    progress : bool
        Show what is done, on stderr.
    force : bool
        Build it again although it is there.

    Returns
    -------
    StanHome
        The home.

    Raises
    ------
    EngineBuildError
        Something is missing, or a step failed; nothing half-made is left.
    """
    plan = _plan()
    try:
        plan.target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(plan.target.parent), ended_by_sigterm():
            if force or judge(plan.target, "assembled").home is None:
                _make_anew(plan, jobs or machine.sensible_jobs(), progress=progress)
    except OSError as error:
        raise EngineBuildError(
            "the assembly of Stan failed at a file",
            where=str(plan.target.parent),
            got=str(error),
            do="set BAYESWRAP_HOME to a folder that can be written, with 1 GB free",
        ) from error
    return read_home(plan.target)


def _plan() -> _Plan:
    compiler, make = toolchain.find_compiler(), toolchain.find_make()
    if compiler is None or make is None:
        raise EngineBuildError(
            f"no {'C++ compiler' if compiler is None else 'make'} was found",
            where=f"$CXX={os.environ['CXX']}" if compiler is None and "CXX" in os.environ else None,
            expected="make, and g++ or clang++ (or the compiler that $CXX names), on PATH",
            do=machine.how_to_install_compilers(),
        )
    target, pinned = assembled_path(), wheel.for_platform()
    if target is None or pinned is None or not (toolchain.FRONTEND / "makefile").is_file():
        raise EngineBuildError(
            "Stan cannot be assembled here",
            got="no front end in the package" if pinned else "no wheel for this platform",
            do="install CmdStan (with cmdstanpy's `install_cmdstan`)",
        )
    if _NOT_FOR_MAKE.search(str(target)):
        raise EngineBuildError(
            "programs cannot be linked in a folder with a comma, a colon or a quote in its name",
            where=str(target),
            do="set BAYESWRAP_HOME to a folder without them",
        )
    return _Plan(target=target, pinned=pinned, compiler=compiler, make=make)


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[None]:
    lock = FileLock(root / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        sys.stderr.write("bayeswrap: another process is assembling Stan; waiting for it\n")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make_anew(plan: _Plan, jobs: int, *, progress: bool) -> None:
    root = plan.target.parent
    # under the lock, a temporary folder can only be what a killed build has left
    for stale in root.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(stale)
    machine.require_disk(root, _LEAST_GB)
    folder = root / f"{_TEMPORARY}{os.getpid()}"
    try:
        _fill(folder, plan, jobs, progress=progress)
        if plan.target.exists():
            plan.target.rename(root / f"{_TEMPORARY}replaced")
        folder.rename(plan.target)
    finally:
        for left in root.glob(f"{_TEMPORARY}*"):
            shutil.rmtree(left, ignore_errors=True)


def _fill(folder: Path, plan: _Plan, jobs: int, *, progress: bool) -> None:
    started, before, sources = time.monotonic(), machine.children_usage(), toolchain.frontend_hash()
    units = sum(f.suffix == ".cpp" for f in toolchain.frontend_files())
    # in all: the files differ a hundredfold, and a rest estimated from them would be wrong
    in_all = f"assembling Stan, about {-(-_CPU_MINUTES // jobs)} min in all,"
    with task(in_all, units, unit="files", show=progress or False) as work:
        folder.mkdir()
        _lay_out(folder, plan, work)
        run_make([plan.make, "-C", str(folder), f"-j{jobs}", "frontend"], folder, work)
    _smoke_check(folder, plan.pinned.stan_version)
    after = machine.children_usage()
    manifest = Manifest(
        stan_version=plan.pinned.stan_version,
        wheel_sha256=plan.pinned.sha256,
        frontend_hash=sources,
        compiler=plan.compiler.version,
        seconds=round(time.monotonic() - started, 1),
        cpu_seconds=round(after.cpu_seconds - before.cpu_seconds, 1),
        peak_megabytes=after.peak_megabytes,
        megabytes=machine.megabytes(folder),
    )
    text = json.dumps(asdict(manifest), indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _lay_out(folder: Path, plan: _Plan, work: Task) -> None:
    download = folder / "download"
    download.mkdir()
    work.note = f"fetching {_DOWNLOAD_MB} MB"
    fetched = wheel.fetch(download)
    work.note = "unpacking"
    wheel.unpack(fetched, folder)
    shutil.rmtree(download)
    for file in toolchain.frontend_files():
        target = folder / file if file.name == "makefile" else folder / "frontend" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(toolchain.FRONTEND / file, target)
    # models must be compiled by the compiler of the front end, whatever make would take
    local = folder / "make" / "local"
    local.parent.mkdir(exist_ok=True)
    local.write_text(f"CXX = {' '.join(plan.compiler.command)}\n", encoding="utf-8")


def _smoke_check(folder: Path, expected: str) -> None:
    """Raise `EngineBuildError` unless stanc runs and the makefile says its version of Stan."""
    try:
        done = subprocess.run(
            [str(folder / "bin" / "stanc"), "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        printed = done.stdout + done.stderr
    except OSError as error:
        printed = str(error)
    in_makefile = read_home(folder).stan_version
    if expected not in printed or in_makefile != expected:
        raise EngineBuildError(
            "the assembled Stan does not work",
            got=f"stanc --version prints {printed.strip()!r}, the makefile says {in_makefile!r}",
            expected=f"{expected} of both",
            do="install CmdStan (with cmdstanpy's `install_cmdstan`)",
        )


def remove() -> list[Path]:
    """Remove every assembled home, and what killed builds have left; return what was removed."""
    root = engines_root()
    if not root.is_dir():
        return []
    with _lock(root):
        folders = sorted(p for p in root.iterdir() if p.is_dir() and _is_made_here(p))
        for folder in folders:
            shutil.rmtree(folder)
    return folders


def _is_made_here(folder: Path) -> bool:
    return folder.name.startswith(_TEMPORARY) or (folder / MANIFEST).is_file()
