"""Mean, sd, quantiles, R-hat, ESS and MCSE of draws, by ArviZ."""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "arviz_functions",
    "constant_columns",
    "draws_table",
    "independent_draws_table",
]

_TAIL = (0.05, 0.95)
_ROUNDING = 1e-13
_COLUMNS = ("mean", "sd", "median", "mcse_mean", "mcse_sd", "ess_bulk", "ess_tail", "r_hat")


def arviz_functions() -> Any:  # noqa: ANN401 - ArviZ is untyped
    """Return ArviZ's functions of arrays, imported late: half a second, only for draws."""
    return importlib.import_module("arviz_stats.base").array_stats


def draws_table(
    draws: np.ndarray, names: Sequence[str], diagnosed: np.ndarray | None = None
) -> pd.DataFrame:
    """Summarise draws.

    Parameters
    ----------
    draws : (chains, draws, n) array
        On the declared scale.
    names : sequence of str
        Of the n scalars.
    diagnosed : (n,) array of bool, optional
        Which of them get MCSE, ESS and R-hat, which take a millisecond each; all by default.

    Returns
    -------
    pandas.DataFrame
        ``mean sd median mcse_mean mcse_sd ess_bulk ess_tail r_hat``; NaN where a scalar does
        not vary.
    """
    if diagnosed is not None and not diagnosed.all():
        some = draws_table(draws[:, :, diagnosed], np.array(names)[diagnosed].tolist())
        flat = draws.reshape(-1, draws.shape[-1])
        rest = pd.DataFrame(_location_and_scale(flat), index=pd.Index(names, name="parameter"))
        return rest.join(some.drop(columns=rest.columns))[list(_COLUMNS)]
    array_stats = arviz_functions()

    axes = {"chain_axis": 0, "draw_axis": 1}
    if not draws.shape[-1]:
        return pd.DataFrame(
            columns=list(_COLUMNS), index=pd.Index([], name="parameter"), dtype=float
        )
    flat = draws.reshape(-1, draws.shape[-1])
    with np.errstate(invalid="ignore", divide="ignore"), warnings.catch_warnings():
        # ArviZ warns of scalars that are NaN throughout; the table says so
        warnings.simplefilter("ignore", RuntimeWarning)
        columns = {
            **_location_and_scale(flat),
            "mcse_mean": array_stats.mcse(draws, method="mean", **axes),
            "mcse_sd": array_stats.mcse(draws, method="sd", **axes),
            "ess_bulk": array_stats.ess(draws, method="bulk", **axes),
            "ess_tail": array_stats.ess(draws, method="tail", prob=_TAIL, **axes),
            "r_hat": array_stats.rhat(draws, **axes),
        }
    table = pd.DataFrame(columns, index=pd.Index(names, name="parameter"))
    # a scalar that does not vary (the diagonal of a correlation matrix) has nothing to converge
    table.loc[constant_columns(flat), ["ess_bulk", "ess_tail", "r_hat"]] = np.nan
    return table


def independent_draws_table(draws: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Summarise independent draws, which have no chains that could disagree.

    Parameters
    ----------
    draws, names
        As for `draws_table`.

    Returns
    -------
    pandas.DataFrame
        ``mean sd median mcse_mean``, where the last is sd / sqrt(number of draws).
    """
    flat = draws.reshape(-1, draws.shape[-1])
    columns = _location_and_scale(flat)
    columns["mcse_mean"] = columns["sd"] / np.sqrt(len(flat))
    return pd.DataFrame(columns, index=pd.Index(names, name="parameter"))


def _location_and_scale(flat: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "mean": flat.mean(axis=0),
        "sd": flat.std(axis=0, ddof=1),
        "median": np.median(flat, axis=0),
    }


def constant_columns(flat: np.ndarray) -> np.ndarray:
    """Return which scalars, (draws, n), vary by no more than rounding."""
    size = np.abs(flat).max(axis=0)
    return np.asarray(np.ptp(flat, axis=0) <= _ROUNDING * size)
