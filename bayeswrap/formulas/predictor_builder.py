"""The predictors of a formula: built on the data of a fit, and built again on new data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.aliasing import aliased_columns, constant_columns
from bayeswrap.formulas.columns import level_names
from bayeswrap.formulas.design_matrices import DesignMatrix, GroupTerm, Predictor
from bayeswrap.formulas.evaluation import INTERCEPT, evaluate_terms
from bayeswrap.formulas.spelled_texts import as_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from bayeswrap.data.row_names import Rows
    from bayeswrap.formulas.evaluation import Terms
    from bayeswrap.formulas.formula import GroupText, PredictorText
    from bayeswrap.formulas.term_text import TermText

__all__ = [
    "GroupBuilder",
    "PredictorBuilder",
    "build_predictor",
    "group_notes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBuilder:
    """A group term of the fit: its terms and the levels of its factor."""

    text: GroupText
    terms: Terms
    levels: tuple[str, ...]

    def at(self, frame: pd.DataFrame, table: pd.DataFrame, rows: Rows) -> GroupTerm:
        """Return the group term for new data."""
        codes, names = _levels(table, self.text.factors)
        known = {name: i for i, name in enumerate(self.levels, start=1)}
        unseen = tuple(name for name in names if name not in known)
        fresh = {name: i for i, name in enumerate(unseen, start=1)}
        index = np.array([known.get(name, 0) for name in names], dtype=np.int64)[codes]
        new_index = np.array([fresh.get(name, 0) for name in names], dtype=np.int64)[codes]
        return GroupTerm(
            factor=self.text.factor,
            names=self.terms.names,
            values=self.terms.matrix(frame, rows),
            levels=self.levels,
            index=index,
            correlated=self.text.correlated,
            new_levels=unseen,
            new_index=new_index,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorBuilder:
    """A predictor of the fit: its terms with what their transforms remember."""

    population: Terms
    offsets: tuple[Terms, ...]
    groups: tuple[GroupBuilder, ...]

    @property
    def without_groups(self) -> PredictorBuilder:
        """The same predictor without group terms."""
        return replace(self, groups=())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that new data need."""
        parts = [self.population, *self.offsets, *(group.terms for group in self.groups)]
        names = [column for terms in parts for column in terms.text.columns]
        return (*names, *(factor for group in self.groups for factor in group.text.factors))

    def at(self, frame: pd.DataFrame, table: pd.DataFrame, rows: Rows) -> Predictor:
        """Return the predictor for new data.

        Parameters
        ----------
        frame : DataFrame
            The columns as numbers and categoricals under safe names.
        table : DataFrame
            The columns of grouping factors as the user has them.
        rows : Rows
            The names of the rows.
        """
        return Predictor(
            population=_population(self.population, self.population.matrix(frame, rows)),
            groups=tuple(group.at(frame, table, rows) for group in self.groups),
            offset=_total([offset.matrix(frame, rows) for offset in self.offsets]),
        )


def build_predictor(
    text: PredictorText,
    words: Mapping[str, TermText],
    frame: pd.DataFrame,
    table: pd.DataFrame,
    rows: Rows,
) -> tuple[PredictorBuilder, Predictor, list[str]]:
    """Return a predictor, what builds it again, and notes on columns that were left out.

    Parameters
    ----------
    text : PredictorText
        The right side of a formula.
    words : mapping of str to TermText
        Formulaic's spelling of each of its texts.
    frame, table, rows
        See `PredictorBuilder.at`.

    Raises
    ------
    FormulaError
        A transform cannot be computed, or an effect varies twice by one factor.
    DataError
        A value is not finite.
    """
    terms, matrix = evaluate_terms(words[text.terms], frame, rows)
    terms, matrix, notes = _identified(terms, matrix)
    offsets = [evaluate_terms(words[as_column(offset)], frame, rows) for offset in text.offsets]
    for (offset, _), written in zip(offsets, text.offsets, strict=True):
        if len(offset.names) != 1:
            raise FormulaError(
                f"offset({written}) is not one column of numbers",
                got=f"{len(offset.names)} columns",
                do="give one column of numbers",
            )
    groups = [_build_group(group, words, frame, table, rows) for group in text.groups]
    _require_single_effects([term for _, term in groups])
    builder = PredictorBuilder(
        population=terms,
        offsets=tuple(offset for offset, _ in offsets),
        groups=tuple(group for group, _ in groups),
    )
    predictor = Predictor(
        population=_population(terms, matrix),
        groups=tuple(term for _, term in groups),
        offset=_total([values for _, values in offsets]),
    )
    return builder, predictor, notes


