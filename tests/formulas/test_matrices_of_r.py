# ruff: noqa: PD011 - `values` are fields, nothing of pandas
"""Design matrices and predictions for new data against R's model.matrix and lm."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bayeswrap.formulas.design_builder import design_of

REFERENCE = json.loads((Path(__file__).parent / "matrices_of_r.json").read_text(encoding="utf-8"))
FORMULAS = [key for key, value in REFERENCE.items() if isinstance(value, dict)]
NEW = [key for key in REFERENCE if key.startswith("new: ")]

I = np.arange(1, 25)  # noqa: E741 - the i of the reference
FRAME = pd.DataFrame(
    {
        "x": np.sin(I),
        "z": 1 + (7 * I % 13) / 6,
        "f": [("a", "b", "c")[j] for j in 5 * I // 4 % 3],
        "g": [("u", "v")[j] for j in (I % 5 > 1).astype(int)],
        "k": [(1, 2, 4)[j] for j in I % 7 % 3],
        "y": np.cos(3 * I),
    }
)


def columns(formula: str, frame: pd.DataFrame | None = None) -> np.ndarray:
    """Return the design matrix with its intercept."""
    design = design_of(f"y ~ {formula}", FRAME, "real")
    if frame is None:
        part = design.predictors["mu"].population
    else:
        assert design.builder is not None
        part = design.builder.at(frame).predictors["mu"].population
    ones = np.ones((len(part.values), int(part.intercept)))
    return np.hstack([ones, part.values])


@pytest.mark.parametrize("formula", FORMULAS)
def test_columns_are_those_of_model_matrix(formula: str) -> None:
    matrix = columns(formula)
    for key, weights in (("w", np.cos(I) + I / 10), ("v", np.sin(I**2))):
        assert weights @ matrix == pytest.approx(REFERENCE[formula][key], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("key", NEW)
def test_predictions_for_new_data_are_those_of_lm(key: str) -> None:
    formula = key.removeprefix("new: ")
    estimate = np.linalg.lstsq(columns(formula), FRAME["y"].to_numpy(), rcond=None)[0]
    new = pd.DataFrame({"x": [-1.5, 0.3, 1.2], "z": [0.5, 2.2, 4.0]})
    assert columns(formula, new) @ estimate == pytest.approx(REFERENCE[key], rel=1e-11)
