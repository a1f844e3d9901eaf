"""`design_of`: a formula applied to a data frame, and `DesignBuilder`: the same for new data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.arguments import did_you_mean, one_of
from bayeswrap.errors import DataError, FormulaError
from bayeswrap.formulas.columns import ColumnCode, code_of, numbers_of
from bayeswrap.formulas.data_tables import as_table, complete_rows
from bayeswrap.formulas.design_matrices import Design, NewDesign
from bayeswrap.formulas.formula import Formula
from bayeswrap.formulas.outcome_codes import OUTCOME_KINDS
from bayeswrap.formulas.predictor_builder import PredictorBuilder, build_predictor, group_notes
from bayeswrap.formulas.response_builder import ResponseColumns, build_response, with_arguments
from bayeswrap.formulas.row_facts import check_trials
from bayeswrap.formulas.spelled_texts import (
    evaluated_texts,
    predictor_texts,
    spelled_texts,
    spelling_notes,
    used_columns,
)
from bayeswrap.formulas.term_text import TermText, column_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bayeswrap.data.row_names import Rows
    from bayeswrap.formulas.design_matrices import Predictor
    from bayeswrap.formulas.formula import FormulaLike

__all__ = [
    "DesignBuilder",
    "design_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignBuilder:
    """A formula with what it took from the data of a fit, for new data.

    Attributes
    ----------
    formula : Formula
        The formula.
    codes : mapping of str to ColumnCode
        By safe name: the column, with its levels.
    predictors : mapping of str to PredictorBuilder
        By parameter of the family.
    trials : str
        The trials as written; empty where there are none.
    """

    formula: Formula
    codes: Mapping[str, ColumnCode]
    predictors: Mapping[str, PredictorBuilder]
    trials: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that new data need."""
        return _columns(self.predictors)

    def at(
        self,
        newdata: Any,  # noqa: ANN401 - any table
        *,
        missing: str = "error",
        groups: bool = True,
    ) -> NewDesign:
        """Return the predictors for new data.

        Parameters
        ----------
        newdata : DataFrame, mapping of columns, path
            A table with the columns of the predictors; an outcome is not needed.
        missing : {"error", "drop"}
            What to do with rows that have a missing value.
        groups : bool
            Whether with group terms; without them their columns are not needed.

        Raises
        ------
        DataError
            A column is missing, a cell is no number, or a population term has a level that the
            data of the fit do not have. Levels of grouping factors may be new.

        Examples
        --------
        >>> design = design_of("y ~ scale(x)", {"y": [1.0, 2, 4], "x": [1.0, 2, 3]}, "real")
        >>> design.builder.at({"x": [2.0]}).predictors["mu"].population.values.tolist()
        [[0.0]]
        """
        table, rows, notes = as_table(newdata)
        builders = {n: p if groups else p.without_groups for n, p in self.predictors.items()}
        columns = _columns(builders)
        _require_columns(columns, table)
        kept, more = complete_rows(table, columns, rows, missing)
        table, rows = table.iloc[kept].reset_index(drop=True), rows.keep(kept)
        codes = {key: code for key, code in self.codes.items() if code.column in columns}
        frame = _coded(table, codes, rows)
        predictors = {name: p.at(frame, table, rows) for name, p in builders.items()}
        return NewDesign(
            predictors=predictors,
            rows=len(table),
            kept=kept,
            trials=self._trials(table, rows),
            notes=(*notes, *more),
        )

    def _trials(self, table: pd.DataFrame, rows: Rows) -> np.ndarray | None:
        """Return the trials of new data where their column is there."""
        if self.trials.isdigit():
            return np.full(len(table), int(self.trials))
        if self.trials not in table or table[self.trials].isna().any():
            return None
        trials = numbers_of(table[self.trials], self.trials, rows)
        check_trials(trials, None, self.trials, rows)
        return trials.astype(np.int64)


