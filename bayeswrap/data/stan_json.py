"""Data as CmdStan's JSON, numbers to the last digit, written once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "data_hash",
    "json_of",
]

_LARGEST = 2**63  # of orjson's integers


def json_of(values: Mapping[str, Any]) -> bytes:
    """Return data as JSON.

    Infinities are spelled as every reader of Stan's JSON takes them; tuples are objects with the
    keys ``1``, ``2``, ...; a complex number is a pair.

    Parameters
    ----------
    values : mapping of str to array, tuple, list or number
        Variables by name.

    Examples
    --------
    >>> json_of({"N": np.int64(2), "y": np.array([0.5, np.inf]), "z": (1, 2.5)})
    b'{"N":2,"y":[0.5,"Inf"],"z":{"1":1,"2":2.5}}'
    """
    plain = {name: _plain(value) for name, value in values.items()}
    return orjson.dumps(plain, option=orjson.OPT_SERIALIZE_NUMPY)


def data_hash(values: Mapping[str, Any]) -> str:
    """Return SHA-256 of names, types, shapes and values.

    Parameters
    ----------
    values : mapping of str to array, tuple, list or number
        Variables by name.

    Examples
    --------
    >>> data_hash({"N": np.array(2)}) == data_hash({"N": np.array(3)})
    False
    """
    digest = hashlib.sha256()
    for name, value in values.items():
        array = np.asarray(value) if isinstance(value, (np.ndarray, np.generic)) else None
        if array is None or array.dtype == object:
            digest.update(name.encode() + b"\0" + json_of({name: value}))
            continue
        digest.update(f"{name}\0{array.dtype.str}\0{array.shape}\0".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _plain(value: object) -> object:
    """Return a value as orjson can write it."""
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain_array(np.asarray(value))
    if isinstance(value, tuple):
        return {str(i): _plain(part) for i, part in enumerate(value, start=1)}
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    is_special = isinstance(value, (int, float)) and not -_LARGEST < value < _LARGEST
    return _special(value) if is_special else value  # type: ignore[arg-type]  # a number


def _special(value: float) -> object:
    """Return a number that JSON does not have, or that orjson does not write, as Stan reads it."""
    if isinstance(value, int):
        return str(value)  # no integer of Stan's: it says so
    if np.isnan(value):
        return "NaN"
    return ("Inf" if value > 0 else "-Inf") if np.isinf(value) else value


def _plain_array(array: np.ndarray) -> object:
    if np.iscomplexobj(array):
        array = np.stack([array.real, array.imag], axis=-1)
    if not array.ndim:
        return _plain(array.item())
    if array.dtype.kind in "iu" or (array.dtype.kind == "f" and bool(np.isfinite(array).all())):
        return np.ascontiguousarray(array)
    return _plain(array.tolist())
