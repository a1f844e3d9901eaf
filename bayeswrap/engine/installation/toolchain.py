"""What a home is built with: the C++ compiler, make, and the sources of our own front end."""

from __future__ import annotations

import functools
import hashlib
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "FRONTEND",
    "Compiler",
    "digest",
    "find_compiler",
    "find_make",
    "frontend_files",
    "frontend_hash",
    "text",
]


FRONTEND = Path(__file__).parents[1] / "frontend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """A C++ compiler: its command, and the first line that ``--version`` prints."""

    command: tuple[str, ...]
    version: str


def find_compiler() -> Compiler | None:
    """Return the compiler of ``$CXX``, else g++, else clang++; None if none of them runs."""
    named = os.environ.get("CXX")
    for name in [named] if named else ["g++", "clang++"]:
        words = shlex.split(name)
        path = shutil.which(words[0]) if words else None
        if path:
            command = (path, *words[1:])
            version = _version_line(command, Path(path).stat().st_mtime_ns)
            if version:
                return Compiler(command=command, version=version)
    return None


@functools.cache
def _version_line(command: tuple[str, ...], _mtime: int) -> str:
    """Return the first line of ``--version``; empty if it fails, as the stub of macOS does."""
    try:
        done = subprocess.run(
            [*command, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.partition("\n")[0].strip() if done.returncode == 0 else ""


def find_make() -> str | None:
    """Return the path of ``$MAKE``, else of make, as cmdstanpy chooses it; or None."""
    return shutil.which(os.environ.get("MAKE") or "make")


def frontend_files() -> tuple[Path, ...]:
    """Return the front end's sources and makefile, relative to their folder, sorted."""
    suffixes = (".cpp", ".hpp", "")
    files = (p.relative_to(FRONTEND) for p in FRONTEND.rglob("*") if p.is_file())
    return tuple(sorted(f for f in files if f.suffix in suffixes and not f.name.startswith(".")))


def frontend_hash() -> str:
    """Return a hash of the front end's sources and makefile."""
    return digest("\n".join(f"{f.as_posix()}\n{text(FRONTEND / f)}" for f in frontend_files()))


def text(path: Path) -> str:
    """Return a file's text, read again only when the file has changed."""
    status = path.stat()
    return _text(path, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=256)
def _text(path: Path, _mtime: int, _size: int) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def digest(content: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]
