"""The words of a formula, each with its place, so that messages can point at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Token",
    "column_words",
    "is_one_factor",
    "marked",
    "matching_bracket",
    "spelling",
    "split_at",
    "tokens_of",
]

_WORDS = re.compile(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
  | (?P<newline>\n)
  | (?P<quoted>`[^`\n]+`)
  | (?P<string>'[^'\n]*'|"[^"\n]*")
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>[^\W\d][\w.]*|\.[^\W\d][\w.]*)
  | (?P<sign>%in%|\*\*|\|\||==|!=|<=|>=|[-~+*/:^|()\[\],=.<>])
    """,
    re.VERBOSE,
)
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a formula.

    Attributes
    ----------
    kind : str
        ``name``, ``number``, ``string``, ``sign`` or ``newline``.
    text : str
        As written; a name without its backticks.
    at : int
        Its place in the whole text, from 0.
    """

    kind: str
    text: str
    at: int

    def is_sign(self, *signs: str) -> bool:
        """Return whether this is one of some signs."""
        return self.kind == "sign" and self.text in signs


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a formula, with brackets that match.

    Raises
    ------
    FormulaError
        A character that no formula has, or a bracket without its partner.

    Examples
    --------
    >>> [token.text for token in tokens_of("y ~ x + (1 | g)")]
    ['y', '~', 'x', '+', '(', '1', '|', 'g', ')']
    """
    words = tuple(_words(text))
    _require_partners(words, text)
    return words


def _words(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _WORDS.match(text, at)
        if match is None:
            what = f"a formula has no {text[at]!r}"
            if text[at] in "`'\"":
                what = f"a quotation mark {text[at]} without its partner"
            raise FormulaError(what, where=marked(text, at), do="correct the formula")
        kind, word = match.lastgroup or "", match.group()
        if kind == "quoted":
            yield Token("name", word[1:-1], at)
        elif kind != "space":
            yield Token(kind, word, at)
        at = match.end()


def _require_partners(words: Sequence[Token], text: str) -> None:
    opened: list[Token] = []
    for token in words:
        if token.is_sign("(", "["):
            opened.append(token)
        elif token.is_sign(")", "]"):
            if not opened or _CLOSING[opened[-1].text] != token.text:
                raise FormulaError(
                    f"a {token.text} without its opening bracket",
                    where=marked(text, token.at),
                    do="add the opening bracket, or take this one away",
                )
            opened.pop()
    if opened:
        raise FormulaError(
            f"a {opened[-1].text} without its closing bracket",
            where=marked(text, opened[-1].at),
            do=f"add {_CLOSING[opened[-1].text]}",
        )


def marked(text: str, at: int) -> str:
    """Return the line of a text with a mark below a place."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].split("\n", maxsplit=1)[0]
    return f"{line}\n{' ' * (len('  where: ') + at - begin)}^"


def matching_bracket(words: Sequence[Token], at: int) -> int:
    """Return the position of the bracket that closes the one at a position."""
    depth = 0
    for i in range(at, len(words)):
        depth += words[i].is_sign("(", "[") - words[i].is_sign(")", "]")
        if not depth:
            return i
    raise AssertionError  # brackets match: tokens_of has seen to it


def split_at(words: Sequence[Token], *signs: str) -> list[tuple[Token, ...]]:
    """Return the pieces between signs outside of brackets; a newline is one of the signs."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in words:
        depth += token.is_sign("(", "[") - token.is_sign(")", "]")
        if not depth and token.kind in {"sign", "newline"} and token.text in signs:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [tuple(piece) for piece in pieces]


def is_one_factor(words: Sequence[Token]) -> bool:
    """Return whether words are one name or one call."""
    if not words or words[0].kind != "name":
        return False
    return len(words) == 1 or (
        words[1].is_sign("(") and matching_bracket(words, 1) == len(words) - 1
    )


def column_words(words: Sequence[Token]) -> tuple[Token, ...]:
    """Return words whose result is a column: arithmetic within ``I( )``.

    Examples
    --------
    >>> spelling(column_words(tokens_of("y / 1000")))
    'I(y / 1000)'
    """
    if is_one_factor(words) or not words:
        return tuple(words)
    begin, end = words[0].at, words[-1].at + len(words[-1].text)
    opening = (Token("name", "I", begin), Token("sign", "(", begin))
    return (*opening, *words, Token("sign", ")", end))


def spelling(words: Sequence[Token]) -> str:
    """Return words as a text that reads as they do, with the usual spaces.

    Examples
    --------
    >>> spelling(tokens_of("poly( x,2 )+`my age`"))
    'poly(x, 2) + `my age`'
    """
    parts: list[str] = []
    for i, token in enumerate(words):
        word = token.text
        if token.kind == "name" and not re.fullmatch(r"[^\W\d][\w.]*|\.[^\W\d][\w.]*", word):
            word = f"`{word}`"
        is_spaced = token.is_sign("+", "*", "~", "|", "||", "%in%", "/", "-", "<", ">", "==")
        is_unary = is_spaced and (i == 0 or words[i - 1].is_sign("(", ",", "=", "+", "-", "~", "|"))
        if token.is_sign(","):
            word += " "
        elif is_spaced and not is_unary:
            word = f" {word} "
        parts.append(word)
    return "".join(parts)
