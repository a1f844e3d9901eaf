"""Whether a scale has shrunk to the rounding error of the data: an exact fit, or a spike.

Imports `curvature` and, for its types, `request`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.curvature import coordinate_transforms

if TYPE_CHECKING:
    from bayeswrap.estimates.request import Request

__all__ = ["collapsed_scales", "exact_fit_warning", "rounding_of"]

_ROUNDING = 1e3 * np.finfo(np.float64).eps  # of the largest number in the data, after some sums


def collapsed_scales(request: Request, q: np.ndarray, *, times: float = 1.0) -> dict[str, float]:
    """Return the scales that are no larger than the rounding error of the data.

    There the residuals are rounding errors themselves, so that in double precision a finite
    maximum cannot be told from a density that grows without bound.

    Parameters
    ----------
    request : Request
        Program and data.
    q : (dimension,) array
        The end of a search.
    times : float, optional
        How many times that rounding error a scale may be.

    Returns
    -------
    dict of str to float
        Scalars with a lower bound, and their distance from it.
    """
    limit = times * rounding_of(request)
    transforms = request.density.transforms
    names, kinds = transforms.coordinates, coordinate_transforms(request.program, transforms)
    return {
        names[i]: float(np.exp(q[i]))
        for i, kind in enumerate(kinds)
        if kind == "Lower" and names[i] not in request.fixed
        if np.exp(q[i]) < limit
    }


def rounding_of(request: Request) -> float:
    """Return the rounding error of the data: no residual of theirs is known more closely."""
    sizes = [
        float(np.abs(array).max())
        for value in request.data.values.values()
        if (array := np.asarray(value)).dtype.kind == "f" and array.size
    ]
    return float(_ROUNDING * max(sizes, default=0.0))


def exact_fit_warning(collapsed: dict[str, float]) -> str:
    """Say which scale collapsed, and how far."""
    told = ", ".join(f"{name} = {value:.1e}" for name, value in collapsed.items())
    return (
        f"collapsed: {told}, below the rounding error of the data: an exact fit of the data, "
        "of some of them, or of effects to their mean"
    )
