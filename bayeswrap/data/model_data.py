# ruff: noqa: PD011 - `values` are mappings here, nothing of pandas
"""`ModelData`: a dict, a data file or a data frame, checked against the program's data block.

Everything that Stan would refuse after minutes of C++ is refused here at once, with the name of
the variable, the column and the row.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.arguments import did_you_mean, one_of
from bayeswrap.data.checks import check_variable, solve_sizes
from bayeswrap.data.factors import code_factors
from bayeswrap.data.foreign_frames import as_pandas, as_plain
from bayeswrap.data.frames import columns_of, from_frame
from bayeswrap.data.json_data import unboxed
from bayeswrap.data.missing_elements import drop_missing_elements
from bayeswrap.data.missing_rows import MissingRule, drop_missing
from bayeswrap.data.readers import read_file
from bayeswrap.data.remedies import listed
from bayeswrap.data.row_names import Origin, Rows
from bayeswrap.data.size_names import column_names, size_names
from bayeswrap.data.stan_json import data_hash, json_of
from bayeswrap.data.stated_units import checked_units
from bayeswrap.data.statement_checks import check_statements
from bayeswrap.engine.data_text import DataText
from bayeswrap.errors import DataError, warn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "DataSource",
    "ModelData",
]


# what users hand over: anything that numpy or pandas can read, checked below
DataSource: TypeAlias = "Mapping[str, Any] | pd.DataFrame | str | Path | None"


_OPTIONS = (
    "engine",
    "units",
    "roles",
    "columns",
    "missing",
    "labels",
)  # of `Model`, in case one is misspelt
_SHOWN = 8  # names in one note


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
    levels : mapping of str to tuple of str
        What 1, 2, ... stand for in an index that was coded from text or from other numbers.
    notes : tuple of str
        What was changed or found out: codings, rows dropped, levels without rows.
    size_names : mapping of str to tuple of str
        What a size counts, by data variable, where the user says it.
    units : mapping of str to str
        Units that the user states, by data variable, column of a matrix, or parameter.
    file : str
        Name of the data file, without its folder; empty where there was none.
    columns : mapping of str to str
        The column of the data frame that each vector came from, by Stan variable.
    formula : str
        The formula that made the data; empty where there was none.
    """

    values: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    rows: int
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    size_names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    formula: str = ""
    _written: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls,
        program: Program,
        data: DataSource,
        *,
        columns: Mapping[str, Any] | None = None,
        missing: MissingRule = "error",
        labels: Mapping[str, Sequence[str]] | None = None,
        units: Mapping[str, str] | None = None,
        **named: object,
    ) -> ModelData:
        """Check data against a program.

        Parameters
        ----------
        program : Program
            The program whose data block is to be filled.
        data : dict, str, Path, DataFrame or None
            A dict of arrays, a data frame (of pandas, polars or Arrow), or the path of a file:
            .json, .csv, .tsv, .txt, .xlsx, .parquet, .feather; ``-`` is standard input.
        columns : mapping, optional
            As `named`, for Stan variables whose names clash with other arguments.
        missing : str, optional
            ``"error"`` refuses missing values. ``"drop"`` leaves out the rows of a table that have
            one in a column that is used, and the elements of arrays that share a size, with a
            warning that names them.
        labels : mapping of str to sequence of str, optional
            Names of what a size counts, by data variable: ``{"K": ["dose", "age"]}`` makes
            ``beta[dose]`` of the first element of ``vector[K] beta``. The columns of a data frame
            and levels of text need not be given.
        units : mapping of str to str, optional
            Units by data variable, column or parameter, for tables and for ArviZ's container.
        **named
            With a table: a str or a list of str maps columns to that Stan variable
            (``"1"`` in a list is a column of ones); any other value is data itself.

        Raises
        ------
        DataError
            A variable is missing or misnamed, or has a wrong shape, type or value.
        DataFileError
            The file does not exist or cannot be read.

        Warns
        -----
        BayeswrapWarning
            An index (``array[N] int<lower=1, upper=J>``) was coded from text or from 0, rows were
            dropped, or a file has another separator, decimal sign or encoding than usual.

        Examples
        --------
        >>> import pandas as pd
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string("data { int N; vector[N] dose; } model {}")
        >>> ModelData.build(program, pd.DataFrame({"dose": [0.5, 1.5]})).values["N"]
        array(2)
        """
        one_of(missing, ("error", "drop"), "missing")
        mapping = {**named, **(columns or {})}
        needed = program.variables_in("data")
        _refuse_unknown(mapping, needed, program.name)
        found = _gather(data, mapping, needed, missing)
        raw = {n: listed(value, f"data variable {n!r}") for n, value in found.raw.items()}
        coding = code_factors(raw, needed)
        values = solve_sizes(coding.values, needed, program.name, found.columns)
        checked = {v.name: check_variable(v, values, program.name, found.origins) for v in needed}
        check_statements(program, checked, found.origins)
        changes = (*found.changes, *coding.changes)
        for change in changes:
            warn(change)
        return _read_only(
            checked,
            labels={**column_names(found.raw), **found.labels},
            rows=found.rows,
            levels=coding.levels,
            notes=(*changes, *coding.notes, *_unused(found, mapping, needed)),
            size_names=size_names(labels or {}, checked),
            units=checked_units(units or {}, program, found.origins),
            file=Path(data).name if isinstance(data, (str, Path)) and str(data) != "-" else "",
            columns={n: o.columns[0] for n, o in found.origins.items() if len(o.columns) == 1},
        )

    @property
    def size(self) -> int:
        """How many numbers there are in all values together."""
        return sum(np.size(value) for value in self.values.values())

    def text(
        self, extra: Mapping[str, float] | None = None, names: Collection[str] | None = None
    ) -> DataText:
        """Return the data as CmdStan's JSON; they are written once, and shared.

        Parameters
        ----------
        extra : mapping of str to number, optional
            Further entries, which come first.
        names : collection of str, optional
            The variables wanted; all by default.
        """
        kept = frozenset(self.values if names is None else names) & self.values.keys()
        key = "json" if len(kept) == len(self.values) else f"json of {sorted(kept)}"
        if key not in self._written:
            self._written[key] = json_of({n: v for n, v in self.values.items() if n in kept})
        return DataText(self._written[key], extra or {})

    def json(self, extra: Mapping[str, float] | None = None) -> str:
        """Return the data as CmdStan's JSON, numbers to the last digit."""
        return self.text(extra).encoded().decode()

    def with_values(self, changes: Mapping[str, np.ndarray]) -> ModelData:
        """Return the same data with other values of some variables, which are not checked."""
        values = MappingProxyType({**self.values, **changes})
        return replace(self, values=values, _written={})

    @property
    def hash(self) -> str:
        """SHA-256 of names, shapes and values."""
        if "hash" not in self._written:
            self._written["hash"] = data_hash(self.values)
        return str(self._written["hash"])

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as plain dicts: read-only mappings do not pickle."""
        names = ("labels", "rows", "levels", "notes", "size_names", "units", "file", "columns")
        plain = {name: getattr(self, name) for name in names}
        plain = {n: dict(f) if isinstance(f, MappingProxyType) else f for n, f in plain.items()}
        return (functools.partial(_read_only, **plain), (dict(self.values),))


def _read_only(values: dict[str, np.ndarray], **facts: Any) -> ModelData:  # noqa: ANN401 - the fields
    for array in values.values():
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    proxies: dict[str, Any] = {
        n: MappingProxyType(f) if isinstance(f, dict) else f for n, f in facts.items()
    }
    return ModelData(values=MappingProxyType(values), **proxies)


def _refuse_unknown(
    mapping: Mapping[str, object], needed: Sequence[Variable], program: str
) -> None:
    names = [v.name for v in needed]
    for name in mapping:
        if name not in names:
            hint = did_you_mean(name, [*names, *_OPTIONS])
            raise DataError(
                f"program {program!r} declares no data variable {name!r}{hint}",
                expected=", ".join(names) or "no data at all",
                do=f"rename the keyword {name}= to one of these",
            )


def _unused(
    found: _Gathered, mapping: Mapping[str, object], needed: Sequence[Variable]
) -> list[str]:
    """Say which columns or entries the program does not take."""
    used = {c for origin in found.origins.values() for c in origin.columns}
    used |= {v.name for v in needed} | set(mapping)
    unused = [name for name in found.columns if name not in used]
    shown = ", ".join(map(repr, unused[:_SHOWN])) + (", ..." if len(unused) > _SHOWN else "")
    return [f"not used: {shown}"] if unused else []


@dataclass(slots=True)
class _Gathered:
    """Raw values by variable, and what is known of where they came from."""

    raw: dict[str, Any]
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    rows: int = 0
    changes: list[str] = field(default_factory=list)


def _gather(
    data: DataSource, mapping: dict[str, Any], needed: Sequence[Variable], missing: MissingRule
) -> _Gathered:
    """Bring every kind of source to a dict of raw values."""
    notes: tuple[str, ...] = ()
    names: Rows | None = None
    given: Any = as_pandas(data)
    declared = {v.name for v in needed}
    if isinstance(given, (str, Path)):
        content = read_file(given)
        given, names, notes = content.values, content.rows, content.notes
        if isinstance(given, dict):
            given = unboxed(given, needed)
    if isinstance(given, pd.DataFrame):
        table = _from_table(given, mapping, needed, names, missing)
        table.changes[:0] = notes
        return table
    given = {} if given is None else given
    if not hasattr(given, "keys"):
        raise DataError(
            "data of an unknown kind",
            got=type(given).__name__,
            expected="a dict, the path of a data file, or a data frame",
            do="convert it to one of these",
        )
    raw = {str(k): as_plain(given[k]) for k in given} | mapping
    changes: list[str] = []
    if missing == "drop":
        raw, changes = drop_missing_elements(raw, needed)
    return _Gathered(raw, columns=[n for n in raw if n not in declared], changes=changes)


def _from_table(
    frame: pd.DataFrame,
    mapping: dict[str, Any],
    needed: Sequence[Variable],
    names: Rows | None,
    missing: MissingRule,
) -> _Gathered:
    rows = Rows.of_frame(frame) if names is None else names
    changes: list[str] = []
    if missing == "drop" and not frame.empty:
        frame, mapping, rows, changes = drop_missing(frame, mapping, needed, rows)
    raw, labels, count = from_frame(frame, mapping, needed, rows)
    origins = {
        name: Origin(columns=columns, rows=rows)
        for name, columns in columns_of(frame, mapping, needed).items()
    }
    return _Gathered(raw, labels, origins, [str(c) for c in frame.columns], count, changes)
