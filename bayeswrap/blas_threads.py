"""`one_blas_thread`: keeps the searches' small matrices from being shared among processors.

OpenBLAS wakes a thread for each processor even for a matrix of three rows, and they wait for one
another in a busy loop. On a machine that does something else beside, a search by L-BFGS then takes
ten times as long.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "one_blas_thread",
]


@contextlib.contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread in a ``with`` block or, as a decorator, in a function.

    The number is one for the whole process. OpenBLAS takes it from the main thread alone, so that
    in another thread nothing is changed, nor given back at the wrong time.

    Examples
    --------
    >>> with one_blas_thread():
    ...     blas = ThreadpoolController().select(user_api="blas")
    ...     print({library["num_threads"] for library in blas.info()} <= {1})
    True
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _controller().limit(limits=1, user_api="blas"):
        yield


@functools.cache
def _controller() -> ThreadpoolController:
    """Return the libraries that are loaded: whoever searches has imported NumPy's and SciPy's."""
    return ThreadpoolController()
