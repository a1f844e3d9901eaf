"""Checks of arguments that many verbs share: one of a set, at least a number, a probability."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "at_least",
    "check_ci_prob",
    "one_of",
]


def one_of(value: object, allowed: Sequence[object], argument: str) -> None:
    """Raise `UsageError` unless `value` is one of `allowed`."""
    if value not in allowed:
        choices = ", ".join(repr(a) for a in allowed)
        raise UsageError(
            f"unknown value for {argument}",
            got=repr(value),
            expected=f"one of {choices}",
            do=f"pass {argument}= one of these",
        )


def at_least(name: str, value: object, smallest: int) -> None:
    """Raise `UsageError` unless `value` is a whole number of at least `smallest`."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or int(value) < smallest:  # type: ignore[call-overload]  # a whole number here
        raise UsageError(
            f"{name} is a count",
            got=repr(value),
            expected=f"a whole number of at least {smallest}",
            do=f"pass {name}= such a number",
        )


def check_ci_prob(ci_prob: float) -> float:
    """Return a probability strictly between 0 and 1, or raise `UsageError`."""
    if not 0 < ci_prob < 1:
        raise UsageError(
            "not a probability for an interval",
            where="ci_prob=",
            got=repr(ci_prob),
            expected="a number between 0 and 1, such as 0.95",
            do="pass the coverage, not a percentage",
        )
    return float(ci_prob)
