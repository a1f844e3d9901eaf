"""The terms of a formula in formulaic's spelling: R's names replaced, columns under safe names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_functions import (
    CONSTANTS,
    CONTRASTS,
    FACTORS,
    FUNCTIONS,
    OTHER_PACKAGES,
)
from bayeswrap.formulas.formula_tokens import marked, matching_bracket, spelling, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bayeswrap.formulas.formula_tokens import Token

__all__ = [
    "TermText",
    "column_key",
    "terms_text",
]

_SYMBOLS = {"^": "**"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermText:
    """Terms in formulaic's spelling.

    Attributes
    ----------
    text : str
        What formulaic reads.
    labels : dict of str to str
        The user's spelling of each factor, by formulaic's.
    columns : tuple of str
        The columns that are named, in order.
    keys : dict of str to str
        The column of each safe name.
    notes : tuple of str
        What may mean something else than it seems to.
    """

    text: str
    labels: dict[str, str]
    columns: tuple[str, ...]
    keys: dict[str, str]
    notes: tuple[str, ...] = ()


def column_key(column: str, *, as_levels: bool = False) -> str:
    """Return a name for a column that Python reads and that nothing else has.

    Examples
    --------
    >>> column_key("my age")
    'v_my_20_age'
    """
    safe = "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in column)
    return ("f_" if as_levels else "v_") + safe


def terms_text(
    words: Sequence[Token] | str,
    source: str = "",
    *,
    known: Iterable[str] | None = None,
    others: Sequence[str] = (),
) -> TermText:
    """Return the terms of a predictor in formulaic's spelling.

    Parameters
    ----------
    words : sequence of Token or str
        The terms.
    source : str
        The text in which the words have their places.
    known : iterable of str, optional
        The columns of the data frame; any name is a column where they are not known yet.
    others : sequence of str
        The columns that ``.`` stands for.

    Raises
    ------
    FormulaError
        The words are no terms, or name a column or function that does not exist.

    Examples
    --------
    >>> terms_text("x^2 + factor(g)").text
    'v_x**2 + C(f_g)'
    """
    source = words if isinstance(words, str) else source
    given = tokens_of(words) if isinstance(words, str) else words
    terms = [w for w in given if w.kind != "newline"]
    reader = _Reader(terms, source, None if known is None else tuple(known), tuple(others))
    text = reader.expression()
    if reader.at < len(terms):
        raise reader.refusal("an operator is missing here", do="put +, : or * before it")
    return TermText(
        text=text,
        labels=reader.labels,
        columns=tuple(dict.fromkeys(reader.columns)),
        keys=reader.keys,
        notes=tuple(reader.notes),
    )


@dataclass(slots=True)
class _Reader:
    """Reads terms from left to right, by Wilkinson and Rogers' (1973) algebra."""

    words: Sequence[Token]
    source: str
    known: tuple[str, ...] | None
    others: tuple[str, ...]
    at: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def expression(self) -> str:
        """Read sums and differences."""
        sign = self._take("+", "-")
        parts = [sign.strip("+") if sign else "", self._product()]
        while sign := self._take("+", "-"):
            parts += [f" {sign} ", self._product()]
        return "".join(parts)

    def _product(self) -> str:
        parts = [self._operand()]
        while sign := self._take("*", ":", "/", "^", "**", "%in%"):
            if sign in {"^", "**"}:
                power, name = self._exponent(), self.labels.get(parts[-1])
                parts.append(f"**{power}")
                if name:
                    note = f"{name}^{power} is {name} itself, as in R; the power of numbers is"
                    self.notes.append(f"{note} I({name}^{power})")
            else:
                # a %in% b is a:b; formulaic takes it for b / a
                parts += [":" if sign == "%in%" else sign, self._operand()]
        return "".join(parts)

    def _exponent(self) -> str:
        token = self._peek()
        if token is None or token.kind != "number" or not token.text.isdigit() or token.text == "0":
            raise self.refusal(
                "the power of terms is a whole number: (a + b)^2 is a + b + a:b",
                do="for the power of a number write I(x^2)",
            )
        self.at += 1
        return token.text

    def _operand(self) -> str:
        token = self._peek()
        if token is None:
            raise self.refusal("a term is missing here", do="name a column, or take the sign away")
        if token.kind == "name":
            is_call = self.at + 1 < len(self.words) and self.words[self.at + 1].is_sign("(")
            return self._call() if is_call else self._column(token)
        if token.kind == "number":
            if token.text not in {"0", "1"}:
                raise self.refusal(
                    f"the number {token.text} is no term",
                    do="1 is the intercept, 0 is none; to change a column write I(2 * x)",
                )
            self.at += 1
            return token.text
        if self._take("."):
            keys = [self._key(name) for name in self.others]
            return f"({' + '.join(keys)})" if keys else "0"
        if self._take("("):
            inner = self.expression()
            if not self._take(")"):
                raise self.refusal("an operator is missing here", do="put +, : or * before it")
            return f"({inner})"
        raise self.refusal(
            f"a term is missing before {token.text!r}"
            if token.kind == "sign"
            else f"{token.text} is no term",
            do="name a column, or take the sign away",
        )

    def _column(self, token: Token) -> str:
        self._require_column(token)
        self.at += 1
        key = self._key(token.text)
        self.labels[key] = token.text
        return key

    def _call(self) -> str:
        """Read a call as one factor."""
        begin, end = self.at, matching_bracket(self.words, self.at + 1)
        if end == begin + 2:  # name and brackets
            raise self.refusal(
                f"{self.words[begin].text}() has no argument", do="name a column within it"
            )
        before = len(self.columns)
        python = self._argument_text(begin, end + 1)
        if len(self.columns) == before:
            self.at = begin
            name = spelling(self.words[begin : end + 1])
            raise self.refusal(f"{name} names no column", do="name a column within it")
        try:
            python = ast.unparse(ast.parse(python, mode="eval"))
        except SyntaxError as error:
            raise self.refusal(
                f"{spelling(self.words[begin : end + 1])} cannot be read",
                do="check commas and operators within it",
            ) from error
        self.labels[python] = spelling(self.words[begin : end + 1])
        self.at = end + 1
        return python

    def _argument_text(self, begin: int, end: int) -> str:
        return " ".join(self._argument_word(i) for i in range(begin, end))

    def _argument_word(self, i: int) -> str:
        """Return one word within a call in Python's spelling."""
        token, following = self.words[i], self.words[i + 1 : i + 2]
        if token.kind != "name":
            if token.is_sign("~", "|", "||", ":", "%in%", "."):
                self.at = i
                raise self.refusal(
                    f"{token.text} stands within a call",
                    do="terms, group terms and interactions stand outside of calls",
                )
            return _SYMBOLS.get(token.text, token.text)
        if following and following[0].is_sign("("):
            return self._function(i)
        if following and following[0].is_sign("["):
            self.at = i + 1
            raise self.refusal(
                "single rows or levels cannot be selected in a formula",
                do="compute the column before",
            )
        if following and following[0].is_sign("="):
            return token.text
        is_known = self.known is not None and token.text in self.known
        constant = CONSTANTS.get(token.text) or CONTRASTS.get(token.text)
        if constant is not None and not is_known:
            return constant
        self.at = i
        self._require_column(token)
        is_factor = i > 1 and self.words[i - 1].is_sign("(") and self.words[i - 2].text in FACTORS
        return self._key(token.text, as_levels=is_factor)

    def _function(self, i: int) -> str:
        name = self.words[i].text
        if name in FUNCTIONS:
            return FUNCTIONS[name]
        if name in CONTRASTS:
            return CONTRASTS[name]
        self.at = i
        if name in {"offset", "trials", "weights", "cens", "rate"}:
            do = (
                "write offset(z) as a summand of its own"
                if name == "offset"
                else f"write it beside the outcome: y | {name}(...) ~ x"
            )
            raise self.refusal(f"{name}() stands in a wrong place", do=do)
        if name in OTHER_PACKAGES:
            raise self.refusal(f"bayeswrap's formulas have no {name}()", do=OTHER_PACKAGES[name])
        functions = sorted({*FUNCTIONS, *CONTRASTS})
        raise self.refusal(
            f"a formula has no function {name}(){did_you_mean(name, functions)}",
            do="use one of the functions of formulas, or compute the column before",
        )

    def _key(self, column: str, *, as_levels: bool = False) -> str:
        key = column_key(column, as_levels=as_levels)
        self.columns.append(column)
        self.keys[key] = column
        self.labels.setdefault(key, column)
        return key

    def _require_column(self, token: Token) -> None:
        if self.known is None or token.text in self.known:
            return
        shown = ", ".join(self.known[:12]) + (", ..." if len(self.known) > 12 else "")  # noqa: PLR2004 - names that a message lists
        raise self.refusal(
            f"the data frame has no column {token.text!r}{did_you_mean(token.text, self.known)}",
            expected=f"one of {shown}",
            do="correct the name, or add the column",
        )

    def _peek(self) -> Token | None:
        return self.words[self.at] if self.at < len(self.words) else None

    def _take(self, *signs: str) -> str:
        token = self._peek()
        if token is None or not token.is_sign(*signs):
            return ""
        self.at += 1
        return token.text

    def refusal(self, what: str, *, do: str, expected: str | None = None) -> FormulaError:
        """Return an error that points at the word in hand."""
        token = self._peek()
        if token is not None:
            at = token.at
        else:
            at = self.words[-1].at + len(self.words[-1].text) if self.words else 0
        return FormulaError(what, where=marked(self.source, at), expected=expected, do=do)
