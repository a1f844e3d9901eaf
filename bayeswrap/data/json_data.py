"""JSON files of data, in the dialects of Stan's programs, as dicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "SPECIAL_NUMBERS",
    "read_json",
    "unboxed",
]

# spellings of numbers that JSON does not have, as writers of data for Stan have them
SPECIAL_NUMBERS = {
    spelling: float(number)
    for number, names in {
        "inf": ("Inf", "inf", "INF", "Infinity", "infinity"),
        "nan": ("NaN", "nan", "NAN"),
    }.items()
    for name in names
    for spelling in ((name, f"+{name}") if number == "inf" else (name,))
}
SPECIAL_NUMBERS |= {f"-{name}": -v for name, v in SPECIAL_NUMBERS.items() if name[0] in "Ii"}


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
        text = content.decode(json.detect_encoding(content))
        parsed = json.loads(text, object_pairs_hook=lambda p: _once(p, name))
    except DataFileError:
        raise
    except (ValueError, RecursionError) as error:
        raise DataFileError(
            "the data file is not JSON",
            where=name,
            got=str(error),
            do="save the file as UTF-8"
            if isinstance(error, UnicodeDecodeError)
            else _remedy(content),
        ) from error
    if not isinstance(parsed, dict):
        records = isinstance(parsed, list) and all(isinstance(p, dict) for p in parsed)
        raise DataFileError(
            "the data file holds no JSON object",
            where=name,
            got="a list of records" if records else type(parsed).__name__,
            expected='{"variable": value, ...}',
            do="pass pandas.read_json(path), and map its columns to Stan variables"
            if records
            else "write one entry for each data variable",
        )
    return {key: _numbers(value) for key, value in parsed.items()}


def unboxed(values: Mapping[str, Any], needed: Iterable[Variable]) -> dict[str, Any]:
    """Return the variables of a JSON file with single numbers in and out of lists as declared.

    R's writers put every number in a list (``"N": [3]``), or take a vector of one number out of
    it (``"y": 2.5``); what is declared tells which was meant.

    Parameters
    ----------
    values : mapping
        What the file holds.
    needed : iterable of Variable
        The variables of the data block.
    """
    result = dict(values)
    for variable in needed:
        value, rank = result.get(variable.name), len(variable.declaration.dims)
        if variable.declaration.base == "tuple":
            continue
        if rank == 0 and isinstance(value, list) and len(value) == 1:
            result[variable.name] = value[0]
        elif rank == 1 and isinstance(value, (int, float)):
            result[variable.name] = [value]
    return result


def _remedy(content: bytes) -> str:
    """Return what to do about a file that is no JSON."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "the file is empty: write the data into it"
    if start.startswith((b"{", b"[")):
        return "correct the file at that line and column"
    if b"<-" in content:
        return "this is R's dump format: write JSON instead, as cmdstanr's write_stan_json() does"
    return "give a table the suffix .csv, or pass pandas.read_csv(path), and map its columns"


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
