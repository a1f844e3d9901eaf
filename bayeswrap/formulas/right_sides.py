"""The right side of a formula: population terms, offsets and group terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_functions import FACTORS
from bayeswrap.formulas.formula_tokens import (
    column_words,
    marked,
    matching_bracket,
    spelling,
    split_at,
)
from bayeswrap.formulas.term_text import terms_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.formulas.formula_tokens import Token

__all__ = [
    "GroupText",
    "PredictorText",
    "read_right_side",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupText:
    """A group term with one factor: ``(1 + x | g:h)``.

    Attributes
    ----------
    terms : str
        What varies: ``1 + x``.
    factors : tuple of str
        The columns whose levels together are the groups: ``("g", "h")``.
    correlated : bool
        Whether written with ``|`` or ``||``.
    """

    terms: str
    factors: tuple[str, ...]
    correlated: bool = True

    @property
    def factor(self) -> str:
        """The grouping factor as one name: ``g:h``."""
        return ":".join(self.factors)

    def __str__(self) -> str:
        return f"({self.terms} {'|' if self.correlated else '||'} {self.factor})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorText:
    """The right side of a formula.

    Attributes
    ----------
    terms : str
        The population terms; ``1`` where only group terms are written.
    offsets : tuple of str
        What stands in ``offset()``.
    groups : tuple of GroupText
        The group terms, ``g/h`` as ``g`` and ``g:h``.
    """

    terms: str
    offsets: tuple[str, ...] = ()
    groups: tuple[GroupText, ...] = ()

    def __str__(self) -> str:
        offsets = [f"offset({text})" for text in self.offsets]
        return " + ".join([self.terms, *offsets, *map(str, self.groups)])


def read_right_side(words: Sequence[Token], source: str) -> PredictorText:
    """Read the right side of a formula.

    Raises
    ------
    FormulaError
        A term, group term or offset cannot be read.

    Examples
    --------
    >>> from bayeswrap.formulas.formula_tokens import tokens_of
    >>> text = "x + (1 | school/class)"
    >>> print(read_right_side(tokens_of(text), text))
    x + (1 | school) + (1 | school:class)
    """
    words = [w for w in words if w.kind != "newline"]
    population: list[Token] = []
    offsets: list[str] = []
    groups: list[GroupText] = []
    for sign, addend in _addends(words):
        if _is_group(addend):
            _require_plus(sign, addend, source)
            groups += _groups(addend, source)
        elif _is_call(addend, "offset"):
            _require_plus(sign, addend, source)
            inner = addend[2:-1]
            terms_text(column_words(inner), source)
            offsets.append(spelling(inner))
        else:
            population += ([sign] if sign is not None else []) + list(addend)
    while population and population[0].is_sign("+"):
        population.pop(0)
    bar = next((w for w in population if w.is_sign("|", "||")), None)
    if bar is not None:
        raise FormulaError(
            f"a {bar.text} outside of a group term",
            where=marked(source, bar.at),
            do="write the group term in brackets, added to the others: y ~ x + (1 | g)",
        )
    terms = "1"
    if population:
        terms_text(population, source)
        terms = spelling(population)
    return PredictorText(terms=terms, offsets=tuple(offsets), groups=_distinct(groups, source))


def _addends(words: Sequence[Token]) -> Iterator[tuple[Token | None, tuple[Token, ...]]]:
    """Yield each summand with the sign before it; one without words stays with the next check."""
    sign: Token | None = None
    begin, depth = 0, 0
    for i, token in enumerate(words):
        depth += token.is_sign("(", "[") - token.is_sign(")", "]")
        if not depth and token.is_sign("+", "-"):
            if i > begin or sign is not None:
                yield sign, tuple(words[begin:i])
            sign, begin = token, i + 1
    yield sign, tuple(words[begin:])


def _is_group(words: Sequence[Token]) -> bool:
    """Return whether words are ``( ... | ... )``."""
    if not words or not words[0].is_sign("(") or matching_bracket(words, 0) != len(words) - 1:
        return False
    return len(split_at(words[1:-1], "|", "||")) > 1


def _is_call(words: Sequence[Token], name: str) -> bool:
    return (
        len(words) > 3  # noqa: PLR2004 - name, brackets and something within
        and words[0].text == name
        and words[1].is_sign("(")
        and matching_bracket(words, 1) == len(words) - 1
    )


def _require_plus(sign: Token | None, words: Sequence[Token], source: str) -> None:
    if sign is not None and sign.text == "-":
        raise FormulaError(
            f"{spelling(words)} cannot be taken away",
            where=marked(source, sign.at),
            do="leave it out",
        )


def _groups(words: Sequence[Token], source: str) -> list[GroupText]:
    """Return the terms that one bracket stands for."""
    inner = words[1:-1]
    parts = split_at(inner, "|", "||")
    if len(parts) > 2:  # noqa: PLR2004 - what varies, and by what
        raise FormulaError(
            "a group term has one |",
            where=marked(source, words[0].at),
            do="write (1 + x | g); terms with the same name between two | are not known here",
        )
    terms, factor = parts
    bar = inner[len(terms)]
    for part, what in ((terms, "what varies before"), (factor, "grouping factor after")):
        if not part:
            raise FormulaError(
                f"there is no {what} the {bar.text}",
                where=marked(source, bar.at),
                do="write (1 | g), or (1 + x | g)",
            )
    terms_text(terms, source)
    text, correlated = spelling(terms), bar.text == "|"
    return [
        GroupText(terms=text, factors=factors, correlated=correlated)
        for factors in _factors(factor, source)
    ]


def _factors(words: Sequence[Token], source: str) -> list[tuple[str, ...]]:
    """Return the grouping factors: one of ``g:h``, two of ``g/h``."""
    nested: list[tuple[str, ...]] = []
    names: tuple[str, ...] = ()
    for part in split_at(words, "/"):
        names += tuple(_factor_name(piece, words, source) for piece in split_at(part, ":"))
        nested.append(names)
    return nested


def _factor_name(piece: Sequence[Token], words: Sequence[Token], source: str) -> str:
    if len(piece) > 3 and piece[0].text in FACTORS:  # noqa: PLR2004 - factor(g)
        piece = piece[2:-1]
    if len(piece) != 1 or piece[0].kind != "name":
        at = (piece or words)[0].at
        raise FormulaError(
            "a grouping factor is a column, or columns joined by : or /",
            where=marked(source, at),
            do="write (1 | g), (1 | g:h) or (1 | g/h); crossed factors are two terms",
        )
    return piece[0].text


def _distinct(groups: Sequence[GroupText], source: str) -> tuple[GroupText, ...]:
    seen = [(group.terms, group.factor) for group in groups]
    for terms, factor in seen:
        if seen.count((terms, factor)) > 1:
            raise FormulaError(
                f"({terms} | {factor}) stands twice",
                where=source.strip(),
                do="take one of them away",
            )
    return tuple(groups)