def _population(terms: Terms, matrix: np.ndarray) -> DesignMatrix:
    begin = int(terms.intercept)
    return DesignMatrix(
        names=terms.names[begin:], values=matrix[:, begin:], intercept=terms.intercept
    )


def _total(parts: list[np.ndarray]) -> np.ndarray | None:
    total: np.ndarray | None = np.sum([part[:, 0] for part in parts], axis=0) if parts else None
    return total


def _identified(terms: Terms, matrix: np.ndarray) -> tuple[Terms, np.ndarray, list[str]]:
    """Leave out columns that are combinations of those before them, as R's glm does."""
    begin = int(terms.intercept)
    columns, names = matrix[:, begin:], terms.names[begin:]
    if matrix.shape[1] > matrix.shape[0]:
        note = f"{matrix.shape[1]} coefficients for {matrix.shape[0]} rows: without a prior the "
        return terms, matrix, [note + "data do not determine them"]
    aliased = aliased_columns(columns, intercept=bool(begin))
    if not aliased:
        return terms, matrix, []
    constant = constant_columns(columns)
    notes = []
    for j, makers in aliased.items():
        parts = ["the intercept"] * begin + [names[k] for k in makers]
        cause = f"it is a combination of {', '.join(parts)}"
        if not columns[:, j].any():
            cause = "it is 0 in every row"
        elif constant[j]:
            cause = "it is constant"
        notes.append(f"{names[j]} was left out: {cause}")
    keep = tuple(i for i in range(matrix.shape[1]) if i - begin not in aliased)
    return terms.only(keep), matrix[:, list(keep)], notes


def _build_group(
    text: GroupText,
    words: Mapping[str, TermText],
    frame: pd.DataFrame,
    table: pd.DataFrame,
    rows: Rows,
) -> tuple[GroupBuilder, GroupTerm]:
    terms, matrix = evaluate_terms(words[text.terms], frame, rows)
    if not terms.names:
        raise FormulaError(
            f"nothing varies in {text}", do="write (1 | g) or (0 + x | g), or leave the term out"
        )
    codes, names = _levels(table, text.factors)
    term = GroupTerm(
        factor=text.factor,
        names=terms.names,
        values=matrix,
        levels=tuple(names),
        index=codes + 1,
        correlated=text.correlated,
    )
    return GroupBuilder(text=text, terms=terms, levels=tuple(names)), term


def _levels(table: pd.DataFrame, factors: tuple[str, ...]) -> tuple[np.ndarray, list[str]]:
    """Return the level of each row, from 0, and the levels: combinations that occur."""
    parts = [level_names(table[factor]) for factor in factors]
    codes, names = parts[0]
    for more, others in parts[1:]:
        both = codes * len(others) + more
        present, codes = np.unique(both, return_inverse=True)
        pairs = zip(present // len(others), present % len(others), strict=True)
        names = [f"{names[i]}:{others[j]}" for i, j in pairs]
    return codes.astype(np.int64), names


def _require_single_effects(groups: list[GroupTerm]) -> None:
    seen: set[tuple[str, str]] = set()
    for group in groups:
        for name in group.names:
            if (group.factor, name) in seen:
                effect = "the intercept" if name == INTERCEPT else name
                raise FormulaError(
                    f"{effect} varies by {group.factor} in two group terms",
                    do=f"keep one of them: (1 | {group.factor}) + (0 + x | {group.factor}) has "
                    "each effect once",
                )
            seen.add((group.factor, name))


def group_notes(predictors: Mapping[str, Predictor], *, is_gaussian: bool) -> list[str]:
    """Return notes on grouping factors with one level, or with a level for each row."""
    notes = []
    terms = {group.factor: group for p in predictors.values() for group in p.groups}
    for factor, group in terms.items():
        if len(group.levels) == 1:
            notes.append(f"grouping factor {factor} has one level: no spread can be estimated")
        elif len(group.levels) == len(group.index) and is_gaussian:
            notes.append(
                f"grouping factor {factor} has a level for each row: the data do not separate its "
                "effects from the residuals"
            )
    return notes
