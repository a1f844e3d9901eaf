"""One saved file of every kind of value that `save` writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from samples import Samples

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUFFIX = ".bw"

KINDS: dict[str, Callable[[Samples], Any]] = {
    "point_estimate": lambda s: s.made("mle, coin"),
    "point_estimate_map": lambda s: s.made("map, coin"),
    "point_estimate_labelled": lambda s: s.made("mle"),
    "point_estimate_marginal": lambda s: s.made("mle, marginal"),
    "point_estimate_quadrature": lambda s: s.made("mle, quadrature"),
    "point_estimate_searched": lambda s: s.made("mle, many starts"),
    "point_estimate_at_infinity": lambda s: s.made("mle, at infinity"),
    "point_estimate_flat": lambda s: s.made("mle, not identified"),
    "point_estimate_adopted": lambda s: s.made("adopted mode"),
    "posterior": lambda s: s.made("posterior, coin"),
    "posterior_adopted": lambda s: s.made("adopted draws"),
    "prior": lambda s: s.model("coin").prior(draws=40, seed=1, show_progress=False),
    "approximation": lambda s: s.made("laplace, coin"),
    "approximation_resampled": lambda s: s.made("laplace, coin, corrected"),
    "approximation_climbed": lambda s: s.made("approximation, exact"),
    "comparison": lambda s: s.made("comparison, coin"),
    "comparison_separated": lambda s: s.made("analysis, separated"),
    "enumeration": lambda s: s.made("enumeration"),
    "profile": lambda s: s.made("profile"),
    "derived": lambda s: s.made("derived"),
    "derived_vector": lambda s: s.made("derived, map"),
    "derived_draws": lambda s: s.made("derived draws, coin"),
    "likelihood_ratio_test": lambda s: s.made("likelihood ratio test"),
    # what stands within results can be saved alone
    "basin": lambda s: s.made("census").basins[0],
    "census": lambda s: s.made("census"),
    "check": lambda s: s.made("analysis, separated").verdict.checks[0],
    "diagnostics": lambda s: s.made("posterior, coin").diagnostics,
    "layout": lambda s: s.made("mle, coin").layout,
    "limit_model": lambda s: s.model("underdispersed").mle(require_converged=False).limit,
    "log_parts": lambda s: s.made("mle, coin").log_parts,
    "marginal": lambda s: s.made("mle, marginal").marginal,
    "missing": lambda s: s.made("analysis, separated").missing[0],
    "optimum": lambda s: s.made("mle, coin").optimum,
    "rung": lambda s: s.made("approximation, exact").rungs[0],
    "run_record": lambda s: s.made("mle, coin").record,
    "verdict": lambda s: s.made("comparison, coin").verdict,
}


def write_all(folder: Path) -> dict[str, int]:
    """Write a file of every kind; return their sizes in bytes."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    samples = Samples()
    written = {}
    for name, make in KINDS.items():
        path = bw.save(neutral(make(samples)), folder / f"{name}{SUFFIX}")
        written[path.name] = path.stat().st_size
    return written


def neutral(value: Any) -> Any:
    """Take machine, time and versions out of all records within a value."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(neutral, value))
    if isinstance(value, Mapping):
        return {k: neutral(v) for k, v in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        f.name: neutral(getattr(value, f.name))
        for f in dataclasses.fields(value)
        if f.init and f.metadata.get("saved", True)
    }
    if hasattr(value, "program_hash"):
        changed |= {
            "seconds": 0.0,
            "started": "2000-01-01T00:00:00+00:00",
            "platform": "any",
            "versions": {"python": "3.11"},
        }
    return dataclasses.replace(value, **changed)
