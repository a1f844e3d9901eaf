"""Kernel density of draws, reflected at the ends of the support."""

from __future__ import annotations

import numpy as np

__all__ = [
    "density_curve",
    "varies",
]


_BINS = 1024
_POINTS = 256
_REACH = 5.0  # bandwidths beyond which a normal kernel adds nothing that shows
_IQR_OF_NORMAL = 1.349


def varies(draws: np.ndarray) -> bool:
    """Return whether draws are finite and differ, so that they have a density.

    Examples
    --------
    >>> import numpy as np
    >>> varies(np.array([1.0, 1.0])), varies(np.array([1.0, 2.0]))
    (False, True)
    """
    return bool(draws.size > 1 and np.isfinite(draws).all() and np.ptp(draws) > 0)


def density_curve(
    draws: np.ndarray, support: tuple[float, float], window: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate a density by a normal kernel, reflected at finite ends of the support.

    Parameters
    ----------
    draws : (n,) array
        Draws that vary (see `varies`).
    support : (float, float)
        Ends of the support; infinite where there is none.
    window : (float, float)
        Where the curve is wanted.

    Returns
    -------
    x, density : (m,) array
        Inside window and support. The density integrates to 1 over the support, not over the
        window; the bandwidth is that of a normal reference.

    References
    ----------
    Silverman, Density Estimation for Statistics and Data Analysis, 1986, sections 2.10 and 3.4.
    """
    width = _bandwidth(draws)
    low, high = max(window[0], support[0]), min(window[1], support[1])
    edges = np.linspace(low - _REACH * width, high + _REACH * width, _BINS + 1)
    everything = np.concatenate([draws, *(2 * end - draws for end in support if np.isfinite(end))])
    counts, _ = np.histogram(everything, edges)
    step = edges[1] - edges[0]
    reach = min(int(np.ceil(_REACH * width / step)), _BINS // 2 - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / width) ** 2)
    smooth = np.convolve(counts, kernel / kernel.sum(), mode="same") / (draws.size * step)
    x = np.linspace(low, high, _POINTS)
    return x, np.interp(x, (edges[:-1] + edges[1:]) / 2, smooth)


def _bandwidth(draws: np.ndarray) -> float:
    lower, upper = np.quantile(draws, [0.25, 0.75])
    deviation, middle = float(draws.std()), float(upper - lower) / _IQR_OF_NORMAL
    # half of the draws on one value leave no interquartile range
    spread = min(deviation, middle) if middle > 0 else deviation
    return float(1.06 * spread * draws.size**-0.2)
