"""How the estimates of a comparison are drawn, and what a legend calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.plots.panel_values import distinct_modes
from bayeswrap.plots.sheet import style_of

if TYPE_CHECKING:
    from bayeswrap.plots.sheet import SeriesStyle
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "estimate_styles",
    "missing_note",
]


def estimate_styles(comparison: ComparisonResult) -> dict[str, SeriesStyle]:
    """Return colour, marker and label of each estimate that exists, by kind.

    Parameters
    ----------
    comparison : ComparisonResult
        Estimates side by side.
    """
    percent, lineup = f"{100 * comparison.ci_prob:g} %", comparison.lineup
    styles: dict[str, SeriesStyle] = {}
    if lineup.posterior is not None:
        label = f"posterior mean, {percent} credible interval"
        styles["posterior"] = style_of("posterior", label)
    modes = distinct_modes(comparison)
    both = lineup.map_unconstrained is not None and "map_unconstrained" not in modes
    titles = {kind: point.title for kind, point in modes.items()}
    if both and "map_constrained" in modes:
        titles["map_constrained"] = "MAP (both scales)"
    marginal = "marginal " * (lineup.mle is not None and lineup.mle.marginal is not None)
    titles |= {
        k: t for k, t in (("mle", f"{marginal}MLE"), ("marginal_mle", "marginal MLE")) if k in modes
    }
    for kind, title in titles.items():
        of = "Wald confidence" if kind.endswith("mle") else "approximate"
        styles[kind] = style_of(kind, f"{title}, {percent} {of} interval")
    for draws in lineup.approximations:
        name = draws.method.capitalize()
        label = f"{name} mean, {percent} approximate interval"
        styles[draws.method] = style_of(draws.method, label)
    return styles


def missing_note(comparison: ComparisonResult) -> str:
    """Return a sentence on estimates that do not exist, empty where all do."""
    titles = [p.title for p in comparison.lineup.points if not p.status.is_estimate]
    titles += [m.title for m in comparison.missing if m.title not in titles]
    return f"Estimates that do not exist are not drawn ({', '.join(titles)})." if titles else ""
