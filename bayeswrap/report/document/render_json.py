"""The report as one JSON object."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bayeswrap.report.document.parts import Report

__all__ = [
    "to_json",
]


_EXPLANATION = (
    "JSON has no NaN and no infinity. Such numbers are null here. This object gives, by path, the "
    "number that each null stands for. NaN means that there is no such number."
)


def to_json(report: Report) -> str:
    """Return the report's facts as JSON that any parser reads.

    NaN and infinities become null; ``not_finite`` gives by path the number that each of them was.
    """
    paths: dict[str, str] = {}
    plain = _finite(dict(report.facts), "", paths)
    plain["not_finite"] = {"explanation": _EXPLANATION, "paths": paths}
    return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(value: Any, path: str, paths: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {k: _finite(v, f"{path}/{k}", paths) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(v, f"{path}/{i}", paths) for i, v in enumerate(value)]
    if isinstance(value, float) and not math.isfinite(value):
        paths[path] = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return None
    return value
