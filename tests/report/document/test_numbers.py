"""Numbers as people read them."""

# ruff: noqa: RUF001 - the signs that are shown

from __future__ import annotations

import math

import pytest

from bayeswrap.report.document.numbers import decimals_for, fixed, interval, plain, signed


@pytest.mark.parametrize(
    ("spreads", "decimals"),
    [([], 3), ([math.nan, 0.0], 3), ([0.5], 2), ([0.00123], 4), ([1234.0], 0), ([9.9, 0.02], 3)],
)
def test_decimals_come_from_the_smallest_spread(spreads, decimals):
    assert decimals_for(spreads) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (8.75651e-27, 2, "0.00"),
        (-1e-9, 3, "0.000"),
        (1.5e9, 0, "1.50000×10⁹"),
        (3.2e-9, 10, "3.2×10⁻⁹"),
        (0.0, 12, "0"),
        (-math.inf, 2, "−∞"),
        (-12.345, 1, "−12.3"),
    ],
)
def test_fixed(value, decimals, text):
    assert fixed(value, decimals) == text


def test_signs_and_intervals():
    assert signed(-0.204) == "−0.20"
    assert signed(0.001) == "0.00"
    assert interval(-math.inf, 2.0, 1) == "−∞ to 2.0"
    assert plain(0.000012345) == "0.000012"
