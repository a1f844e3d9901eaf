"""Where the terms of a sum stand in the text of a statement.

They correspond to `summands` of stanc's tree: both look through brackets, and through nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import CLOSE, code_tokens, matching, outermost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.syntax.scan import Span
    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "TermSpan",
    "term_spans",
]


_SIGNS = frozenset({"+", "-"})
# these bind less tightly than a sum: with one of them outside brackets there is no sum
_LOOSER = frozenset({"?", "|", "&", "=", "<", ">"})


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term: ``[start, end)`` in the program's text, and the sign that it is added with."""

    sign: str
    start: int
    end: int


def term_spans(source: str, span: Span) -> tuple[TermSpan, ...]:
    """Return the terms of what a statement adds; empty for a statement that adds no sum.

    Parameters
    ----------
    source : str
        Program text.
    span : Span
        The statement.
    """
    if span.kind in {"tilde", "call"}:
        return ()
    body = code_tokens(source, span.operator, span.end)
    return tuple(_terms(body[1:-1], "+"))


def _terms(tokens: Sequence[Token], sign: str) -> list[TermSpan]:
    inner = _without_brackets(tokens)
    outer = list(outermost(inner))
    cuts = [i for i in outer if inner[i].text in _SIGNS and _is_binary(inner, i)]
    if not cuts or any(inner[i].text in _LOOSER for i in outer):
        return [TermSpan(sign, tokens[0].start, tokens[-1].end)]
    terms, start, own = list[TermSpan](), 0, "+"
    for cut in [*cuts, len(inner)]:
        terms += _terms(inner[start:cut], "+" if own == sign else "-")
        if cut < len(inner):
            start, own = cut + 1, inner[cut].text
    return terms


def _without_brackets(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what stands in brackets around the whole."""
    while tokens[0].text == "(" and matching(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _is_binary(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    if before is None:
        return False
    return before.kind in {"name", "number", "string"} or before.text in CLOSE | {"'"}
