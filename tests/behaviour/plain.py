"""Values as plain JSON, without what differs from run to run."""

from __future__ import annotations

import enum
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import bayeswrap as bw

# times, machines, and ways back to what made a result
DROPPED = frozenset({
    *("seconds", "started", "versions", "platform", "command"),
    *("request", "problem", "density", "executable", "output", "cmdstan_fit", "idata"),
    *("lineup", "proposal", "tree", "classified", "known", "lines", "path", "folder"),
})  # fmt: skip
LONGEST = 200  # elements of an array that are kept
DEEPEST = 3  # results within results

_PLACES = {
    str(Path(__file__).resolve().parents[2]): "<root>",
    str(Path(bw.__file__).resolve().parents[1]): "<root>",
    tempfile.gettempdir(): "<temporary>",
    str(Path.home()): "<home>",
}
_UNSTEADY = {
    # as a record shows itself
    r"\b(seconds|started|platform|command)=('[^']*'|[^\s,)]+)": r"\1=<any>",
    r"\bversions=\{[^}]*\}": "versions=<any>",
    r"0x[0-9a-f]{6,}": "<address>",
    r"<temporary>/[\w./-]*": "<temporary>",
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*": "<date>",
    r"\b\d+\.\d+\.\d+\b": "<version>",
    r"\b\d+(\.\d+)?(e-?\d+)? (s|ms|seconds?|minutes?)\b(?!\^)": "<time>",
}


def text(value: str) -> str:
    """Return a text without places, addresses, dates, versions and durations."""
    # the longest place first: one may lie within another
    for place in sorted(_PLACES, key=len, reverse=True):
        value = value.replace(place, _PLACES[place])
    for pattern, name in _UNSTEADY.items():
        value = re.sub(pattern, name, value)
    return value


def plain(value: Any, depth: int = DEEPEST) -> Any:
    """Return any value as JSON; a public object as what its attributes hold."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, str):
        return text(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, Path):
        return text(str(value))
    return _composed(value, depth)


def _composed(value: Any, depth: int) -> Any:
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "values": plain(value.ravel()[:LONGEST].tolist())}
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return frame(pd.DataFrame(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v, depth) for k, v in value.items() if k not in DROPPED}
    if isinstance(value, (set, frozenset)):
        return dict.fromkeys(sorted(map(str, value)), True)
    return _listed(value, depth)


def _listed(value: Any, depth: int) -> Any:
    if isinstance(value, (list, tuple)):
        return [plain(v, depth) for v in value]
    if type(value).__module__.split(".")[0] == "bayeswrap" and depth > 0:
        return attributes(value, depth - 1)
    return {"type": type(value).__name__}


def frame(table: pd.DataFrame) -> dict[str, Any]:
    """Return a data frame by column and row."""
    rows = [str(i) for i in table.index]
    if len(set(rows)) < len(rows):
        rows = [f"{i}: {row}" for i, row in enumerate(rows)]
    return {
        str(name): dict(zip(rows, map(plain, column.tolist()), strict=True))
        for name, column in table.items()
    }


def attributes(value: Any, depth: int = DEEPEST) -> dict[str, Any]:
    """Return what the public attributes of an object hold, methods left out."""
    kept = {"type": type(value).__name__}
    for name in dir(type(value)):
        if name.startswith("_") or name in DROPPED:
            continue
        if callable(getattr(type(value), name, None)):
            continue
        kept[name] = attempt(lambda name=name: plain(getattr(value, name), depth))
    return kept


def attempt(make: Any) -> Any:
    """Return what a call returns, or the error that it raises as a value."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - an error is behaviour like any other
        return {"error": type(error).__name__, "told": text(str(error))}


def told(value: Any) -> dict[str, Any]:
    """Return all that can be seen of a result: its texts, its table and its attributes."""
    seen = {"repr": text(repr(value)), "str": text(str(value))}
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return {**seen, "type": type(value).__name__, "frame": frame(pd.DataFrame(value))}
    if hasattr(value, "to_frame"):
        seen["frame"] = attempt(lambda: frame(value.to_frame()))
    return {**seen, "holds": plain(value)}
