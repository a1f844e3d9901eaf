"""Numbers as people read them: as many digits as their uncertainty allows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DASH",
    "decimals_for",
    "fixed",
    "interval",
    "plain",
    "signed",
]


DASH = "\N{EM DASH}"
_MINUS = "\N{MINUS SIGN}"
_MOST_DECIMALS = 6
_LARGEST = 1e7
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def decimals_for(spreads: Iterable[float], digits: int = 2) -> int:
    """Return the decimals at which the smallest of some spreads has so many digits.

    Values with an uncertainty are rounded by it, all of a row alike, so that they can be
    compared by eye (Particle Data Group, Review of Particle Physics, introduction, 5.3).

    Examples
    --------
    >>> decimals_for([0.0794, 0.0811]), decimals_for([5.85]), decimals_for([613.0])
    (3, 1, 0)
    """
    positive = [s for s in spreads if math.isfinite(s) and s > 0]
    return 3 if not positive else max(0, digits - 1 - math.floor(math.log10(min(positive))))


def fixed(value: float, decimals: int) -> str:
    """Return a number with so many decimals, or in powers of ten where that is unreadable.

    Examples
    --------
    >>> fixed(-0.8966, 3), fixed(float("nan"), 3), fixed(1.23e-9, 10), fixed(float("inf"), 0)
    ('−0.897', '—', '1.2×10⁻⁹', '∞')
    """  # noqa: RUF002 - the signs that are shown
    if math.isnan(value):
        return DASH
    if math.isinf(value):
        return "\N{INFINITY}" if value > 0 else _MINUS + "\N{INFINITY}"
    if decimals > _MOST_DECIMALS or abs(value) >= _LARGEST:
        return _powers(value, decimals)
    text = f"{value:.{decimals}f}"
    if not text.strip("-0."):
        text = text.lstrip("-")  # no minus before a zero
    return text.replace("-", _MINUS)


def _powers(value: float, decimals: int) -> str:
    size = math.floor(math.log10(abs(value))) if value else -decimals
    digits = min(max(size + decimals, 0), 5)
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}\N{MULTIPLICATION SIGN}10{power}".replace("-", _MINUS) if value else "0"


def signed(value: float, decimals: int = 2) -> str:
    """Return a number with its sign; what rounds to zero has none.

    Examples
    --------
    >>> signed(0.204), signed(-0.001), signed(float("nan"))
    ('+0.20', '0.00', '—')
    """
    text = fixed(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def plain(value: float, digits: int = 2) -> str:
    """Return a number with so many significant digits, without an exponent where it fits.

    Examples
    --------
    >>> plain(0.0016479), plain(8.75651e-27), plain(1946.37, 4), plain(0.0)
    ('0.0016', '8.8×10⁻²⁷', '1946', '0')
    """  # noqa: RUF002 - the signs that are shown
    if not math.isfinite(value) or value == 0:
        return fixed(value, 0)
    return fixed(value, max(0, digits - 1 - math.floor(math.log10(abs(value)))))


def interval(lower: float, upper: float, decimals: int) -> str:
    """Return an interval, or a dash where an end is missing.

    Examples
    --------
    >>> interval(-0.1, 0.25, 2), interval(float("nan"), 1.0, 2)
    ('−0.10 to 0.25', '—')
    """  # noqa: RUF002 - the signs that are shown
    if math.isnan(lower) or math.isnan(upper):
        return DASH
    return f"{fixed(lower, decimals)} to {fixed(upper, decimals)}"
