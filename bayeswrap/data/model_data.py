"""`ModelData`: a dict, a JSON file or a data frame, checked against the program's data block.

Everything that Stan would refuse after minutes of C++ is refused here at once, with the name of
the variable, the column and the row.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.data.checks import check_variable, solve_sizes
from bayeswrap.data.frames import from_frame
from bayeswrap.errors import DataError, DataFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.data.frames import Gathered
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "DataSource",
    "ModelData",
]


# what users hand over: anything that numpy or pandas can read, checked below
DataSource: TypeAlias = "Mapping[str, Any] | pd.DataFrame | str | Path | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelData:
    """Data that fit a program.

    Attributes
    ----------
    values : mapping of str to array
        Every variable of the data block, in its order; read-only arrays.
    labels : mapping of str to tuple of str
        Column names of matrices that came from a data frame, by Stan variable.
    rows : int
        Rows of the data frame; 0 where the data came as a dict.
    """

    values: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    rows: int

    @classmethod
    def build(
        cls,
        program: Program,
        data: DataSource,
        *,
        columns: Mapping[str, Any] | None = None,
        **named: object,
    ) -> ModelData:
        """Check data against a program.

        Parameters
        ----------
        program : Program
            The program whose data block is to be filled.
        data : dict, str, Path, DataFrame or None
            A dict of arrays, the path of a JSON file, or a data frame.
        columns : mapping, optional
            As `named`, for Stan variables whose names clash with other arguments.
        **named
            With a data frame: a str or a list of str maps columns to that Stan variable
            (``"1"`` in a list is a column of ones); any other value is data itself.

        Raises
        ------
        DataError
            A variable is missing or misnamed, or has a wrong shape, type or value.
        DataFileError
            The JSON file does not exist or cannot be read.
        """
        mapping = {**named, **(columns or {})}
        needed = program.variables_in("data")
        _refuse_unknown(mapping, needed, program.name)
        raw, labels, rows = _gather(data, mapping, needed)
        unused = [str(c) for c in data.columns] if isinstance(data, pd.DataFrame) else []
        values = solve_sizes(raw, needed, program.name, unused)
        checked = {v.name: check_variable(v, values, program.name, labels) for v in needed}
        return _restore(checked, labels, rows)

    def json(self, extra: Mapping[str, float] | None = None) -> str:
        """Return the data as CmdStan's JSON, numbers to the last digit."""
        plain = {name: _plain(value) for name, value in self.values.items()}
        return json.dumps({**(extra or {}), **plain})

    @property
    def hash(self) -> str:
        """SHA-256 of names, shapes and values."""
        return hashlib.sha256(self.json().encode()).hexdigest()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as plain dicts: read-only mappings do not pickle."""
        return (_restore, (dict(self.values), dict(self.labels), self.rows))


def _restore(
    values: dict[str, np.ndarray], labels: dict[str, tuple[str, ...]], rows: int
) -> ModelData:
    for array in values.values():
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return ModelData(values=MappingProxyType(values), labels=MappingProxyType(labels), rows=rows)


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray) and np.iscomplexobj(value):
        return np.stack([value.real, value.imag], axis=-1).tolist()
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, tuple):
        return {str(i): _plain(part) for i, part in enumerate(value, start=1)}
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


def _refuse_unknown(
    mapping: Mapping[str, object], needed: Sequence[Variable], program: str
) -> None:
    names = [v.name for v in needed]
    for name in mapping:
        if name not in names:
            raise DataError(
                f"program {program!r} declares no data variable {name!r}",
                expected=", ".join(names) or "no data at all",
                do=f"rename the keyword {name}= to one of these",
            )


def _gather(
    data: DataSource, mapping: Mapping[str, object], needed: Sequence[Variable]
) -> Gathered:
    """Bring every kind of source to a dict of raw values."""
    if isinstance(data, pd.DataFrame):
        return from_frame(data, mapping, needed)
    given = (
        _from_json(Path(data)) if isinstance(data, (str, Path)) else {} if data is None else data
    )
    if not hasattr(given, "keys"):
        raise DataError(
            "data of an unknown kind",
            got=type(given).__name__,
            expected="a dict, the path of a JSON file, or a pandas DataFrame",
            do="convert it to one of these",
        )
    raw = {str(k): given[k] for k in given} | dict(mapping)
    return raw, {}, 0


def _from_json(path: Path) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as file:
            content = json.load(file)
    except OSError as error:
        raise DataFileError(
            "the data file cannot be read", where=str(path), got=error.strerror, do="check the path"
        ) from error
    except ValueError as error:
        raise DataFileError(
            "the data file is not JSON",
            where=str(path),
            got=str(error),
            do="for CSV, read it with pandas.read_csv and map its columns to Stan variables",
        ) from error
    if not isinstance(content, dict):
        raise DataFileError(
            "the data file holds no JSON object",
            where=str(path),
            got=type(content).__name__,
            expected='{"variable": value, ...}',
            do="write one entry for each data variable",
        )
    return content
