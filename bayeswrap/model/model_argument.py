"""A model where a program and data may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bayeswrap.errors import UsageError
from bayeswrap.model.model import Model

if TYPE_CHECKING:
    from pathlib import Path

    from bayeswrap.data.model_data import DataSource
    from bayeswrap.program.program import Program

__all__ = [
    "as_model",
]

_DEFAULTS = {"engine": "auto", "missing": "error"}


def as_model(
    program: Model | Program | str | Path,
    data: DataSource = None,
    *,
    where: str,
    **options: Any,  # noqa: ANN401 - those of Model
) -> Model:
    """Return a model that is given, or make one of a program and data.

    Parameters
    ----------
    program : Model, Program, str or Path
        A model, or the program of one.
    data : dict, str, Path, DataFrame or None
        As for `Model`.
    where : str
        The call, as the error says it.
    **options
        As for `Model`.

    Raises
    ------
    UsageError
        A model, and data or options that it has already.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> model = bw.Model(bw.library["beta_binomial"].program, {"n": 9, "y": 2, "a": 1, "b": 1})
    >>> as_model(model, where="analyze(model, ...)") is model
    True
    """
    if not isinstance(program, Model):
        return Model(program, data, **options)
    given = {"data": data, **options}
    more = [n for n, value in given.items() if value is not None and value != _DEFAULTS.get(n)]
    if more:
        raise UsageError(
            "a model has its data and its engine already",
            where=where,
            got=", ".join(f"{name}=" for name in more),
            do="pass the model alone, or the program with the data",
        )
    return program
