"""Columns on the scale of their standard deviations, in the data of a fit and in new data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.regression.outcome_scale import spread_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.formulas.design_matrices import Design, DesignMaker, NewDesign, Predictor

__all__ = [
    "StandardizedBuilder",
    "standardized",
]

_TWO = 2  # values of a column that stands for a level


@dataclass(frozen=True, slots=True)
class StandardizedBuilder:
    """What makes predictors for new data, with the centres and scales of the fit.

    Attributes
    ----------
    builder : DesignMaker
        Makes them on their own scale.
    centres, scales : mapping of str to array
        By parameter of the family: what is subtracted, and by what is divided.
    """

    builder: DesignMaker
    centres: Mapping[str, np.ndarray]
    scales: Mapping[str, np.ndarray]

    def at(
        self,
        newdata: Any,  # noqa: ANN401 - any table
        *,
        missing: str = "error",
        groups: bool = True,
    ) -> NewDesign:
        """Return the predictors for new data, with or without their group terms."""
        new = self.builder.at(newdata, missing=missing, groups=groups)
        predictors = {
            name: _moved(predictor, self.centres[name], self.scales[name])
            for name, predictor in new.predictors.items()
        }
        return replace(new, predictors=predictors)


def standardized(design: Design) -> Design:
    """Return a design whose columns have mean 0 and standard deviation 1.

    Columns with two values, those of levels among them, stay as they are: their coefficients are
    differences between two groups. Columns of group terms stay as they are, too.
    """
    centres, scales = {}, {}
    for name, predictor in design.predictors.items():
        values = np.asarray(predictor.population.values, dtype=np.float64)
        two = np.array([np.unique(x).size <= _TWO for x in values.T], dtype=bool)
        has_intercept = predictor.population.intercept
        means = values.mean(axis=0) if values.size else np.zeros(values.shape[1])
        centres[name] = np.where(two | (not has_intercept), 0.0, means)
        scales[name] = np.where(two, 1.0, np.array([spread_of(x) for x in values.T]))
    predictors = {
        name: _moved(predictor, centres[name], scales[name])
        for name, predictor in design.predictors.items()
    }
    builder = design.builder and StandardizedBuilder(design.builder, centres, scales)
    note = "coefficients are per standard deviation of their column; columns of two values stay"
    return replace(design, predictors=predictors, builder=builder, notes=(*design.notes, note))


def _moved(predictor: Predictor, centre: np.ndarray, scale: np.ndarray) -> Predictor:
    values = (np.asarray(predictor.population.values) - centre) / scale
    return replace(predictor, population=replace(predictor.population, values=values))
