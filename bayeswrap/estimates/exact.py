"""Whether a scale has shrunk to the rounding error of the data: an exact fit, or a spike.

Imports `ending`, `layout` and `request`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.curvature import coordinate_transforms

if TYPE_CHECKING:
    from bayeswrap.estimates.ending import Optimum
    from bayeswrap.estimates.request import Request

__all__ = ["collapsed_scales", "exact_fit_warning"]

_ROUNDING = 1e3 * np.finfo(np.float64).eps  # of the largest number in the data, after some sums


def collapsed_scales(request: Request, optimum: Optimum) -> dict[str, float]:
    """Return the scales that are no larger than the rounding error of the data.

    There the residuals are rounding errors themselves, so that in double precision a finite
    maximum cannot be told from a density that grows without bound.

    Parameters
    ----------
    request : Request
        Program and data.
    optimum : Optimum
        The end of a search, with all coordinates.

    Returns
    -------
    dict of str to float
        Scalars with a lower bound, and their distance from it.
    """
    largest = _largest(request)
    transforms = request.density.transforms
    names, kinds = transforms.coordinates, coordinate_transforms(request.program, transforms)
    return {
        names[i]: float(np.exp(optimum.q[i]))
        for i, kind in enumerate(kinds)
        if kind == "Lower" and names[i] not in request.fixed
        if np.exp(optimum.q[i]) < _ROUNDING * largest
    }


def _largest(request: Request) -> float:
    sizes = [
        float(np.abs(array).max())
        for value in request.data.values.values()
        if (array := np.asarray(value)).dtype.kind == "f" and array.size
    ]
    return max(sizes, default=0.0)


def exact_fit_warning(collapsed: dict[str, float]) -> str:
    """Say which scale collapsed, and how far."""
    told = ", ".join(f"{name} = {value:.1e}" for name, value in collapsed.items())
    return (
        f"collapsed: {told}, below the rounding error of the data: an exact fit of the data, "
        "of some of them, or of effects to their mean"
    )
