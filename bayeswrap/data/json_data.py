"""JSON files of data, in the dialects of Stan's programs, as dicts."""

from __future__ import annotations

import json
from typing import Any

from bayeswrap.errors import DataFileError

__all__ = [
    "SPECIAL_NUMBERS",
    "read_json",
]

# CmdStan's own spellings of numbers that JSON does not have
SPECIAL_NUMBERS = {
    "Inf": float("inf"),
    "+Inf": float("inf"),
    "-Inf": float("-inf"),
    "Infinity": float("inf"),
    "+Infinity": float("inf"),
    "-Infinity": float("-inf"),
    "NaN": float("nan"),
}


def read_json(content: bytes, name: str) -> dict[str, Any]:
    """Read the variables of a JSON file; ``"Inf"``, ``"-Inf"`` and ``"NaN"`` are numbers.

    Parameters
    ----------
    content : bytes
        The file's content, with or without a byte order mark.
    name : str
        The file's name, for messages.

    Raises
    ------
    DataFileError
        It is not JSON, holds no object, or a name twice.

    Examples
    --------
    >>> read_json(b'{"y": [1.5, "Inf"]}', "data.json")
    {'y': [1.5, inf]}
    """
    try:
        parsed = json.loads(content.decode("utf-8-sig"), object_pairs_hook=lambda p: _once(p, name))
    except DataFileError:
        raise
    except (ValueError, RecursionError) as error:
        raise DataFileError(
            "the data file is not JSON",
            where=name,
            got=str(error),
            do="give a table the suffix .csv, or read it with pandas.read_csv and map its columns "
            "to Stan variables",
        ) from error
    if not isinstance(parsed, dict):
        raise DataFileError(
            "the data file holds no JSON object",
            where=name,
            got=type(parsed).__name__,
            expected='{"variable": value, ...}',
            do="write one entry for each data variable",
        )
    return {key: _numbers(value) for key, value in parsed.items()}


def _once(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    """Return an object's entries; a name that stands twice has no one value."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DataFileError(
            f"the name {twice!r} stands {keys.count(twice)} times in one JSON object",
            where=name,
            expected="every name once",
            do="take out the entries that are not meant",
        )
    return entries


def _numbers(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, list):
        return [_numbers(part) for part in value]
    if isinstance(value, dict):
        return {key: _numbers(part) for key, part in value.items()}
    return SPECIAL_NUMBERS.get(value, value) if isinstance(value, str) else value
