"""Evaluation through stanli's own C interface.

It reads data three times as fast as its BridgeStan interface, which takes the program inside the
data: there they are parsed, written and parsed again.
"""

from __future__ import annotations

import ctypes
import functools
import weakref

import numpy as np

__all__ = [
    "NativeModel",
    "library_of",
]

_MESSAGE = 8192  # bytes
_SEED = 1234  # of transformed data: BridgeStan's default, so that both models are the same


class _Options(ctypes.Structure):
    """``stanli_model_opts`` of its C header."""

    _fields_ = (
        ("seed", ctypes.c_uint32),
        ("threads_per_chain", ctypes.c_int),
        ("fast_math", ctypes.c_int),
    )


@functools.cache
def library_of(path: str) -> ctypes.CDLL:
    """Return the shared library with the functions that are used here declared.

    Parameters
    ----------
    path : str
        The library of the stanli package.
    """
    library = ctypes.CDLL(path)
    library.stanli_model_new_with_opts.restype = ctypes.c_void_p
    library.stanli_model_new_with_opts.argtypes = [
        ctypes.c_char_p,
        ctypes.c_char_p,
        ctypes.POINTER(_Options),
        ctypes.c_char_p,
        ctypes.c_size_t,
    ]
    library.stanli_model_free.restype = None
    library.stanli_model_free.argtypes = [ctypes.c_void_p]
    library.stanli_n_unconstrained.restype = ctypes.c_int64
    library.stanli_n_unconstrained.argtypes = [ctypes.c_void_p]
    library.stanli_grad.restype = ctypes.c_int
    # addresses as plain numbers: a typed pointer to each array costs more than most densities
    library.stanli_grad.argtypes = [ctypes.c_void_p] * 4
    return library


class NativeModel:
    """A program on its data, for log density and gradient alone.

    Parameters
    ----------
    library : CDLL
        See `library_of`.
    mir : bytes
        The program, translated.
    data : bytes
        JSON of its data.

    Raises
    ------
    RuntimeError
        stanli refuses program or data; the message says why.
    """

    def __init__(self, library: ctypes.CDLL, mir: bytes, data: bytes) -> None:
        message = ctypes.create_string_buffer(_MESSAGE)
        options = _Options(_SEED, 1, 0)
        handle = library.stanli_model_new_with_opts(
            mir, data, ctypes.byref(options), message, len(message)
        )
        if not handle:
            raise RuntimeError(message.value.decode(errors="replace"))
        self._library, self._handle = library, ctypes.c_void_p(handle)
        weakref.finalize(self, library.stanli_model_free, self._handle)
        self.dimension = int(library.stanli_n_unconstrained(self._handle))

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray] | None:
        """Return log density with Jacobian and its gradient; None where Stan refuses the point."""
        position = np.ascontiguousarray(q, dtype=np.float64)
        if position.shape != (self.dimension,):
            raise ValueError(f"{position.shape} is no position of {self.dimension} coordinates")
        gradient, value = np.empty(self.dimension), ctypes.c_double()
        code = self._library.stanli_grad(
            self._handle, position.ctypes.data, ctypes.byref(value), gradient.ctypes.data
        )
        return None if code else (value.value, gradient)
