"""What a command prints: plain text in a pipe, tables by rich in a terminal."""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bayeswrap.estimates.results.table_rows import on_screen, printed
from bayeswrap.verdicts.comparison_result import ComparisonResult, as_text

__all__ = [
    "show",
]

_GAP = 3  # between columns
_DIGITS = (6, 4)  # of the tables of point estimates, and of draws


def show(result: Any, level: float | None = None) -> None:  # noqa: ANN401 - any result that is saved
    """Print a result, in a terminal with its table as wide as the screen allows.

    Parameters
    ----------
    result : result
        Of any kind that is saved.
    level : float, optional
        Coverage of the intervals of an estimate; a comparison has its own.
    """
    before, frame, digits, after = _around_table(result, level)
    if frame is None or (level is None and not sys.stdout.isatty()):
        print(_in_shell(str(result)))
    elif sys.stdout.isatty():
        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        if before:
            console.print(before.rstrip("\n"), soft_wrap=True)
        rows, left = on_screen(frame)
        cells = _cells(rows, digits)
        for columns in _blocks(cells, console.width):
            console.print(_rich_table(cells[columns]))
        console.print(_in_shell((left + after).lstrip("\n")), soft_wrap=True)
    else:
        print(_in_shell(f"{before}{printed(frame, digits)}{after}"))


def _around_table(
    result: Any,  # noqa: ANN401 - as above
    level: float | None,
) -> tuple[str, pd.DataFrame | None, int, str]:
    """Return the text before the table of a result, the table, its digits and the text after."""
    text = str(result)
    if isinstance(result, ComparisonResult):
        frame = result.shown_frame()
        before, _, after = text.partition(as_text(frame))
        return before, frame, 4, after
    if hasattr(result, "to_frame"):
        usual = result.to_frame()
        for digits in _DIGITS:
            before, table, after = text.partition(printed(usual, digits))
            if table:
                return before, usual if level is None else result.to_frame(level), digits, after
    return text, None, 0, ""


def _in_shell(text: str) -> str:
    return text.replace("to_frame() has all", "--json has all")


def _cells(frame: pd.DataFrame, digits: int) -> pd.DataFrame:
    """Return a table as texts, with labels in place of Stan's names."""
    if "label" in frame:
        names = pd.Index(frame["label"], name=frame.index.name)
        frame = frame.drop(columns="label").set_axis(names)
    return frame.map(lambda value: _cell(value, digits))


def _cell(value: object, digits: int) -> str:
    if isinstance(value, float):
        return "-" if pd.isna(value) else f"{value:.{digits}g}"
    return str(value)


def _blocks(cells: pd.DataFrame, width: int) -> list[list[str]]:
    """Return the columns of tables that fit a screen, one below the other; a head may wrap."""
    of_names = max((len(str(name)) for name in (*cells.index, cells.index.name)), default=0)
    blocks: list[list[str]] = [[]]
    left = width - of_names
    for name in cells.columns:
        wide = max(len(text) for text in (*str(name).split(), *cells[name])) + _GAP
        if wide > left and blocks[-1]:
            blocks.append([])
            left = width - of_names
        blocks[-1].append(name)
        left -= wide
    return blocks


def _rich_table(cells: pd.DataFrame) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(str(cells.index.name or ""), no_wrap=True)
    for name in cells.columns:
        widest = max(len(text) for text in (*str(name).split(), *cells[name]))
        table.add_column(str(name), justify="right", min_width=widest)
    for name, row in zip(cells.index, cells.itertuples(index=False), strict=True):
        table.add_row(str(name), *row)
    return table
