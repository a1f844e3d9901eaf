"""The environment in which cmdstanpy works: which home it sees, and how much it says.

cmdstanpy reads and writes ``$CMDSTAN`` and talks through its logger; both are as they were when
the call is over.
"""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.engine.installation.home import StanHome

__all__ = [
    "engine_environment",
    "quiet",
]


@contextlib.contextmanager
def quiet(*, progress: bool = False) -> Iterator[None]:
    """Silence cmdstanpy's logger, but for errors where progress is shown.

    Its messages about failures reach the user through our errors.
    """
    logger = logging.getLogger("cmdstanpy")
    level, disabled = logger.level, logger.disabled
    logger.setLevel(logging.ERROR)
    logger.disabled = not progress
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.disabled = disabled


@contextlib.contextmanager
def engine_environment(home: StanHome, *, progress: bool = False) -> Iterator[None]:
    """Let cmdstanpy see one home, and be quiet."""
    before = os.environ.get("CMDSTAN")
    os.environ["CMDSTAN"] = str(home.path)
    try:
        with quiet(progress=progress):
            yield
    finally:
        if before is None:
            os.environ.pop("CMDSTAN", None)
        else:
            os.environ["CMDSTAN"] = before
