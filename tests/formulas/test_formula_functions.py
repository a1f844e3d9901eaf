"""The functions of formulas: each name that is offered can be called."""

from __future__ import annotations

import numpy as np

from bayeswrap.formulas.design_builder import design_of
from bayeswrap.formulas.formula_functions import CONTRASTS, FACTORS, FUNCTIONS

FRAME = {
    "y": np.linspace(0, 1, 12),
    "x": np.linspace(0.1, 0.8, 12) ** 2,
    "k": list(range(4)) * 3,
}
ARGUMENTS = {"bs": ", df=4", "ns": ", df=3", "cr": ", df=4", "cc": ", df=4", "poly": ", 2"}
ARGUMENTS |= {"pmin": ", 0.3", "pmax": ", 0.3"}


def test_every_function_makes_columns() -> None:
    for name in set(FUNCTIONS) - FACTORS - {"c"}:
        terms = f"{name}(x{ARGUMENTS.get(name, '')})"
        design = design_of(f"y ~ {terms}", FRAME, "real")
        names = design.predictors["mu"].population.names
        assert all(column.startswith(terms) for column in names), name
        is_step = name in {"floor", "sign", "np.sign"}
        assert bool(names) != is_step, name  # a step of these numbers is constant


def test_every_contrast_has_one_column_less_than_levels() -> None:
    for name in CONTRASTS:
        design = design_of(f"y ~ C(k, {name})", FRAME, "real")
        assert design.predictors["mu"].population.values.shape == (12, 3), name
