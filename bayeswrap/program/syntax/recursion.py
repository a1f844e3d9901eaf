"""Programs nested deeper than Python likes: generated ones hold sums of a thousand terms."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from bayeswrap.errors import ProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "deep",
]


_DEEPEST = 10_000


@contextlib.contextmanager
def deep(name: str) -> Iterator[None]:
    """Let calls nest deeper than by default.

    Raises
    ------
    ProgramError
        The program is nested deeper still.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    except RecursionError as error:
        raise ProgramError(
            "the Stan program is nested too deeply",
            where=name,
            do="take long sums, chains of else if, or nested brackets apart",
        ) from error
    finally:
        sys.setrecursionlimit(before)
