"""HTML of results in notebooks: a title, a table, sentences. The page's style is the notebook's."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = [
    "block",
    "brief",
    "code_lines",
    "sentences",
    "table",
]

_LINES, _FIRST = 10, 6  # lines of a short text, and how many of them are the first ones
_ROWS = 20  # rows of a table before it is cut
_COLOURS = {"prior": "#0072b2", "population": "#009e73", "likelihood": "#d55e00"}  # Okabe & Ito


def block(title: str, *parts: str) -> str:
    """Return a titled block.

    Parameters
    ----------
    title : str
        Plain text.
    *parts : str
        HTML.

    Examples
    --------
    >>> block("p < 1", sentences(["done"]))
    '<div class="bayeswrap"><p><strong>p &lt; 1</strong></p><p>done</p></div>'
    """
    head = f"<p><strong>{html.escape(title)}</strong></p>"
    return f'<div class="bayeswrap">{head}{"".join(parts)}</div>'


def brief(text: str) -> str:
    r"""Return a text for a prompt: at most ten lines, the first and the last ones.

    Examples
    --------
    >>> brief("\n".join(map(str, range(30)))).split("\n")[5:8]
    ['5', '... 21 more lines: print() shows them', '27']
    """
    lines = text.split("\n")
    if len(lines) <= _LINES:
        return text
    note = f"... {len(lines) - _LINES + 1} more lines: print() shows them"
    return "\n".join([*lines[:_FIRST], note, *lines[_FIRST + 1 - _LINES :]])


def sentences(texts: Iterable[str]) -> str:
    """Return plain texts as one paragraph, each on its own line."""
    lines = [html.escape(text) for text in texts if text]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def table(frame: pd.DataFrame, *, rows: int = _ROWS, digits: int = 4) -> str:
    """Return a data frame as a table; a long one is cut, and says so.

    Parameters
    ----------
    frame : DataFrame
        The table.
    rows : int, optional
        How many rows are shown.
    digits : int, optional
        Significant digits of numbers.
    """
    shown = frame.head(rows)
    text = shown.to_html(float_format=lambda x: f"{x:.{digits}g}", na_rep="-", border=0)
    if len(shown) == len(frame):
        return text
    left = f"{len(frame) - len(shown)} more rows: to_frame() has all {len(frame)}"
    return text + sentences([left])


def code_lines(lines: Iterable[tuple[str, str]]) -> str:
    """Return the lines of a program, each with the roles of what begins on it.

    Parameters
    ----------
    lines : iterable of (str, str)
        The text of a line, and roles such as ``prior``; empty where nothing begins.
    """
    rows = [_code_line(text, roles) for text, roles in lines]
    return f'<pre style="line-height: 1.35">{"".join(rows)}</pre>'


def _code_line(text: str, roles: str) -> str:
    colour = _COLOURS.get(roles.split(" + ", maxsplit=1)[0], "inherit")
    bar = f"border-left: 3px solid {colour if roles else 'transparent'}; padding-left: 0.5em"
    tag = f' <em style="color: {colour}">{html.escape(roles)}</em>' if roles else ""
    return f'<span style="display: block; {bar}">{html.escape(text)}{tag}</span>'
