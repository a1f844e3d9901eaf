"""A comparison as a plain value: its rows and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.verdicts.lineup import Line

__all__ = [
    "_LONG",
    "_SHOWN",
    "scalar_names",
]


_SHOWN = (
    ("mle", "MLE"),
    ("mle_se", "se"),
    ("map_constrained", "MAP"),
    ("map_constrained_sd_laplace", "sd_laplace"),
    ("map_unconstrained", "MAP (unc.)"),
    ("posterior_mean", "mean"),
    ("posterior_sd", "sd"),
    ("prior_pull", "prior pull"),
    ("shape_gap_mean", "shape gap"),
    ("se_sd_ratio", "SE/sd"),
    ("prior_share", "prior share"),
    ("r_hat", "R-hat"),
    ("ess_bulk", "ESS"),
)


_LONG = 40  # rows that fit on a screen


def scalar_names(results: Sequence[Line], *, derived: bool) -> list[str]:
    """Return the scalars that the results know, in declaration order."""
    longest = max((r.layout for r in results), key=lambda layout: len(layout.names))
    return [
        longest.names[i]
        for variable, block in longest.blocks.items()
        if derived or block == "parameters"
        for i in longest.indices(variable)
    ]
