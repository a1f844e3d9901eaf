"""`Formula`: what a regression formula says, before any data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_tokens import marked, matching_bracket, split_at, tokens_of
from bayeswrap.formulas.left_sides import ResponseText, read_left_side
from bayeswrap.formulas.right_sides import GroupText, PredictorText, read_right_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bayeswrap.formulas.formula_tokens import Token

__all__ = [
    "Formula",
    "FormulaLike",
    "GroupText",
    "PredictorText",
    "ResponseText",
]

FormulaLike: TypeAlias = "str | Iterable[str] | Formula"
_LISTS = (list, tuple)
_WRAPPERS = {"bf", "brmsformula"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A regression formula, or several: one for each parameter of the family.

    Attributes
    ----------
    response : ResponseText
        The outcome, with what stands beside it.
    predictors : tuple of (str, PredictorText)
        The predictor of ``mu``, then those of further parameters, as in ``sigma ~ x``.

    Examples
    --------
    >>> formula = Formula.parse("y | trials(n) ~ x*z + (1 + x | g), phi ~ x")
    >>> print(formula)
    y | trials(n) ~ x * z + (1 + x | g), phi ~ x
    >>> formula.parameters
    ('mu', 'phi')
    """

    response: ResponseText
    predictors: tuple[tuple[str, PredictorText], ...]

    def __str__(self) -> str:
        (_, first), *rest = self.predictors
        further = [f"{name} ~ {predictor}" for name, predictor in rest]
        return ", ".join([f"{self.response} ~ {first}", *further])

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that have a predictor, ``mu`` first."""
        return tuple(name for name, _ in self.predictors)

    @classmethod
    def parse(cls, text: FormulaLike) -> Formula:
        """Read a formula.

        Parameters
        ----------
        text : str, iterable of str, or Formula
            ``"y ~ x"``; with further parameters ``"y ~ x, sigma ~ z"``, lines, a list of texts, or
            ``"bf(y ~ x, sigma ~ z)"``.

        Raises
        ------
        FormulaError
            The text is no formula.
        """
        if isinstance(text, Formula):
            return text
        source = text if isinstance(text, str) else _joined(text)
        pieces = _pieces(_unwrapped(tokens_of(source)))
        if not pieces:
            raise FormulaError("the formula is empty", do='write one, such as "y ~ x"')
        sides = [_sides(piece, source) for piece in pieces]
        response = read_left_side(sides[0][0], source)
        predictors = {"mu": read_right_side(sides[0][1], source)}
        for left, right in sides[1:]:
            name = _parameter(left, source)
            if name in predictors:
                raise FormulaError(
                    f"{name} has two formulas",
                    where=marked(source, left[0].at),
                    do="join them to one",
                )
            predictors[name] = read_right_side(right, source)
        return cls(response=response, predictors=tuple(predictors.items()))


def _joined(texts: object) -> str:
    parts = [part for part in texts if isinstance(part, str)] if isinstance(texts, _LISTS) else []
    if not isinstance(texts, _LISTS) or not parts or len(parts) < len(texts):
        raise FormulaError(
            "a formula is a text, or a list of texts",
            got=repr(texts)[:60],
            do='write "y ~ x", or ["y ~ x", "sigma ~ z"]',
        )
    return ",\n".join(parts)


def _unwrapped(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return words without brms' ``bf( )`` around them."""
    words = tuple(w for i, w in enumerate(words) if w.kind != "newline" or 0 < i < len(words) - 1)
    is_wrapped = len(words) > 2 and words[0].text in _WRAPPERS and words[1].is_sign("(")  # noqa: PLR2004 - name and two brackets
    if is_wrapped and matching_bracket(words, 1) == len(words) - 1:
        return words[2:-1]
    return words


def _pieces(words: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Return the single formulas: between commas, and on lines that have a ``~``."""
    pieces: list[tuple[Token, ...]] = []
    for part in split_at(words, ","):
        lines: list[tuple[Token, ...]] = []
        for line in split_at(part, "\n"):
            if lines and not any(w.is_sign("~") for w in line):
                lines[-1] += line
            elif line:
                lines.append(line)
        pieces += lines
    return pieces


def _sides(piece: tuple[Token, ...], source: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return what stands left and right of the ``~``."""
    tildes = [i for i, w in enumerate(piece) if w.is_sign("~")]
    left = split_at(piece, "~")[0]
    if tildes and len(left) != tildes[0]:
        raise FormulaError(
            "a ~ stands within brackets",
            where=marked(source, piece[tildes[0]].at),
            do='write "outcome ~ predictors", such as "y ~ x"',
        )
    if not tildes:
        raise FormulaError(
            "a formula has a ~ between the outcome and its predictors",
            where=marked(source, piece[0].at),
            do='write "outcome ~ predictors", such as "y ~ x"',
        )
    if len(tildes) > 1:
        raise FormulaError(
            "two ~ in one formula",
            where=marked(source, piece[tildes[1]].at),
            do="separate formulas by a comma",
        )
    (at,) = tildes
    right = piece[at + 1 :]
    for words, what in ((left, "outcome before"), (right, "predictor after")):
        if not words:
            raise FormulaError(
                f"there is no {what} the ~",
                where=marked(source, piece[at].at),
                do='write "outcome ~ predictors"; "y ~ 1" has the intercept alone',
            )
    return left, right


def _parameter(left: tuple[Token, ...], source: str) -> str:
    """Return the parameter that a second formula is for."""
    if len(left) > 1 or left[0].kind != "name":
        raise FormulaError(
            "a second formula is for a parameter of the family, such as sigma ~ x",
            where=marked(source, left[0].at),
            do="name the parameter before the ~",
        )
    return left[0].text
