"""Priors that users give, in Stan's own words: read and checked before anything is compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import did_you_mean
from bayeswrap.data.density_supports import DENSITIES, SETS
from bayeswrap.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.regression.default_priors import PriorSlot, Support

__all__ = [
    "CENTRED",
    "FLAT",
    "GivenPrior",
    "given_priors",
]

FLAT = "flat"
CENTRED = "Intercept"  # the intercept where all columns are at their means
_WHOLE = -1

# numbers of arguments of the distributions that a prior may be, by where their values lie
_DISTRIBUTIONS: dict[Support, dict[str, int]] = {
    "real": {
        "normal": 2,
        "std_normal": 0,
        "student_t": 3,
        "cauchy": 2,
        "double_exponential": 2,
        "logistic": 2,
        "gumbel": 2,
        "skew_normal": 3,
        "exp_mod_normal": 3,
    },
    "positive": {
        "lognormal": 2,
        "exponential": 1,
        "gamma": 2,
        "inv_gamma": 2,
        "weibull": 2,
        "frechet": 2,
        "chi_square": 1,
        "inv_chi_square": 1,
        "scaled_inv_chi_square": 2,
        "rayleigh": 1,
        "loglogistic": 2,
    },
    "unit": {"beta": 2, "beta_proportion": 2},
    "cholesky": {"lkj_corr_cholesky": 1},
}
_FITS: dict[Support, tuple[Support, ...]] = {
    "real": ("real",),
    "positive": ("positive", "real"),
    "unit": ("unit",),
    "cholesky": ("cholesky",),
}
_WORDS = {
    "real": "any number",
    "positive": "a positive number",
    "unit": "a number between 0 and 1",
    "cholesky": "a matrix of correlations, by its Cholesky factor",
}
_CALL = re.compile(r"\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*;?\s*")


@dataclass(frozen=True, slots=True)
class GivenPrior:
    """A prior of the user for a variable or one of its elements.

    Attributes
    ----------
    text : str
        In Stan's words; empty for a flat prior.
    is_centred : bool
        Whether it is for the intercept where all columns are at their means.
    truncated : bool
        Whether it is a distribution over all numbers for a parameter that is positive.
    """

    text: str
    is_centred: bool = False
    truncated: bool = False


def given_priors(
    slots: Sequence[PriorSlot], given: Mapping[str, str]
) -> dict[tuple[str, int], GivenPrior]:
    """Return the user's priors by variable and element, counted from 0; -1 is the whole.

    Parameters
    ----------
    slots : sequence of PriorSlot
        Parameters that take a prior.
    given : mapping of str to str
        By name: a variable (``"beta"``: all coefficients), an element (``"beta[x]"``, or the
        column alone, ``"x"``), ``"cor_g"`` for correlations, or ``"Intercept"``.

    Raises
    ------
    UnknownNameError
        A key that is no parameter, or a distribution that Stan does not have.
    UsageError
        A wrong number of arguments, or a distribution over other values than the parameter's.
    """
    keys = _keys(slots)
    wanted: dict[tuple[str, int], GivenPrior] = {}
    # a prior for one element stands before one for the whole
    for key, text in sorted(given.items(), key=lambda item: keys.get(item[0], ("", 0))[1] >= 0):
        if key not in keys:
            raise UnknownNameError(
                f"no parameter {key!r} takes a prior{did_you_mean(key, keys)}",
                where="priors=",
                expected=", ".join(keys),
                do="use a parameter, or a column of the formula",
            )
        variable, element = keys[key]
        slot = next(s for s in slots if s.variable == variable)
        wanted[variable, element] = _read(key, text, slot)
    return wanted


def _keys(slots: Sequence[PriorSlot]) -> dict[str, tuple[str, int]]:
    """Return what each key means; names of parameters come before names of columns."""
    keys: dict[str, tuple[str, int]] = {}
    for slot in slots:
        keys[slot.variable] = (slot.variable, _WHOLE)
        for i, label in enumerate(slot.labels):
            keys[label] = (slot.variable, i)
        if slot.support == "cholesky":
            keys[f"cor_{slot.variable.removeprefix('L_')}"] = (slot.variable, _WHOLE)
        if slot.variable == "alpha":
            keys[CENTRED] = (slot.variable, _WHOLE)
    for slot in slots:
        for i, label in enumerate(slot.labels if slot.variable == "beta" else ()):
            keys.setdefault(label.removeprefix("beta[")[:-1], (slot.variable, i))
    return keys


def _read(key: str, text: object, slot: PriorSlot) -> GivenPrior:
    where = f"priors={{{key!r}: {text!r}}}"
    centred = key == CENTRED
    if str(text).strip() == FLAT:
        return GivenPrior("")
    call = _CALL.fullmatch(str(text))
    if call is None:
        raise UsageError(
            "not a prior in Stan's words",
            where=where,
            expected='a distribution with numbers, such as "normal(0, 2.5)", or "flat"',
            do="write it as in a Stan program, without the parameter",
        )
    name = call[1]
    if slot.support == "cholesky" and name in {"lkj", "lkj_corr"}:
        name = "lkj_corr_cholesky"
    kind = _kind(name, where)
    arguments = _arguments(name, call[2], _DISTRIBUTIONS[kind][name], where)
    if kind not in _FITS[slot.support]:
        raise UsageError(
            f"{slot.variable} is {_WORDS[slot.support]}, and {name} is a distribution of "
            f"{_WORDS[kind]}",
            where=where,
            expected="one of "
            + ", ".join(n for k in _FITS[slot.support] for n in _DISTRIBUTIONS[k]),
            do="choose a distribution of the same values",
        )
    truncated = slot.support == "positive" and kind == "real"
    return GivenPrior(f"{name}({', '.join(arguments)})", centred, truncated)


def _kind(name: str, where: str) -> Support:
    for kind, members in _DISTRIBUTIONS.items():
        if name in members:
            return kind
    known = [n for members in _DISTRIBUTIONS.values() for n in members]
    raise UnknownNameError(
        f"no distribution is called {name!r}{did_you_mean(name, known)}",
        where=where,
        expected=", ".join(known),
        do="use Stan's name of a distribution of real numbers",
    )


def _arguments(name: str, text: str, count: int, where: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if len(parts) != count:
        raise UsageError(
            f"{name} takes {count} argument{'s' * (count != 1)}",
            where=where,
            got=f"{len(parts)}: {text.strip() or 'none'}",
            do="see Stan's functions reference",
        )
    rule = DENSITIES.get(name)
    sets = rule.arguments if rule and len(rule.arguments) == count else ("positive",) * count
    for part, kind in zip(parts, sets, strict=True):
        number = _number(part)
        if number is None or bool(SETS[kind].is_outside(np.array(number))):
            raise UsageError(
                f"{part!r} is no argument of {name} there",
                where=where,
                expected=SETS[kind].name,
                do="give numbers in the order of Stan's functions reference",
            )
    return parts


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
