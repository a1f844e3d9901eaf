"""Checks of arguments that many verbs share: one of a set, at least a number, a probability."""

from __future__ import annotations

import difflib
import itertools
import math
from numbers import Integral
from typing import TYPE_CHECKING

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEEDS = 2**32  # Stan's seeds are unsigned integers of 32 bits
_COMPARED = 5000  # names; a comparison takes some microseconds

__all__ = [
    "at_least",
    "check_ci_prob",
    "check_power",
    "check_seed",
    "did_you_mean",
    "one_of",
]


def did_you_mean(name: object, known: Iterable[object]) -> str:
    """Return the name that is nearest, as ``; did you mean 'dose'?``, or an empty text.

    Examples
    --------
    >>> did_you_mean("Dose", ["dose", "age"])
    "; did you mean 'dose'?"
    """
    folded = {str(k).strip().lower(): k for k in itertools.islice(known, _COMPARED)}
    near = difflib.get_close_matches(str(name).strip().lower(), list(folded), n=1)
    return f"; did you mean {folded[near[0]]!r}?" if near else ""


def one_of(value: object, allowed: Sequence[object], argument: str) -> None:
    """Raise `UsageError` unless `value` is one of `allowed`."""
    if value not in allowed:
        choices = ", ".join(repr(a) for a in allowed)
        raise UsageError(
            f"unknown value for {argument}{did_you_mean(value, allowed)}",
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


def check_seed(seed: object) -> None:
    """Raise `UsageError` unless a seed is None or one that Stan takes."""
    whole = isinstance(seed, Integral) and not isinstance(seed, bool)
    if seed is not None and not (whole and 0 <= int(seed) < _SEEDS):  # type: ignore[call-overload]  # a whole number here
        raise UsageError(
            "not a seed of Stan",
            where="seed=",
            got=repr(seed),
            expected=f"a whole number from 0 to {_SEEDS - 1}",
            do="pass seed= such a number, or leave it out",
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


def check_power(value: float, name: str) -> float:
    """Return the power of a density, finite and at least 0, or raise `UsageError`."""
    if not math.isfinite(value) or value < 0:
        raise UsageError(
            f"{name} is a power of a density",
            got=repr(value),
            expected="a finite number of at least 0",
            do=f"pass {name}=1 to leave that part as it is, {name}=0 to take it out",
        )
    return float(value)
