"""Whether a gradient is the slope of its own function: gradients against differences of values.

Along a column t of the root, over the interval from -h to h,

    f(q + h t) - f(q - h t)  =  integral of g(q + s t)'t ds  ~  h/3 [g(-h) + 4 g(0) + g(h)]'t

by Simpson's rule, with an error of h^5 f^(5) / 90. A derivative that is wrong in the tail of a
distribution breaks this equation, and what such a gradient calls a maximum is none.

References
----------
Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 25.4.5 (Simpson's rule).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.thresholds import SLOPE_ERROR

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "is_slope_of_values",
    "slope_error",
    "with_slopes_of_values",
]


_STEPS = (2e-3, 5e-3, 1e-2)  # standard errors: noise of a value does not repeat itself over all
_NOISES = 3.0  # times what the values miss the parabola by
_VALUE_STEP = 1e-3  # of a coordinate's size, or of 1: truncation and rounding are near 1e-12


def slope_error(function: Function, q: np.ndarray, root: np.ndarray) -> float:
    """Return how far the gradient is from the slope of the values at a maximum.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q : (dimension,) array
        The maximum.
    root : (dimension, k) array
        T; columns one standard error long.

    Returns
    -------
    float
        The largest difference along a column, in nats a standard error: as many standard errors
        the maximum may lie elsewhere. The smallest of three step sizes that agree in sign, so
        that noise of the values does not count. 0 where a point next to the maximum has no density.

    Examples
    --------
    >>> parabola = lambda q: (-q @ q / 2, -q)
    >>> round(slope_error(parabola, np.zeros(1), np.eye(1)), 9)
    0.0
    >>> wrong = lambda q: (-q @ q / 2 + q[0], -q)
    >>> round(slope_error(wrong, np.zeros(1), np.eye(1)), 6)
    1.0
    """
    here = function(q)
    return max((_error_along(function, q, column, here) for column in root.T), default=0.0)


def is_slope_of_values(function: Function, q: np.ndarray, root: np.ndarray) -> bool:
    """Return whether the gradient at a maximum is the slope of the values.

    Parameters
    ----------
    function, q, root
        As for `slope_error`.
    """
    return slope_error(function, q, root) <= SLOPE_ERROR.value


def _error_along(
    function: Function, q: np.ndarray, column: np.ndarray, here: tuple[float, np.ndarray]
) -> float:
    value, slope = here
    errors: list[float] = []
    for h in _STEPS:
        (low, before), (high, after) = (function(q + s * h * column) for s in (-1, 1))
        if not (np.isfinite(low) and np.isfinite(high)):
            return 0.0
        integral = h / 3 * float((before + 4 * slope + after) @ column)
        difference = high - low - integral
        errors.append(difference / (2 * h))
        # a whitened parabola falls by h^2 / 2 on both sides: what is missing is noise of the values
        noise = abs(high + low - 2 * value + h**2)
        changes_sign = min(errors) < 0 < max(errors)
        small = abs(errors[-1]) <= SLOPE_ERROR.value or abs(difference) <= _NOISES * noise
        if changes_sign or small:
            return 0.0
    return float(np.abs(errors).min())


def with_slopes_of_values(function: Function) -> Function:
    """Return the function with differences of its values in place of its gradient.

    Parameters
    ----------
    function : callable
        Value and gradient.

    Returns
    -------
    callable
        The same values; a gradient from four values a coordinate, good to about 1e-10.

    Examples
    --------
    >>> slope_of = with_slopes_of_values(lambda q: (-(q @ q) / 2, np.zeros(1)))
    >>> round(float(slope_of(np.array([2.0]))[1][0]), 6)
    -2.0
    """

    def by_values(q: np.ndarray) -> tuple[float, np.ndarray]:
        value = function(q)[0]
        if not np.isfinite(value):
            return -np.inf, np.full(q.size, np.nan)
        sizes = np.diag(np.maximum(1.0, np.abs(q)))
        with np.errstate(invalid="ignore"):  # next to the edge of the support
            slopes = [
                central_difference(lambda at: function(at)[0], q, size, _VALUE_STEP) / size.max()
                for size in sizes
            ]
        gradient = np.array(slopes, dtype=np.float64)
        if not np.isfinite(gradient).all():
            return -np.inf, np.full(q.size, np.nan)
        return value, gradient

    return by_values
