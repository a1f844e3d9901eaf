"""Joint covariance of the estimates and the group effects that were integrated out.

A marginal maximum theta has effects r = L(theta) z, with L L' the covariance of the effects of
a level and z the maximum of the joint log density f(z, theta) = log p(y | z, theta) - z'z / 2. With
A = -f_zz there,

    z | theta is N(z(theta), A^-1),    dz/dtheta = A^-1 f_z,theta,

so that the joint covariance of (theta, z) has the root [[R, 0], [A^-1 f_z,theta R, A^-1/2]], where
R R' is the covariance of theta (Kass & Steffey 1989, doi:10.1080/01621459.1989.10478825; Kristensen
et al. 2016, doi:10.18637/jss.v070.i05). Coefficients that were integrated out as well, as in REML,
are part of z with L = 1 and without the term -z'z / 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.predictions.group_treatment import GroupTreatment, effect_covariance
from bayeswrap.predictions.linear_predictors import linear_predictors
from bayeswrap.predictions.row_likelihood import score_and_curvature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bayeswrap.predictions.parameter_points import ParameterPoints
    from bayeswrap.regression.regression import Regression

__all__ = [
    "with_effect_uncertainty",
]

_NO_TREATMENT = GroupTreatment()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Latent scalars of one variable: where they stand, and the columns that they multiply.

    Attributes
    ----------
    parameter : str
        The parameter of the family in whose linear predictor they stand.
    places : (blocks, coefficients) array of int
        Positions among the scalars of the result.
    columns : (rows, blocks * coefficients) array
        What each is multiplied by in each row.
    group : int or None
        The number of its group term; None for coefficients of the population.
    """

    parameter: str
    places: np.ndarray
    columns: np.ndarray
    group: int | None


def with_effect_uncertainty(
    regression: Regression, points: ParameterPoints, latent: Sequence[str]
) -> ParameterPoints:
    """Return the points of a marginal estimate with the covariance of what was integrated out.

    Parameters
    ----------
    regression : Regression
        The design and family of the fit.
    points : ParameterPoints
        The marginal estimate: its root knows of the hyperparameters alone.
    latent : sequence of str
        Variables that were integrated out.
    """
    blocks = list(_blocks(regression, points, latent))
    if not blocks or points.root is None:
        return points
    latent_rows = np.concatenate([b.places.ravel() for b in blocks])
    root = points.root.copy()
    root[latent_rows] = 0.0
    curvature = _Curvature(regression, points, blocks)
    # what the effects add, whatever the hyperparameters: L A^-1/2
    lower = linalg.cholesky(curvature.precision(), lower=True)
    own = np.zeros((root.shape[0], latent_rows.size))
    own[latent_rows] = curvature.scale() @ linalg.solve_triangular(
        lower, np.eye(latent_rows.size), lower=True, trans="T"
    )
    if root.shape[1]:
        moved = np.column_stack([curvature.gradient_along(column) for column in root.T])
        shifts = linalg.cho_solve((lower, True), moved)
        scaled = np.column_stack([curvature.scale_along(column) for column in root.T])
        root[latent_rows] = scaled + curvature.scale() @ shifts
    return replace(points, root=np.column_stack([root, own]))


def _blocks(
    regression: Regression, points: ParameterPoints, latent: Sequence[str]
) -> Iterator[_Block]:
    layout, design = points.layout, regression.design
    at = np.arange(len(layout.names))
    for parameter, names in regression.names.items():
        predictor = design.predictors[parameter]
        if names.alpha in latent:
            ones = np.ones((design.rows, 1))
            yield _Block(
                parameter=parameter,
                places=layout.indices(names.alpha)[:, np.newaxis],
                columns=ones,
                group=None,
            )
        if names.beta in latent:
            yield _Block(
                parameter=parameter,
                places=layout.indices(names.beta)[:, np.newaxis],
                columns=predictor.population.values,
                group=None,
            )
        for i, (term, group) in enumerate(zip(predictor.groups, names.groups, strict=True)):
            if not {group.effects, group.standard} & set(latent):
                continue
            k, levels = len(term.names), len(term.levels)
            member = (term.index[:, np.newaxis] - 1) == np.arange(levels)
            columns = member[:, :, np.newaxis] * term.values[:, np.newaxis, :]
            yield _Block(
                parameter=parameter,
                places=layout.take(at, group.effects).reshape(levels, k),
                columns=columns.reshape(design.rows, levels * k),
                group=i,
            )


