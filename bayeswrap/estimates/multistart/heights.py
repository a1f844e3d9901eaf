"""Whether two climbs that stop early ended at one height."""

from __future__ import annotations

__all__ = [
    "is_as_high",
]


_SAME_END = 1e-2  # nats, times the root of the height: a scan stops that far below a mode


def is_as_high(value: float, best: float) -> bool:
    """Return whether a scan ended at the height of a mode, as far as a scan goes.

    Parameters
    ----------
    value, best : float
        Log densities, nats.

    Examples
    --------
    >>> is_as_high(-100.05, -100.0), is_as_high(-101.0, -100.0)
    (True, False)
    """
    return bool(abs(best - value) < _SAME_END * (1 + abs(best)) ** 0.5)
