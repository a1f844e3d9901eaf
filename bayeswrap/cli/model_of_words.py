"""A model from the words of a command: program or library name, data, columns, values, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bayeswrap.arguments import check_ci_prob
from bayeswrap.cli.command_options import STANDARD_INPUT
from bayeswrap.errors import UsageError
from bayeswrap.model.model import Model
from bayeswrap.program.program import Program
from bayeswrap.program_library import library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bayeswrap.cli.command_options import DataOptions, SamplerOptions, SearchOptions

__all__ = [
    "data_path",
    "is_saved",
    "level_of",
    "methods_of",
    "model_of",
    "pair",
    "sampler_arguments",
]

_USUAL_LEVEL = 0.95
_FORMS = {"--role": "LINE=ROLE", "--unit": "NAME=UNIT", "--prior": "NAME=PRIOR"}


def model_of(program: Path, data: Path | None, options: Any) -> Model:  # noqa: ANN401 - both parts, see below
    """Return the model that the words of a command describe.

    Parameters
    ----------
    program : Path
        A file, or the name of a library program.
    data : Path or None
        A file; None for the example data of a library program.
    options : DataOptions and SearchOptions
        Columns, values, roles, engine.
    """
    roles = dict(pair(text, "--role") for text in options.role or ())
    mapping = _mapping(options)
    common = {"engine": options.engine, "roles": roles}
    name = str(program)
    if data is None and name in library:
        entry = library[name]
        columns = {**entry.columns, **mapping}
        return Model(entry.program, entry.example_data, columns=columns, **common)
    return Model(
        library[name].program if name in library else Program.from_file(name),
        data_path(data),
        columns=mapping,
        missing=options.missing,
        units=dict(pair(text, "--unit") for text in options.unit or ()),
        **common,
    )


def data_path(data: Path | None) -> str | None:
    """Return the path of data as `Model` takes it."""
    if data is None:
        return None
    return "-" if str(data) == STANDARD_INPUT else str(data)


def pair(text: str, option: str) -> tuple[str, str]:
    """Split ``NAME=VALUE`` at its last sign, or raise `UsageError`."""
    key, equals, value = text.rpartition("=")
    if not (key and equals and value):
        form = _FORMS[option]
        raise UsageError(f"{option} takes {form}", got=text, do=f"write {option} {form}")
    return key.strip(), value.strip()


def _mapping(options: DataOptions) -> dict[str, object]:
    columns = dict(_mapped(text) for text in options.columns or ())
    values = dict(_value(text) for text in options.values or ())
    both = sorted(columns.keys() & values.keys())
    if both:
        raise UsageError(
            "a variable has a column and a value", got=both[0], do="leave --map or --set out"
        )
    return {**columns, **values}


def _mapped(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError("--map takes VARIABLE=COLUMNS", got=text, do="write --map y=column")
    if "," in value:
        return name, [part for part in value.split(",") if part]
    try:
        return name, _number(value)
    except ValueError:
        return name, value


def _value(text: str) -> tuple[str, object]:
    """Return a variable and its number, or its list of numbers."""
    name, _, value = text.partition("=")
    try:
        numbers = [_number(part) for part in value.rstrip(",").split(",")]
    except ValueError:
        numbers = []
    if not (name.strip() and numbers):
        raise UsageError(
            "--set takes a variable of the data block and numbers",
            got=text,
            expected="such as --set nu=4 or --set cuts=1,2,3",
            do="map columns by --map, and write numbers with a decimal point",
        )
    return name.strip(), numbers if "," in value else numbers[0]


def _number(text: str) -> int | float:
    number = float(text)
    # with a point it is meant to be real: Stan takes an integer for a real, too
    return int(number) if number.is_integer() else number


def sampler_arguments(options: SamplerOptions) -> dict[str, Any]:
    """Return the arguments of `Model.sample` that were given."""
    names = ("chains", "iter_warmup", "iter_sampling", "adapt_delta")
    values = {name: getattr(options, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def level_of(options: SearchOptions) -> float:
    """Return the coverage of intervals that was given, or the usual one."""
    return check_ci_prob(_USUAL_LEVEL if options.level is None else options.level)


def is_saved(path: Path) -> bool:
    """Return whether a path is a file that is no Stan program, and thus a saved result."""
    return path.is_file() and path.suffix != ".stan"


def methods_of(text: str | None) -> Sequence[str] | None:
    """Return the names of ``--methods``."""
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]
