"""From models to the lines of a table: numbers rounded by their uncertainty, letters for notes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bayeswrap.errors import UsageError
from bayeswrap.report.document.numbers import DASH, decimals_for, fixed, plain
from bayeswrap.report.paper.fit_statistics import column_statistics
from bayeswrap.report.paper.model_columns import models_of
from bayeswrap.report.paper.paper_table import Entry, Footnotes, Line, PaperTable, one_line
from bayeswrap.report.paper.table_notes import flag_note, source_note, table_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.report.paper.estimate_columns import EstimateColumn, Number
    from bayeswrap.report.paper.model_columns import ModelColumns, TableChoice, TableSource

__all__ = [
    "paper_table",
]


_SUBHEADS = ("estimate", "spread", "lower", "upper")
_NO_SPREAD = 3  # significant digits of a number whose uncertainty is not known
_WIDEST = 1  # decimals that a cell may have beyond those of its own uncertainty


def paper_table(sources: Mapping[str, TableSource], choice: TableChoice) -> PaperTable:
    """Return the table of one or several models.

    Parameters
    ----------
    sources : mapping of str to comparison or result
        By the names of the models; one without a name stands alone.
    choice : TableChoice
        What the user asks for.
    """
    models, labels = models_of(sources, choice)
    footnotes = Footnotes()
    body = [line for label in labels for line in _row(label, models, choice, footnotes)]
    spans, heads = _heads(models, choice)
    return PaperTable(
        caption=one_line(choice.caption),
        latex_label=choice.latex_label,
        spans=spans,
        heads=("", *heads),
        body=tuple(body),
        statistics=tuple(_statistics(models, choice)),
        footnotes=footnotes.listed(),
        notes=table_notes(models, choice),
        centred=choice.style != "columns",
    )


def _heads(
    models: Sequence[ModelColumns], choice: TableChoice
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Return the heads of the columns and those over them: model, estimate, part of it."""
    levels = [(one_line(m.name), c.head) for m in models for c in m.columns]
    single = all(len(m.columns) == 1 for m in models)
    alone = len(models) == 1 and not models[0].name
    if choice.style == "columns":
        names = [head if alone else name if single else f"{name}: {head}" for name, head in levels]
        return tuple((name, len(_SUBHEADS)) for name in names), _SUBHEADS * len(names)
    if alone:
        return (), tuple(head for _, head in levels)
    if single:
        return (), tuple(name for name, _ in levels)
    spans = tuple((one_line(m.name), len(m.columns)) for m in models)
    return spans, tuple(head for _, head in levels)


def _row(
    label: str, models: Sequence[ModelColumns], choice: TableChoice, footnotes: Footnotes
) -> list[Line]:
    """Return the lines of a parameter: its estimates, and below them what the style asks for."""
    at = [m.by_label.get(label) for m in models]
    alone = len(models) == 1
    flags = models[0].flags_of(at[0] or "") if alone else ()
    head = Entry(label, footnotes.marks(*map(flag_note, flags)))
    pairs = [(m, c, n) for m, n in zip(models, at, strict=True) for c in m.columns]
    spreads = [c.numbers[n].spread for _, c, n in pairs if n is not None and n in c.numbers]
    shared = decimals_for(spreads, choice.digits) if any(map(_known, spreads)) else None
    writer = _CellWriter(choice, footnotes, shared)
    stacks = [
        stack
        for model, column, name in pairs
        for stack in writer.stacks(column, name, () if alone else model.flags_of(name or ""))
    ]
    depth = max(map(len, stacks))
    lines = []
    for i in range(depth):
        entries = tuple(stack[i] if i < len(stack) else Entry() for stack in stacks)
        lines.append(Line(head if i == 0 else Entry(), entries))
    return lines


def _known(spread: float) -> bool:
    return math.isfinite(spread) and spread > 0


