"""Terms evaluated on a frame by formulaic, with what new data need kept."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import DataError, FormulaError
from bayeswrap.formulas.column_functions import (
    checked_contrasts,
    checked_levels,
    column_functions,
)
from bayeswrap.formulas.splines import bs, ns

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from bayeswrap.data.row_names import Rows
    from bayeswrap.formulas.term_text import TermText

__all__ = [
    "INTERCEPT",
    "Terms",
    "evaluate_terms",
]

INTERCEPT = "Intercept"
_CONTRAST = re.compile(r"\[(?:T|S|H|D)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms that were evaluated once, and can be again.

    Attributes
    ----------
    text : TermText
        The terms.
    spec : object
        formulaic's own record: parameters of transforms, levels and contrasts.
    names : tuple of str
        The columns in the user's spelling, the intercept as ``Intercept``.
    intercept : bool
        Whether the first column is the intercept.
    keep : tuple of int, optional
        The columns that are kept; all by default.
    """

    text: TermText
    spec: Any
    names: tuple[str, ...]
    intercept: bool
    keep: tuple[int, ...] | None = None

    def only(self, keep: tuple[int, ...]) -> Terms:
        """Return the terms with some of their columns."""
        return replace(self, keep=keep, names=tuple(self.names[i] for i in keep))

    def matrix(self, frame: pd.DataFrame, rows: Rows) -> np.ndarray:
        """Return the columns for new data.

        Raises
        ------
        FormulaError
            A transform cannot be computed.
        DataError
            A transform is not finite.
        """
        matrix = _values(lambda: _again(self.spec, frame), frame)
        _require_finite(matrix, [str(n) for n in self.spec.column_names], self.text, rows)
        return matrix if self.keep is None else matrix[:, list(self.keep)]


def evaluate_terms(text: TermText, frame: pd.DataFrame, rows: Rows) -> tuple[Terms, np.ndarray]:
    """Return terms and their columns.

    Parameters
    ----------
    text : TermText
        The terms.
    frame : DataFrame
        Numbers and categoricals under safe names.
    rows : Rows
        The names of the rows, for messages.

    Raises
    ------
    FormulaError
        A transform cannot be computed.
    DataError
        A transform is not finite.
    """
    made: list[Any] = []

    def first() -> Any:  # noqa: ANN401 - a matrix of formulaic
        made.append(_formula(text.text, frame))
        return made[0]

    matrix = _values(first, frame, text)
    spec = made[0].model_spec
    own = [str(name) for name in spec.column_names]
    _require_finite(matrix, own, text, rows)
    names = tuple(_label(n, text) for n in own)
    return Terms(text=text, spec=spec, names=names, intercept=own[:1] == [INTERCEPT]), matrix


def _formula(text: str, frame: pd.DataFrame) -> Any:  # noqa: ANN401 - a matrix of formulaic
    import formulaic  # noqa: PLC0415 - slow

    return formulaic.Formula(text).get_model_matrix(
        frame, context=_context(), output="numpy", na_action="ignore"
    )


def _again(spec: Any, frame: pd.DataFrame) -> Any:  # noqa: ANN401 - a matrix of formulaic
    return spec.get_model_matrix(frame, context=_context(), na_action="ignore")


def _values(
    compute: Callable[[], Any], frame: pd.DataFrame, text: TermText | None = None
) -> np.ndarray:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            matrix = np.asarray(compute(), dtype=np.float64)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            raise _refusal(error, text, frame) from error
    return matrix.reshape(len(frame), -1) if matrix.size else np.zeros((len(frame), 0))


def _refusal(error: Exception, text: TermText | None, frame: pd.DataFrame) -> FormulaError:
    """Return formulaic's message with the user's names."""
    if isinstance(error.__cause__, FormulaError):  # one of our own transforms
        return error.__cause__
    message = str(error).split("\n")[0]
    cause = re.search(r"\[(?:\w+): (.*)\]$", message)
    factor = re.search(r"Unable to evaluate factor `(.*?)`\.", message)
    spelled = text.labels if text is not None else {}
    name = spelled.get(factor.group(1), factor.group(1)) if factor else "the terms"
    reason = cause.group(1) if cause else message
    for key, label in sorted(spelled.items(), key=lambda item: -len(item[0])):
        reason = reason.replace(key, label)
    do = "check its arguments and its columns"
    for key, column in text.keys.items() if text is not None else ():
        if factor and key in factor.group(1) and frame[key].dtype == "category":
            do = f"{column} holds levels, no numbers: leave out the function, or use other columns"
    return FormulaError(f"{name} cannot be computed", got=reason, do=do)


def _require_finite(matrix: np.ndarray, own: list[str], text: TermText, rows: Rows) -> None:
    wild = ~np.isfinite(matrix)
    if not wild.any():
        return
    column = int(np.flatnonzero(wild.any(axis=0))[0])
    if wild[:, column].all() and len(wild) > 1:
        raise DataError(
            f"{_label(own[column], text)} is not finite in any row",
            do="its column has too few different values for it, or none in its domain",
        )
    raise DataError(
        f"{_label(own[column], text)} is not finite",
        where=rows.names(np.flatnonzero(wild[:, column])),
        do="check the values of its columns: log() needs numbers above 0, sqrt() none below",
    )


def _label(name: str, text: TermText) -> str:
    """Return a column's name in the user's spelling: ``f[b]`` of ``v_f[T.b]``."""
    keys = sorted(text.labels, key=len, reverse=True)
    if not keys:
        return name
    pattern = r"(?:^|(?<=:))(" + "|".join(map(re.escape, keys)) + r")(?=$|:|\[)"
    return _CONTRAST.sub("[", re.sub(pattern, lambda m: text.labels[m.group(1)], name))


def _context() -> dict[str, Any]:
    """Return the functions that a formula may call, beyond formulaic's own."""
    from formulaic.transforms import C, stateful_transform  # noqa: PLC0415 - slow

    return {
        **column_functions(),
        "C": lambda column, contrasts=None, levels=None: C(
            column, checked_contrasts(contrasts), levels=checked_levels(levels, column)
        ),
        "bs": stateful_transform(bs),
        "ns": stateful_transform(ns),
    }
