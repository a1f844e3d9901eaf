"""The left side of a formula: the outcome, and ``trials(n)``, ``cens(c)``, ``weights(w)``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_tokens import (
    column_words,
    is_one_factor,
    marked,
    spelling,
    split_at,
)
from bayeswrap.formulas.term_text import terms_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.formulas.formula_tokens import Token

__all__ = [
    "ResponseText",
    "read_left_side",
]

_ADDITIONS = {"trials": (1, 1), "cens": (1, 2), "weights": (1, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseText:
    """The left side of a formula.

    Attributes
    ----------
    outcome : str
        As written: ``y``, ``log(y)``.
    failures : str
        The second column of ``cbind(successes, failures)``, else empty.
    trials, weights, censored, upper : str
        What stands in ``trials()``, ``weights()`` and ``cens(censored, upper)``.
    """

    outcome: str
    failures: str = ""
    trials: str = ""
    weights: str = ""
    censored: str = ""
    upper: str = ""

    def __str__(self) -> str:
        outcome = f"cbind({self.outcome}, {self.failures})" if self.failures else self.outcome
        cens = ", ".join(filter(None, (self.censored, self.upper)))
        given = {"trials": self.trials, "cens": cens, "weights": self.weights}
        additions = [f"{name}({text})" for name, text in given.items() if text]
        return outcome + (f" | {' + '.join(additions)}" if additions else "")


def read_left_side(words: Sequence[Token], source: str) -> ResponseText:
    """Read the left side of a formula.

    Raises
    ------
    FormulaError
        It is not one outcome with known additions.

    Examples
    --------
    >>> from bayeswrap.formulas.formula_tokens import tokens_of
    >>> read_left_side(tokens_of("y | cens(c, upper)"), "y | cens(c, upper)").upper
    'upper'
    """
    parts = split_at(words, "|")
    if len(parts) > 2 or not parts[0]:  # noqa: PLR2004 - outcome and additions
        raise FormulaError(
            "the outcome has one | between it and what stands beside it",
            where=marked(source, words[0].at),
            do="write y | trials(n) + weights(w) ~ x",
        )
    given: dict[str, str] = {}
    for addition in split_at(parts[1], "+") if len(parts) > 1 else ():
        given |= _addition(addition, source, given)
    return ResponseText(**_outcome(parts[0], source), **given)


def _outcome(words: Sequence[Token], source: str) -> dict[str, str]:
    words = [w for w in words if w.kind != "newline"]
    if words[0].text == "cbind" and len(words) > 1:
        columns = _arguments(words)
        if len(columns) != 2:  # noqa: PLR2004 - successes and failures
            raise FormulaError(
                "cbind has two columns: successes and failures",
                where=marked(source, words[0].at),
                do="write cbind(successes, failures), or successes | trials(n)",
            )
        return {"outcome": spelling(columns[0]), "failures": spelling(columns[1])}
    terms_text(column_words(words), source)
    return {"outcome": spelling(words)}


def _addition(words: Sequence[Token], source: str, given: dict[str, str]) -> dict[str, str]:
    words = [w for w in words if w.kind != "newline"]
    at = words[0].at if words else 0
    name = words[0].text if words else ""
    if len(words) < 3 or name not in _ADDITIONS or not is_one_factor(words):  # noqa: PLR2004 - name and two brackets
        raise FormulaError(
            f"{spelling(words) or 'nothing'!r} cannot stand beside the outcome"
            + did_you_mean(name, _ADDITIONS),
            where=marked(source, at),
            expected="trials(n), weights(w), cens(c) or cens(c, upper)",
            do="for a rate add offset(log(exposure)) to the predictors"
            if name == "rate"
            else "write it as one of these",
        )
    arguments = [spelling(argument) for argument in _arguments(words)]
    least, most = _ADDITIONS[name]
    if not least <= len(arguments) <= most or not all(arguments):
        raise FormulaError(
            f"{name}() has {'one column' if least == most else 'one or two columns'}",
            where=marked(source, at),
            do=f"write {name}({'c, upper' if name == 'cens' else 'a column'})",
        )
    names = ("censored", "upper") if name == "cens" else (name,)
    if names[0] in given:
        raise FormulaError(
            f"{name}() stands twice beside the outcome", where=marked(source, at), do="keep one"
        )
    for argument in _arguments(words):
        if [w.kind for w in argument] != ["number"]:
            terms_text(column_words(argument), source)
    return dict(zip(names, arguments, strict=False))


def _arguments(words: Sequence[Token]) -> list[tuple[Token, ...]]:
    return split_at(words[2:-1], ",")
