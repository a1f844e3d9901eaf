"""Standard output belongs to the user: what an engine prints at C level goes to standard error."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "engine_prints_to_stderr",
    "stdout_kept_clean",
]

_STDOUT, _STDERR = 1, 2


@contextlib.contextmanager
def engine_prints_to_stderr() -> Iterator[None]:
    """Send what C and C++ print on descriptor 1 to descriptor 2; Python's own prints are not meant.

    Used around calls of an engine in this process, which say nothing on purpose.
    """
    saved = _redirected()
    try:
        yield
    finally:
        _restore(saved)


@contextlib.contextmanager
def stdout_kept_clean() -> Iterator[None]:
    """Let Python alone print on standard output, whatever else writes to descriptor 1."""
    own, clean = sys.stdout, None
    own.flush()
    saved = _redirected()
    if saved is not None and _is_descriptor(own):
        clean = os.fdopen(os.dup(saved), "w", encoding=own.encoding, errors=own.errors)
        sys.stdout = clean
    try:
        yield
    finally:
        if clean is not None:
            sys.stdout = own
            with contextlib.closing(clean):
                clean.flush()
        _restore(saved)


def _redirected() -> int | None:
    """Point descriptor 1 to where 2 points; return a copy of it, None where there is none."""
    try:
        saved = os.dup(_STDOUT)
        _flush_c()
        os.dup2(_STDERR, _STDOUT)
    except OSError:  # a process without standard output or error
        return None
    return saved


def _restore(saved: int | None) -> None:
    if saved is not None:
        _flush_c()
        os.dup2(saved, _STDOUT)
        os.close(saved)


def _flush_c() -> None:
    """Write out the buffers of C's streams, so that each text goes where it was meant to."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).fflush(None)


def _is_descriptor(stream: TextIO) -> bool:
    try:
        return stream.fileno() == _STDOUT
    except (OSError, ValueError, AttributeError):
        return False
