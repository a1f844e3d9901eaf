"""When a search from random starts may stop: Boender and Rinnooy Kan's Bayesian rule.

Where n starts ended in w different maxima, and before them every number of maxima and every size
of their basins was equally probable, the expected share of the start distribution that belongs to
basins without a start is

    w (w + 1) / (n (n - 1)).

References
----------
Boender and Rinnooy Kan 1987, Mathematical Programming 37:59-80, doi:10.1007/BF02591684.
"""

from __future__ import annotations

from bayeswrap.thresholds import UNSEEN_BASINS

__all__ = [
    "is_settled",
    "unseen_share",
]


_HITS_MIN = 3  # of the highest maximum


def unseen_share(starts: int, maxima: int) -> float:
    """Return the expected share of starts whose maximum has not been reached yet.

    Parameters
    ----------
    starts, maxima : int
        How many starts ended in how many different maxima.

    Examples
    --------
    >>> round(unseen_share(15, 1), 4), round(unseen_share(15, 3), 4)
    (0.0095, 0.0571)
    """
    if starts <= 1:
        return 1.0
    return min(1.0, maxima * (maxima + 1) / (starts * (starts - 1)))


def is_settled(hits: int, starts: int) -> bool:
    """Return whether a higher maximum than the one at hand is improbable.

    What ended elsewhere counts as one further maximum, since only a higher one is looked for; but
    a maximum that is reached rarely is held against more starts.

    Parameters
    ----------
    hits : int
        How many starts ended in the highest maximum.
    starts : int
        How many starts there were.

    Examples
    --------
    >>> is_settled(15, 15), is_settled(14, 15), is_settled(14, 25), is_settled(1, 25)
    (True, False, True, False)
    """
    maxima = 1 if hits == starts else 2
    return hits >= _HITS_MIN and unseen_share(starts, maxima) <= UNSEEN_BASINS.value
