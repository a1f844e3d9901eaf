"""The response of a formula on a data frame: outcome, trials, weights, censoring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError, FormulaError, UsageError
from bayeswrap.formulas.columns import numbers_of
from bayeswrap.formulas.design_matrices import Response
from bayeswrap.formulas.evaluation import evaluate_terms
from bayeswrap.formulas.formula_tokens import column_words, spelling, tokens_of
from bayeswrap.formulas.outcome_codes import code_outcome
from bayeswrap.formulas.row_facts import censored_codes, check_trials, check_upper, check_weights
from bayeswrap.formulas.spelled_texts import as_column, bare_column
from bayeswrap.formulas.term_text import terms_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.data.row_names import Rows
    from bayeswrap.formulas.formula import Formula
    from bayeswrap.formulas.left_sides import ResponseText
    from bayeswrap.formulas.term_text import TermText

__all__ = [
    "ResponseColumns",
    "build_response",
    "with_arguments",
]


def with_arguments(
    formula: Formula, table: pd.DataFrame, given: Mapping[str, Any]
) -> tuple[Formula, pd.DataFrame]:
    """Return the formula with arguments of the call in it, and the table with their values.

    Parameters
    ----------
    formula : Formula
        The formula.
    table : DataFrame
        The data.
    given : mapping of str
        By argument (``trials``, ``weights``, ``censored``, ``upper``, ``offset``): a column, a
        number, or values for each row, which become a column.

    Raises
    ------
    UsageError
        An argument stands in the formula, too, or has another number of values than rows.
    """
    for name, value in given.items():
        if value is None:
            continue
        text, table = _argument_text(name, value, table)
        if name == "offset":
            (mu, first), *rest = formula.predictors
            first = replace(first, offsets=(*first.offsets, text))
            formula = replace(formula, predictors=((mu, first), *rest))
            continue
        if getattr(formula.response, name):
            raise UsageError(
                f"{name} stands in the formula and among the arguments",
                where=str(formula),
                do=f"take {name}= or the part of the formula away",
            )
        formula = replace(formula, response=replace(formula.response, **{name: text}))
    return formula, table


def _argument_text(name: str, value: Any, table: pd.DataFrame) -> tuple[str, pd.DataFrame]:  # noqa: ANN401 - a column, or values
    """Return an argument as it would stand in the formula."""
    if isinstance(value, str):
        if value in table:
            return _quoted(value), table
        words = tokens_of(value)
        terms_text(column_words(words), value, known=list(table.columns))
        return spelling(words), table
    if np.ndim(value) == 0 and name == "trials" and float(value).is_integer() and value >= 0:
        return str(int(value)), table
    if np.ndim(value) != 1 or len(value) != len(table):
        size = f"{len(value)} values" if np.ndim(value) else repr(value)
        raise UsageError(
            f"{name}= is a column, or one value for each row",
            got=size,
            expected=f"the name of a column, or {len(table)} values",
            do=f"pass {name}= as one of these",
        )
    column = f"{name}="
    values = value.to_numpy() if isinstance(value, pd.Series) else value
    return f"`{column}`", table.assign(**{column: values})


def _quoted(name: str) -> str:
    return spelling(tokens_of(f"`{name}`"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseColumns:
    """What the texts of a response are read off.

    Attributes
    ----------
    table : DataFrame
        The columns as the user has them.
    words : mapping of str to TermText
        Formulaic's spelling of each text.
    data : DataFrame
        The columns as numbers and categoricals under safe names.
    rows : Rows
        The names of the rows.
    """

    table: pd.DataFrame
    words: Mapping[str, TermText]
    data: pd.DataFrame
    rows: Rows

    def numbers(self, text: str) -> np.ndarray | None:
        """Return a column or expression of numbers; None for an empty text."""
        if not text:
            return None
        words = tokens_of(text)
        if [w.kind for w in words] == ["number"]:
            return np.full(len(self.table), float(text))
        column = bare_column(text)
        if column:
            return numbers_of(self.table[column], column, self.rows)
        terms, matrix = evaluate_terms(self.words[as_column(text)], self.data, self.rows)
        if len(terms.names) != 1:
            raise FormulaError(
                f"{text} is not one column of numbers",
                got=f"{len(terms.names)} columns",
                do="give a column of numbers, or a function of one",
            )
        return matrix[:, 0]

    def series(self, text: str) -> pd.Series:
        """Return a column as it stands in the frame, or an expression of numbers."""
        column = bare_column(text)
        return self.table[column] if column else pd.Series(self.numbers(text))


def build_response(
    text: ResponseText, kind: str, columns: ResponseColumns
) -> tuple[Response, list[str]]:
    """Return the response, and notes on how it was coded.

    Parameters
    ----------
    text : ResponseText
        The left side of the formula.
    kind : str
        What the family takes.
    columns : ResponseColumns
        What its texts are read off.

    Raises
    ------
    DataError
        The outcome, or what stands beside it, is not what the family takes.
    """
    name = bare_column(text.outcome) or text.outcome
    coded = code_outcome(columns.series(text.outcome), name, kind, columns.rows)
    censored = None
    upper = _upper(text, columns)
    if text.censored:
        censored = censored_codes(columns.series(text.censored), text.censored, columns.rows)
        check_upper(censored, coded.values, upper, columns.rows)
    weights = columns.numbers(text.weights)
    if weights is not None:
        check_weights(weights, bare_column(text.weights) or text.weights, columns.rows)
    return Response(
        name=name,
        values=coded.values,
        levels=coded.levels,
        trials=_trials(text, kind, coded.values, columns),
        weights=None if weights is None else weights.astype(float),
        censored=censored,
        upper=upper,
    ), coded.notes


def _upper(text: ResponseText, columns: ResponseColumns) -> np.ndarray | None:
    """Return upper ends; they may be missing where a row is not interval censored."""
    if not text.upper:
        return None
    column = bare_column(text.upper)
    if not column:
        return columns.numbers(text.upper)
    series = columns.table[column]
    upper = np.full(len(series), np.nan)
    there = series.notna().to_numpy()
    if there.any():
        rows = columns.rows.keep(np.flatnonzero(there))
        upper[there] = numbers_of(series[there], column, rows)
    return upper


def _trials(
    text: ResponseText, kind: str, successes: np.ndarray, columns: ResponseColumns
) -> np.ndarray | None:
    if kind != "binomial":
        if text.trials or text.failures:
            raise FormulaError(
                f"the family has no trials: its outcome is {kind}",
                do="use family='binomial', or write the outcome alone",
            )
        return None
    if text.failures:
        failures = columns.numbers(text.failures)
        if failures is not None:
            check_trials(failures, None, text.failures, columns.rows)
            total: np.ndarray = successes + failures
            return total.astype(np.int64)
    trials = columns.numbers(text.trials)
    if trials is None:
        raise DataError(
            "a binomial outcome needs the number of trials",
            where=f"outcome {text.outcome!r}",
            do="write y | trials(n) ~ x, cbind(successes, failures) ~ x, or pass trials=; for 0 "
            "and 1 use family='bernoulli'",
        )
    check_trials(trials, successes, bare_column(text.trials) or text.trials, columns.rows)
    return trials.astype(np.int64)