class _Curvature:
    """The joint log density of the standardised effects z near its maximum."""

    def __init__(
        self, regression: Regression, points: ParameterPoints, blocks: Sequence[_Block]
    ) -> None:
        self.regression, self.points, self.blocks = regression, points, blocks
        self.here = points.scalars[0]
        self.columns = {
            p: np.column_stack(
                [b.columns if b.parameter == p else np.zeros_like(b.columns) for b in blocks]
            )
            for p in {b.parameter for b in blocks}
        }
        self.places = np.concatenate([b.places.ravel() for b in blocks])
        self.is_effect = np.concatenate(
            [np.full(b.places.size, b.group is not None) for b in blocks]
        )
        # z with r = L z; where a standard deviation is 0 so is the effect
        self.z = np.linalg.pinv(self.scale()) @ self.here[self.places]

    def scale(self, scalars: np.ndarray | None = None) -> np.ndarray:
        """Return L, (latent, latent): blocks of the levels."""
        values = self._values(self.here if scalars is None else scalars)
        parts = []
        for block in self.blocks:
            factor = np.eye(1)
            if block.group is not None:
                names = self.regression.names[block.parameter].groups[block.group]
                factor = _root(effect_covariance(names, values)[0])
            parts += [factor] * block.places.shape[0]
        return np.asarray(linalg.block_diag(*parts))

    def precision(self) -> np.ndarray:
        """Return A, minus the second derivatives by z."""
        scale, total = self.scale(), np.diag(self.is_effect.astype(float))
        _, curvature = self._rows(self.here)
        for (p, q), weights in curvature.items():
            left, right = self.columns[p] @ scale, self.columns[q] @ scale
            total = total - left.T @ (weights[:, np.newaxis] * right)
        return (total + total.T) / 2

    def gradient_along(self, direction: np.ndarray) -> np.ndarray:
        """Return the change of f_z as the hyperparameters move along a direction."""
        return central_difference(self._gradient, self.here, direction)

    def scale_along(self, direction: np.ndarray) -> np.ndarray:
        """Return the change of L z as the hyperparameters move along a direction."""
        return central_difference(lambda at: self.scale(at) @ self.z, self.here, direction)

    def _gradient(self, scalars: np.ndarray) -> np.ndarray:
        scale = self.scale(scalars)
        moved = scalars.copy()
        moved[self.places] = scale @ self.z
        score, _ = self._rows(moved)
        total = -self.z * self.is_effect
        for parameter, of_rows in score.items():
            total = total + scale.T @ (self.columns[parameter].T @ of_rows)
        return np.asarray(total)

    def _values(self, scalars: np.ndarray) -> dict[str, np.ndarray]:
        return self.points.variables(scalars[np.newaxis])

    def _rows(
        self, scalars: np.ndarray
    ) -> tuple[Mapping[str, np.ndarray], Mapping[tuple[str, str], np.ndarray]]:
        values, design = self._values(scalars), self.regression.design
        eta = linear_predictors(self.regression, design, values, _NO_TREATMENT).eta
        return score_and_curvature(self.regression, values, eta, sorted(self.columns))


def _root(covariance: np.ndarray) -> np.ndarray:
    """Return the symmetric root of a covariance, singular or not."""
    eigenvalues, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(np.maximum(eigenvalues, 0.0))) @ vectors.T)
