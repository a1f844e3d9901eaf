"""Where Stan is on this machine: an installed CmdStan, or the home that bayeswrap assembles."""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from bayeswrap.arguments import one_of
from bayeswrap.engine.installation import toolchain, wheel
from bayeswrap.errors import BayeswrapWarning

__all__ = [
    "MANIFEST",
    "OLDEST",
    "Candidate",
    "Manifest",
    "StanHome",
    "assembled_path",
    "cache_root",
    "candidates",
    "engines_root",
    "find_home",
    "judge",
    "read_home",
    "read_manifest",
]


MANIFEST = "build.json"
OLDEST = (2, 36)
_STANC = "stanc.exe" if sys.platform == "win32" else "stanc"
_VERSION = re.compile(r"CMDSTAN_VERSION := ((\d+)\.(\d+)\.(\S+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class StanHome:
    """A folder that cmdstanpy takes for CmdStan.

    Attributes
    ----------
    path : Path
        The folder.
    kind : str
        ``"installed"`` (CmdStan itself) or ``"assembled"`` (bayeswrap's own front end).
    stan_version : str
        Three numbers, as ``"2.39.0"``.
    frontend_hash : str or None
        Hash of the front end's sources; None for CmdStan itself.
    compiler : str
        The C++ compiler's version line.
    options_hash : str
        Hash of ``make/local``, where a home's compiler flags are kept; empty without one.
    """

    path: Path
    kind: Literal["installed", "assembled"]
    stan_version: str
    frontend_hash: str | None = None
    compiler: str = ""
    options_hash: str = ""

    @property
    def stanc(self) -> Path:
        """Path of Stan's compiler."""
        return self.path / "bin" / _STANC

    @property
    def identity(self) -> str:
        """What was built with what, in one line; a cache of executables adds the path to it.

        The path is no part of it, so that records of two machines can be equal; executables,
        however, are linked to the TBB library inside the home.
        """
        parts = [f"{self.kind} Stan {self.stan_version}"]
        parts += [f"front end {self.frontend_hash}"] if self.frontend_hash else []
        parts += [self.compiler] if self.compiler else []
        parts += [f"make/local {self.options_hash}"] if self.options_hash else []
        return "; ".join(parts)

    @property
    def description(self) -> str:
        """A sentence for reports."""
        if self.kind == "installed":
            return f"Stan {self.stan_version} through CmdStan {self.stan_version}."
        front_end = f" {self.frontend_hash}" if self.frontend_hash else ""
        return f"Stan {self.stan_version} through bayeswrap's own front end{front_end}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place where Stan was looked for: a home, or the reason why it is none."""

    path: Path
    origin: str
    home: StanHome | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the assembly of a home was made from and what it cost; written last."""

    stan_version: str
    wheel_sha256: str
    frontend_hash: str
    compiler: str
    seconds: float
    cpu_seconds: float
    peak_megabytes: int
    megabytes: int


def find_home() -> StanHome | None:
    """Return the first usable home: ``$CMDSTAN``, ``~/.cmdstan``, the assembled one; or None.

    ``BAYESWRAP_ENGINE=assembled`` leaves installed ones out.

    Warns
    -----
    BayeswrapWarning
        ``$CMDSTAN`` is set to something unusable, and was passed over.
    """
    for candidate in candidates():
        if candidate.home is not None:
            return candidate.home
        if candidate.origin == "$CMDSTAN" and not _is_ours(candidate.path):
            warnings.warn(
                f"$CMDSTAN is passed over, {candidate.path}: {candidate.reason}",
                BayeswrapWarning,
                stacklevel=2,
            )
    return None


def candidates() -> tuple[Candidate, ...]:
    """Return every place where Stan may be, in the order of preference."""
    mode = os.environ.get("BAYESWRAP_ENGINE", "auto")
    one_of(mode, ("auto", "assembled"), "BAYESWRAP_ENGINE")
    installed = _installed() if mode == "auto" else []
    target = assembled_path()
    return (*installed, *([judge(target, "assembled")] if target else []))


def _installed() -> list[Candidate]:
    named = os.environ.get("CMDSTAN")
    first = [judge(Path(named).expanduser().absolute(), "$CMDSTAN")] if named else []
    folders = (Path.home() / ".cmdstan").glob("cmdstan-*")
    newest = sorted(folders, key=_release, reverse=True)
    return first + [judge(folder, "~/.cmdstan") for folder in newest]


def _release(folder: Path) -> tuple[list[int], bool]:
    """Sort key: 2.9 before 2.10, and a release candidate before its release."""
    return [int(n) for n in re.findall(r"\d+", folder.name)][:3], "rc" not in folder.name


def judge(path: Path, origin: str) -> Candidate:
    """Return whether a folder is a usable home, or why not; `origin` says how it came up."""
    try:
        fault = _fault(path, origin)
        home = None if fault else read_home(path)
    except (OSError, ValueError, TypeError) as error:
        fault, home = f"it cannot be read: {error}", None
    return Candidate(path=path, origin=origin, home=home, reason=fault)


def _fault(path: Path, origin: str) -> str:
    """Return why a folder is no usable home; empty if it is one."""
    if origin == "assembled" and not (path / MANIFEST).is_file():
        return "it is not assembled yet"
    if not path.is_dir():
        return "there is no such folder"
    makefile, stanc = path / "makefile", path / "bin" / _STANC
    version = _VERSION.search(toolchain.text(makefile)) if makefile.is_file() else None
    if version is None:
        return "it is not a CmdStan: it has no makefile with CMDSTAN_VERSION"
    if (int(version[2]), int(version[3])) < OLDEST:
        return f"it is CmdStan {version[1]}; the oldest supported one is {OLDEST[0]}.{OLDEST[1]}"
    built = stanc.is_file() and os.access(stanc, os.X_OK)
    return "" if built else "its bin/stanc is not built: run `make build` in it"


def read_home(path: Path) -> StanHome:
    """Return the home at a path that `judge` has accepted."""
    version = _VERSION.search(toolchain.text(path / "makefile"))
    manifest = read_manifest(path)
    compiler = toolchain.find_compiler()
    local = path / "make" / "local"
    return StanHome(
        path=path,
        kind="installed" if manifest is None else "assembled",
        stan_version=version[1] if version else "",
        frontend_hash=None if manifest is None else manifest.frontend_hash,
        compiler=compiler.version if compiler else "",
        options_hash=toolchain.digest(toolchain.text(local)) if local.is_file() else "",
    )


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest of an assembled home; None for CmdStan itself."""
    file = path / MANIFEST
    return Manifest(**json.loads(toolchain.text(file))) if file.is_file() else None


def cache_root() -> Path:
    """Return the folder of everything that bayeswrap keeps: ``$BAYESWRAP_HOME``, or the cache."""
    folder = os.environ.get("BAYESWRAP_HOME")
    return Path(folder).expanduser().absolute() if folder else user_cache_path("bayeswrap", False)


def engines_root() -> Path:
    """Return the folder of assembled homes."""
    return cache_root() / "engines"


def _is_ours(path: Path) -> bool:
    # cmdstanpy itself sets $CMDSTAN to the home it was given, also to one that is gone by now
    return path.is_relative_to(engines_root())


def assembled_path() -> Path | None:
    """Return where this machine's assembled home is, or would be; None where none can be built."""
    pinned, compiler = wheel.for_platform(), toolchain.find_compiler()
    if pinned is None or compiler is None:
        return None
    key = toolchain.digest(
        f"{toolchain.frontend_hash()} {pinned.sha256} {compiler.command} {compiler.version}"
    )
    return engines_root() / f"{pinned.stan_version}-{key}"
