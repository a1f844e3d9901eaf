"""`updated_formula`: a formula made of another, as in ``. ~ . + z``."""

from __future__ import annotations

import re

from bayeswrap.errors import UsageError

__all__ = [
    "updated_formula",
]

_DOT = re.compile(r"(?<![\w.)\]])\.(?![\w.])")


def updated_formula(formula: str, change: str) -> str:
    """Return a formula in which the dots of another stand for the sides of the first.

    Parameters
    ----------
    formula : str
        The formula as it is: ``y ~ x``.
    change : str
        ``. ~ . + z`` adds a term, ``. ~ . - x`` takes one out, ``log(.) ~ .`` changes the
        outcome. Without a dot it is the new formula.

    Raises
    ------
    UsageError
        A formula has no ``~``, or a term that is to be taken out does not stand there.

    Examples
    --------
    >>> updated_formula("y ~ x + (1 | g)", ". ~ . + z - x")
    'y ~ (1 | g) + z'
    """
    left, right = _sides(formula)
    new_left, new_right = _sides(change)
    new_left = _DOT.sub(lambda _: left, new_left)
    if not _DOT.search(new_right):
        return f"{new_left} ~ {new_right}"
    terms = [(sign, term) for sign, term in _terms(new_right)]
    kept: list[tuple[str, str]] = []
    for sign, term in terms:
        if _DOT.fullmatch(term):
            kept += _terms(right)
        elif sign == "-" and term not in {"0", "1"}:
            kept = _without(kept, term, formula)
        else:
            inserted = _DOT.sub(lambda _: f"({right})", term)
            kept.append((sign, inserted))
    return f"{new_left} ~ {_joined(kept)}"


def _sides(formula: str) -> tuple[str, str]:
    left, tilde, right = formula.partition("~")
    if not tilde or not right.strip():
        raise UsageError(
            "not a formula",
            got=repr(formula),
            expected="an outcome, ~ and terms, such as '. ~ . + z'",
            do="write both sides",
        )
    return left.strip() or ".", right.strip()


def _terms(right: str) -> list[tuple[str, str]]:
    """Split a side at the signs outside of brackets."""
    terms, sign, start, depth = [], "+", 0, 0
    for i, letter in enumerate(right):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0 and letter in "+-":
            if right[start:i].strip():
                terms.append((sign, right[start:i].strip()))
            sign, start = letter, i + 1
    if right[start:].strip():
        terms.append((sign, right[start:].strip()))
    return terms


def _without(kept: list[tuple[str, str]], term: str, formula: str) -> list[tuple[str, str]]:
    rest = [(s, t) for s, t in kept if _plain(t) != _plain(term)]
    if len(rest) == len(kept):
        raise UsageError(
            f"no term {term!r} to take out",
            where=formula,
            expected="one of " + ", ".join(t for _, t in kept),
            do="write the term as the formula does",
        )
    return rest


def _plain(term: str) -> str:
    return re.sub(r"\s+", "", term)


def _joined(terms: list[tuple[str, str]]) -> str:
    if not terms:
        return "1"
    (first, term), *rest = terms
    start = term if first == "+" else f"-{term}"
    return " ".join([start, *(f"{sign} {t}" for sign, t in rest)])
