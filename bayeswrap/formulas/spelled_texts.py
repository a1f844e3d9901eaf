"""The texts of a formula against the columns of a frame: which are used, and what ``.`` means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.formulas.formula_tokens import Token, column_words, spelling, tokens_of
from bayeswrap.formulas.term_text import terms_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from bayeswrap.formulas.formula import Formula
    from bayeswrap.formulas.left_sides import ResponseText
    from bayeswrap.formulas.right_sides import GroupText
    from bayeswrap.formulas.term_text import TermText

__all__ = [
    "as_column",
    "bare_column",
    "evaluated_texts",
    "predictor_texts",
    "spelled_texts",
    "spelling_notes",
    "used_columns",
]


def as_column(text: str) -> str:
    """Return the terms whose only column is an expression.

    Examples
    --------
    >>> as_column("log(y)"), as_column("y / 1000")
    ('0 + log(y)', '0 + I(y / 1000)')
    """
    return f"0 + {spelling(column_words(tokens_of(text)))}"


def bare_column(text: str) -> str:
    """Return the column that a text names; empty where it is more than a name.

    Examples
    --------
    >>> bare_column("`my age`"), bare_column("log(y)")
    ('my age', '')
    """
    words = tokens_of(text)
    return words[0].text if len(words) == 1 and words[0].kind == "name" else ""


def predictor_texts(formula: Formula) -> Iterator[str]:
    """Yield the terms of all predictors: population, offsets and what varies by group."""
    for _, predictor in formula.predictors:
        yield predictor.terms
        yield from map(as_column, predictor.offsets)
        yield from (group.terms for group in predictor.groups)


def evaluated_texts(formula: Formula) -> Iterator[str]:
    """Yield the terms that formulaic evaluates: predictors, and functions beside the outcome."""
    yield from predictor_texts(formula)
    yield from (as_column(text) for text in _beside(formula.response) if not bare_column(text))


def spelled_texts(formula: Formula, table: pd.DataFrame) -> dict[str, TermText]:
    """Return each text of a formula in formulaic's spelling.

    Parameters
    ----------
    formula : Formula
        The formula.
    table : DataFrame
        The data.

    Raises
    ------
    FormulaError
        A column does not exist.
    """
    known = list(table.columns)
    aside = list(_beside(formula.response))
    for _, predictor in formula.predictors:
        aside += predictor.offsets
        for group in predictor.groups:
            _require_factors(group, known)
    words = {as_column(text): _column_text(text, known) for text in aside}
    named = {column for text in words.values() for column in text.columns}
    named |= {f for _, p in formula.predictors for g in p.groups for f in g.factors}
    others = [column for column in known if column not in named]
    for text in predictor_texts(formula):
        words.setdefault(text, terms_text(text, known=known, others=others))
    return words


def spelling_notes(formula: Formula, words: Mapping[str, TermText]) -> list[str]:
    """Return notes on terms that may mean something else than they seem to."""
    notes = [note for text in predictor_texts(formula) for note in words[text].notes]
    outcome = bare_column(formula.response.outcome)
    named = {column for _, p in formula.predictors for column in words[p.terms].columns}
    if outcome in named:
        notes.append(f"the outcome {outcome} stands among its own predictors")
    return notes


def used_columns(formula: Formula, words: Mapping[str, TermText]) -> list[str]:
    """Return the columns in which no value may be missing: all but the upper ends of intervals."""
    free = as_column(formula.response.upper) if formula.response.upper else ""
    names = [c for text, spelled in words.items() if text != free for c in spelled.columns]
    for _, predictor in formula.predictors:
        names += [factor for group in predictor.groups for factor in group.factors]
    return list(dict.fromkeys(names))


def _beside(response: ResponseText) -> Iterator[str]:
    given = (response.outcome, response.failures, response.trials, response.weights)
    for text in (*given, response.censored, response.upper):
        if text and tokens_of(text)[0].kind != "number":
            yield text


def _column_text(text: str, known: list[str]) -> TermText:
    """Return the terms whose only column is an expression; places are those in the expression."""
    spelled = terms_text(column_words(tokens_of(text)), text, known=known)
    return replace(spelled, text=f"0 + {spelled.text}")


def _require_factors(group: GroupText, known: list[str]) -> None:
    written = str(group)
    at = written.index("|")
    for factor in group.factors:
        at = written.index(factor, at)
        terms_text((Token("name", factor, at),), written, known=known)