def design_of(
    formula: FormulaLike,
    frame: Any,  # noqa: ANN401 - any table
    outcome: str,
    *,
    parameters: Sequence[str] = (),
    trials: Any = None,  # noqa: ANN401 - a column, or values
    weights: Any = None,  # noqa: ANN401 - a column, or values
    offset: Any = None,  # noqa: ANN401 - a column, or values
    censored: Any = None,  # noqa: ANN401 - a column, or values
    upper: Any = None,  # noqa: ANN401 - a column, or values
    missing: str = "error",
) -> Design:
    """Return design matrices of a formula and a data frame.

    Parameters
    ----------
    formula : str, iterable of str, or Formula
        See `Formula.parse`.
    frame : DataFrame, mapping of columns, path
        A frame of pandas, polars or Arrow; columns of one length; or the path of a file.
    outcome : str
        What the family takes: `Family.outcome`.
    parameters : sequence of str
        The further parameters of the family, which may have formulas of their own.
    trials, weights, offset, censored, upper : str or array, optional
        Columns, or values for each row; each may stand in the formula instead.
    missing : {"error", "drop"}
        What to do with rows that have a missing value in a column that is used.

    Returns
    -------
    Design
        Response and predictors; its `builder` does the same for new data.

    Raises
    ------
    FormulaError
        The formula cannot be read, or names a column that does not exist.
    DataError
        A column does not hold what the formula and the family need.

    Examples
    --------
    >>> design = design_of("y ~ f", {"y": [1.0, 2, 4], "f": ["a", "b", "a"]}, "real")
    >>> design.predictors["mu"].population.names
    ('f[b]',)
    """
    one_of(outcome, OUTCOME_KINDS, "outcome")
    table, rows, notes = as_table(frame)
    given = {"trials": trials, "weights": weights, "censored": censored, "upper": upper}
    parsed, table = with_arguments(Formula.parse(formula), table, {**given, "offset": offset})
    _require_parameters(parsed, parameters)
    words = spelled_texts(parsed, table)
    used = used_columns(parsed, words)
    kept, dropped = complete_rows(table, used, rows, missing)
    table, rows = table.iloc[kept].reset_index(drop=True), rows.keep(kept)
    evaluated = [words[text] for text in evaluated_texts(parsed)]
    codes, coding = _codes(table, evaluated, rows)
    data = _coded(table, codes, rows)
    columns = ResponseColumns(table=table, words=words, data=data, rows=rows)
    response, remarks = build_response(parsed.response, outcome, columns)
    builders: dict[str, PredictorBuilder] = {}
    predictors: dict[str, Predictor] = {}
    for name, text in parsed.predictors:
        builders[name], predictors[name], more = build_predictor(text, words, data, table, rows)
        coding += more
    coding += group_notes(predictors, is_gaussian=outcome == "real")
    coding += spelling_notes(parsed, words)
    needed = {key for text in predictor_texts(parsed) for key in words[text].keys}
    return Design(
        response=response,
        predictors=predictors,
        rows=len(table),
        notes=tuple(dict.fromkeys([*notes, *dropped, *remarks, *coding])),
        kept=kept,
        builder=DesignBuilder(
            formula=parsed,
            codes={key: code for key, code in codes.items() if key in needed},
            predictors=builders,
            trials=parsed.response.trials,
        ),
    )


def _columns(predictors: Mapping[str, PredictorBuilder]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for p in predictors.values() for name in p.columns))


def _require_columns(columns: Sequence[str], table: pd.DataFrame) -> None:
    absent = [name for name in columns if name not in table]
    if absent:
        was_passed = absent[0].endswith("=")
        raise DataError(
            f"the new data have no column {absent[0]!r}{did_you_mean(absent[0], table)}",
            expected=f"columns {', '.join(columns)}",
            do=f"values were passed as {absent[0]}: add them as a column of this name"
            if was_passed
            else "add the column",
        )


def _require_parameters(formula: Formula, parameters: Sequence[str]) -> None:
    for name in formula.parameters[1:]:
        if name not in parameters:
            known = ", ".join(parameters)
            raise FormulaError(
                f"the family has no parameter {name!r}{did_you_mean(name, parameters)}",
                where=str(formula),
                expected=f"one of {known}" if known else "a formula for the outcome alone",
                do="name a parameter of the family before the ~, or leave this formula out",
            )


def _codes(
    table: pd.DataFrame, texts: Iterable[TermText], rows: Rows
) -> tuple[dict[str, ColumnCode], list[str]]:
    """Return how each column enters the terms, by safe name, and notes on levels."""
    keys = {key: column for text in texts for key, column in text.keys.items()}
    codes: dict[str, ColumnCode] = {}
    notes: list[str] = []
    for key, column in keys.items():
        as_levels = key == column_key(column, as_levels=True)
        codes[key], more = code_of(table[column], column, rows, as_levels=as_levels)
        notes += more
    return codes, notes


def _coded(table: pd.DataFrame, codes: Mapping[str, ColumnCode], rows: Rows) -> pd.DataFrame:
    columns = {key: code.apply(table[code.column], rows) for key, code in codes.items()}
    return pd.DataFrame(columns, index=range(len(table)))
