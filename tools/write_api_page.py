"""Write docs/api.md from the public names: one line each, from their docstrings.

Run it from the project's root: ``python tools/write_api_page.py``. A test compares the page with
what this script would write.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import bayeswrap as bw
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.inference.derived import Derived, DerivedDraws
from bayeswrap.estimates.inference.likelihood_ratio import LikelihoodRatioTest
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.profile_likelihood.profile import Profile
from bayeswrap.regression_model.regression_model import RegressionModel
from bayeswrap.studies.study import Study
from bayeswrap.verdicts.verdict import Verdict

PAGE = Path(__file__).parents[1] / "docs" / "api.md"

HEAD = """# Public names

This page is written by `tools/write_api_page.py` from the docstrings. `help(bw.Model.mle)` shows
all of one.
"""
SECTIONS: dict[str, dict[str, object]] = {
    "Functions": {
        f"bw.{name}": getattr(bw, name)
        for name in (
            "analyze",
            "glm",
            "compare",
            "compare_models",
            "adopt",
            "likelihood_ratio_test",
            "results_table",
            "plot",
        )
    }
    | {f"bw.{name}": getattr(bw, name) for name in ("save", "load", "migrate", "verify")},
    "Studies": {
        f"bw.studies.{name}": getattr(bw.studies, name)
        for name in bw.studies.__all__
        if name != "Study"
    },
}
CLASSES: dict[str, type] = {
    "Program": bw.Program,
    "Migration": bw.Migration,
    "Model": bw.Model,
    "RegressionModel": RegressionModel,
    "PointEstimate": PointEstimate,
    "Posterior": Posterior,
    "Approximation": Approximation,
    "Comparison": bw.Comparison,
    "Verdict": Verdict,
    "ModelComparison": bw.ModelComparison,
    "Profile": Profile,
    "Derived": Derived,
    "DerivedDraws": DerivedDraws,
    "LikelihoodRatioTest": LikelihoodRatioTest,
    "Study": Study,
}


def page() -> str:
    """Return the page's text."""
    parts = [HEAD]
    for title, functions in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [_line(name, function) for name, function in functions.items()]
        parts.append("")
    for name, cls in CLASSES.items():
        parts.append(f"## {name}\n\n{_sentence(cls)}\n")
        parts += [_line(f".{member}", value) for member, value in _members(cls)]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _members(cls: type) -> list[tuple[str, object]]:
    """Return public methods and properties in the order of the source, base classes first."""
    members: dict[str, object] = {}
    for base in reversed(cls.__mro__[:-1]):
        for name, value in vars(base).items():
            unwrapped = value.__func__ if isinstance(value, classmethod) else value
            if not name.startswith("_") and (inspect.isfunction(unwrapped) or _is_property(value)):
                members[name] = unwrapped
    return list(members.items())


def _is_property(value: object) -> bool:
    return isinstance(value, property) or type(value).__name__ == "cached_property"


def _line(name: str, value: object) -> str:
    call = f"{name}()" if inspect.isfunction(value) else name
    return f"* `{call}`: {_sentence(value)}"


def _sentence(value: object) -> str:
    """Return the first paragraph of a docstring, on one line."""
    first = (inspect.getdoc(value) or "").split("\n\n")[0]
    return " ".join(first.split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
