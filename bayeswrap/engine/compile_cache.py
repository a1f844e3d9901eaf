"""Compiled programs by content: same text, flags and engine, no recompilation, on any day.

A program is compiled in a temporary folder that is renamed when it is complete, so that an
interrupted compilation leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from bayeswrap.engine.installation.home import StanHome, cache_root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "key_of",
    "obtain",
]


def key_of(code: str, name: str, home: StanHome, options: Mapping[str, str]) -> str:
    """Return the content address of a compiled program.

    Examples
    --------
    >>> from pathlib import Path
    >>> home = StanHome(path=Path("/opt/cmdstan"), kind="installed", stan_version="2.38.0",
    ...                 frontend_hash=None)
    >>> key_of("model {}", "m", home, {}) == key_of("model {} ", "m", home, {})
    False
    """
    parts = [code, name, home.identity, str(home.path), json.dumps(dict(options), sort_keys=True)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def obtain(
    code: str,
    name: str,
    home: StanHome,
    options: Mapping[str, str],
    compile_in: Callable[[Path], None],
) -> Path:
    """Return the folder of a compiled program, compiling it where there is none.

    Parameters
    ----------
    code : str
        Stan program, includes expanded.
    name : str
        Model name: the folder holds ``<name>.stan`` and the executable ``<name>``.
    home : StanHome
        The engine.
    options : mapping of str to str
        Flags of stanc and make.
    compile_in : callable
        Called with a folder that holds ``<name>.stan``; leaves the executable there.
    """
    folder = cache_root() / "models" / key_of(code, name, home, options)
    executable = folder / name
    if executable.is_file():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if executable.is_file():
            return folder
        staging = Path(tempfile.mkdtemp(prefix=".compiling-", dir=folder.parent))
        try:
            (staging / f"{name}.stan").write_text(code, encoding="utf-8")
            compile_in(staging)
            shutil.rmtree(folder, ignore_errors=True)
            staging.rename(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return folder
