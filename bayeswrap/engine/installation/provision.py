"""A CmdStan home for a run: the one that is there, or one that is assembled on consent."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bayeswrap.arguments import one_of
from bayeswrap.engine.installation import assembly, wheel
from bayeswrap.engine.installation.home import OLDEST, candidates, find_home
from bayeswrap.errors import EngineNotFoundError
from bayeswrap.progress import progress_wanted

if TYPE_CHECKING:
    from bayeswrap.engine.installation.home import StanHome

__all__ = [
    "require_home",
]


def require_home(*, progress: bool | None = None) -> StanHome:
    """Return a usable home, and assemble one if that is welcome.

    It is welcome when a person is at the terminal, or with ``BAYESWRAP_ASSEMBLE=1``
    (``BAYESWRAP_ASSEMBLE=0`` forbids it always).

    Parameters
    ----------
    progress : bool, optional
        Show what is done while assembling (see `progress_wanted`).

    Raises
    ------
    EngineNotFoundError
        There is none, and none may be assembled.
    EngineBuildError
        The assembly failed.
    """
    home = find_home()
    if home is not None:
        return home
    if wheel.for_platform() is None or not _may_assemble():
        raise _not_found()
    assembly.announce()
    return assembly.build(progress=progress_wanted(progress))


def _may_assemble() -> bool:
    setting = os.environ.get("BAYESWRAP_ASSEMBLE", "")
    one_of(setting, ("", "0", "1"), "BAYESWRAP_ASSEMBLE")
    # stdin and stderr are None in programs without a console
    person = all(s is not None and s.isatty() for s in (sys.stdin, sys.stderr))
    return setting == "1" or (person and not setting)


def _not_found() -> EngineNotFoundError:
    places = [f"{c.path}: {c.reason}" for c in candidates()]
    install = "install CmdStan (`install_cmdstan`, it comes with cmdstanpy)"
    build = (
        "run `bayeswrap engine build` once; or, without a C++ compiler, "
        '`bayeswrap engine build --stanc-only`, and use engine="stanli"'
    )
    return EngineNotFoundError(
        "no usable CmdStan on this machine",
        got="\n    ".join(places) or "nothing at $CMDSTAN or in ~/.cmdstan",
        expected=f"CmdStan {OLDEST[0]}.{OLDEST[1]} or newer, or bayeswrap's assembled home",
        do=install if wheel.for_platform() is None else build,
    )