@dataclass(frozen=True, slots=True)
class _CellWriter:
    """Writes the cells of one row, whose smallest uncertainty decides on `decimals`."""

    choice: TableChoice
    footnotes: Footnotes
    decimals: int | None

    def stacks(
        self, column: EstimateColumn, name: str | None, flags: Sequence[str]
    ) -> list[list[Entry]]:
        """Return the texts of an estimate below each other, one list a column of the table."""
        width = len(_SUBHEADS) if self.choice.style == "columns" else 1
        number = column.numbers.get(name or "")
        if name is None or number is None:
            dash = DASH if name is not None and column.absence else ""
            return [[Entry(dash)], *([Entry()] for _ in range(width - 1))]
        notes = self.footnotes.marks(*map(flag_note, flags), source_note(column, name))
        why = self.footnotes.marks(_remark(column, name, number, self.choice.style))
        return self._styled(number, notes, why)

    def _styled(
        self, number: Number, notes: tuple[str, ...], why: tuple[str, ...]
    ) -> list[list[Entry]]:
        value, spread, lower, upper = _texts(number, self.decimals, self.choice.digits)
        style = self.choice.style
        if style == "columns":
            return [[Entry(value, notes)], [Entry(spread, why)], [Entry(lower)], [Entry(upper)]]
        if style == "plusminus":
            joined = value if spread == DASH else f"{value} \N{PLUS-MINUS SIGN} {spread}"
            return [[Entry(joined, (*notes, *why))]]
        interval = DASH if math.isnan(number.lower) else f"[{lower}, {upper}]"
        bracketed = DASH if math.isnan(number.spread) else f"({spread})"
        below = {
            "spread": [Entry(bracketed, why)],
            "interval": [Entry(interval, why)],
            "both": [Entry(bracketed, why), Entry(interval)],
        }
        return [[Entry(value, notes), *below[style]]]


def _texts(number: Number, shared: int | None, digits: int) -> tuple[str, str, str, str]:
    """Return a number as text, rounded by the smallest uncertainty in its row, within reason."""
    if shared is None:
        return plain(number.value, _NO_SPREAD), DASH, *_ends(number, None)
    decimals = shared
    if _known(number.spread):
        decimals = min(shared, decimals_for([number.spread], digits) + _WIDEST)
    return fixed(number.value, decimals), fixed(number.spread, decimals), *_ends(number, decimals)


def _ends(number: Number, decimals: int | None) -> tuple[str, str]:
    if decimals is None:
        return plain(number.lower, _NO_SPREAD), plain(number.upper, _NO_SPREAD)
    return fixed(number.lower, decimals), fixed(number.upper, decimals)


def _remark(column: EstimateColumn, name: str, number: Number, style: str) -> str:
    """Return why something is missing that the style shows."""
    shown = {
        "spread": (number.spread,),
        "plusminus": (number.spread,),
        "interval": (number.lower,),
    }.get(style, (number.spread, number.lower))
    return column.remarks.get(name, "") if any(map(math.isnan, shown)) else ""


def _statistics(models: Sequence[ModelColumns], choice: TableChoice) -> list[Line]:
    """Return the lines below the rule, without those that no column has."""
    wanted = choice.wanted_statistics
    found = [
        column_statistics(column, model.statistics, model.results, wanted, choice.digits)
        for model in models
        for column in model.columns
    ]
    words = dict.fromkeys(word for of_column in found for word, text in of_column.items() if text)
    rows = {word: [of.get(word, "") for of in found] for word in _in_order([*words])}
    own = {str(label): _own_row(label, row, len(found)) for label, row in choice.add_rows.items()}
    width = len(_SUBHEADS) if choice.style == "columns" else 1
    return [
        Line(Entry(word), tuple(Entry(t) for text in row for t in (text, *[""] * (width - 1))))
        for word, row in (own | rows).items()
    ]


def _own_row(label: str, row: Sequence[str], columns: int) -> list[str]:
    """Return a row of the user's, one text an estimate."""
    texts = [row] if isinstance(row, str) else list(row)
    if len(texts) != columns:
        raise UsageError(
            "a row of add_rows= does not fit the table",
            where=str(label),
            got=f"{len(texts)} texts",
            expected=f"{columns}, one for each column of estimates",
            do="pass an empty text where a column has none",
        )
    return [one_line(str(text)) for text in texts]


def _in_order(words: Sequence[str]) -> list[str]:
    """Return statistics in one order, whichever column has them first."""
    order = ("observations", "groups", "elements", "log", "AIC", "elpd", "largest", "smallest")
    ranked = sorted(words, key=lambda w: order.index(w.split()[0]))
    return [word for _, group in groupby(ranked) for word in group]
