"""Every threshold that changes what a user is told."""

from __future__ import annotations

__all__ = [
    "ILL_CONDITIONED",
    "LARGE_GAP",
    "LARGE_RATIO",
    "SMALL_GAP",
    "SMALL_RATIO",
]


# A point shifted by g posterior sds loses coverage: at 0.1 a 95 % interval covers 94.9 %,
# at 0.3 it covers 94.0 %. See docs/decisions/0003.
SMALL_GAP, LARGE_GAP = 0.1, 0.3
SMALL_RATIO, LARGE_RATIO = 1.1, 1.25

# with a unit diagonal: a standard error is up to a thousand times what it were if the other
# parameters were known, and as many digits of the estimate go as this number has zeros
ILL_CONDITIONED = 1e6
