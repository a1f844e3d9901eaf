"""Quantities derived after the fit: by the delta method for a point, draw by draw for draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import ndtri

from bayeswrap.arguments import check_ci_prob
from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.inference.expression_language import Expression
from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.problem.lookup import spell_out
from bayeswrap.estimates.results.draws_summary import draws_table
from bayeswrap.markup import block, brief, sentences, table

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "Derived",
    "DerivedDraws",
    "Quantity",
    "derive_draws",
    "derive_point",
]


Quantity: TypeAlias = str | Callable[[Mapping[str, np.ndarray]], Any]

_COMPLEX_STEP = 1e-30  # standard errors: exact, as nothing is subtracted
_NUDGE = 1e-4  # relative: enough for a function that uses a scalar to change
_NOT_INVARIANT = (
    "f of the MAP, which is not the MAP of f: a mode moves when its density is transformed"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Derived:
    """A function of a point estimate, with its spread by the delta method.

    Attributes
    ----------
    name : str
        The expression, or the function's name.
    value : array
        The function at the estimate; of any shape, ``()`` for a number.
    spread : array
        Standard error (MLE) or Laplace standard deviation (MAP); NaN where a note says why.
    spread_name : str
        ``se`` or ``sd_laplace``.
    lower, upper : array
        Wald interval, value -+ z spread.
    ci_prob : float
        Its coverage.
    covariance : (n, n) array
        Of the elements, row by row.
    notes : tuple of str
        What a reader must know.
    """

    name: str
    value: np.ndarray
    spread: np.ndarray
    spread_name: str
    lower: np.ndarray
    upper: np.ndarray
    ci_prob: float
    covariance: np.ndarray
    notes: tuple[str, ...]

    def __post_init__(self) -> None:
        # the ends of one number's interval are plain numbers where they come from a file
        object.__setattr__(self, "lower", np.asarray(self.lower)[()])
        object.__setattr__(self, "upper", np.asarray(self.upper)[()])

    @property
    def interval(self) -> tuple[Any, Any]:
        """Lower and upper end; numbers where the value is one."""
        return self.lower[()], self.upper[()]

    def to_frame(self) -> pd.DataFrame:
        """Return one row an element: ``estimate``, ``se`` or ``sd_laplace``, and the interval."""
        columns = {
            "estimate": self.value,
            self.spread_name: self.spread,
            "ci_lower": self.lower,
            "ci_upper": self.upper,
        }
        index = pd.Index(_element_names(self.name, self.value.shape), name="quantity")
        return pd.DataFrame({k: v.ravel() for k, v in columns.items()}, index=index)

    def __str__(self) -> str:
        return "\n".join(
            [self.to_frame().to_string(float_format=lambda x: f"{x:.6g}"), *self.notes]
        )

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return block("Derived quantity", table(self.to_frame(), digits=6), sentences(self.notes))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DerivedDraws:
    """A function of draws.

    Attributes
    ----------
    name : str
        The expression, or the function's name.
    draws : (chains, draws, *shape) array
        The function of each draw; a comparison gives 0 and 1.
    """

    name: str
    draws: np.ndarray

    def to_frame(self, ci_prob: float = 0.95) -> pd.DataFrame:
        """Return one row an element, as the table of the draws themselves.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage of the equal-tailed interval.

        Raises
        ------
        UsageError
            `ci_prob` is not between 0 and 1.
        """
        tail = (1 - check_ci_prob(ci_prob)) / 2
        flat = self.draws.reshape(*self.draws.shape[:2], -1)
        frame = draws_table(flat, _element_names(self.name, self.draws.shape[2:]))
        ends = np.quantile(flat.reshape(-1, flat.shape[-1]), [tail, 1 - tail], axis=0)
        frame["ci_lower"], frame["ci_upper"] = ends
        return frame

    def __str__(self) -> str:
        return str(self.to_frame().to_string(float_format=lambda x: f"{x:.4g}"))

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return block("Derived quantity", table(self.to_frame()))


def derive_point(estimate: ModeResult, quantity: Quantity, ci_prob: float = 0.95) -> Derived:
    """Return a function of an estimate with its spread by the delta method.

    The derivative of an expression is exact to rounding (complex steps: Squire & Trapp 1998,
    doi:10.1137/S003614459631241X); that of a Python function is a fourth-order difference along
    the axes of the covariance. Both are taken through the exact derivatives of the estimate's own
    scalars (van der Vaart, Asymptotic Statistics, 1998, ch. 3, doi:10.1017/CBO9780511802256).

    Parameters
    ----------
    estimate : ModeResult
        An MLE or a MAP.
    quantity : str or callable
        An expression such as ``"exp(beta[2])"`` or ``"exp(beta[dose])"``, or a function of a dict
        of arrays in their declared shapes.
    ci_prob : float, optional
        Coverage of the interval.

    Returns
    -------
    Derived
        Value, spread, interval, covariance.

    Raises
    ------
    UsageError
        The expression is not understood, or `ci_prob` is not between 0 and 1.
    UnknownNameError
        It names a variable or function that does not exist.
    EstimandError
        There is no verified estimate, or the quantity is a truth value, which has no derivative.
    """
    z = ndtri((1 + check_ci_prob(ci_prob)) / 2)
    if not estimate.status.is_estimate:
        raise EstimandError(
            "a derived quantity needs a verified maximum",
            got=estimate.status.sentence,
            do=estimate.status.advice,
        )
    function = _Function.of(quantity, estimate.layout, estimate.labels)
    here = estimate.values  # noqa: PD011 - an array, not a data frame
    value = function.at(here[:, np.newaxis])[..., 0]
    if value.dtype == bool:
        raise EstimandError(
            "a comparison of estimates has no standard error",
            where=function.name,
            do="derive it from draws: its mean there is a probability",
        )
    notes = _reasons(estimate, function)
    covariance = np.full((value.size, value.size), np.nan)
    if not notes:
        jacobian = function.slopes(here, estimate.root).reshape(value.size, -1)
        covariance = jacobian @ jacobian.T
    spread = np.sqrt(np.diag(covariance)).reshape(value.shape)
    invariance = (_NOT_INVARIANT,) if estimate.estimator is Estimator.MAP else ()
    return Derived(
        name=function.name,
        value=value,
        spread=spread,
        spread_name=estimate.spread_name,
        lower=value - z * spread,
        upper=value + z * spread,
        ci_prob=ci_prob,
        covariance=covariance,
        notes=(*notes, *invariance),
    )


def derive_draws(
    layout: Layout,
    draws: np.ndarray,
    quantity: Quantity,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> DerivedDraws:
    """Return a function of each draw.

    Parameters
    ----------
    layout : Layout
        Names and shapes of the scalars.
    draws : (chains, draws, scalars) array
        A posterior or an approximation.
    quantity : str or callable
        As for a point estimate; a comparison such as ``"beta[1] > 0"`` gives 0 and 1, whose mean
        is a probability.
    labels : mapping of str to str, optional
        Labels by Stan's name.

    Returns
    -------
    DerivedDraws
        With its own table.

    Raises
    ------
    UsageError
        The expression is not understood.
    UnknownNameError
        It names a variable or function that does not exist.
    """
    function = _Function.of(quantity, layout, labels)
    chains, n, size = draws.shape
    values = function.at(draws.reshape(-1, size).T).astype(float)
    shape = values.shape[:-1]
    return DerivedDraws(
        name=function.name, draws=np.moveaxis(values, -1, 0).reshape(chains, n, *shape)
    )


@dataclass(frozen=True, slots=True)
class _Function:
    """A quantity as a function of all scalars of a result."""

    name: str
    layout: Layout
    expression: Expression | None
    function: Callable[[Mapping[str, np.ndarray]], Any] | None

    @classmethod
    def of(cls, quantity: Quantity, layout: Layout, labels: Mapping[str, str]) -> _Function:
        """Parse an expression, or take a function as it is."""
        if isinstance(quantity, str):
            text = spell_out(quantity, labels, layout.names)
            expression = Expression.parse(text, list(layout.variables))
            return cls(quantity.strip(), layout, expression, None)
        if callable(quantity):
            return cls(getattr(quantity, "__name__", "quantity"), layout, None, quantity)
        raise UsageError(
            "neither an expression nor a function",
            got=type(quantity).__name__,
            expected="a str such as 'exp(beta[2])', or a function of a dict of arrays",
            do="pass one of these",
        )

    def at(self, scalars: np.ndarray) -> np.ndarray:
        """Return the function at points, (*shape, n), from scalars, (all of them, n)."""
        n = scalars.shape[1]
        variables = self.layout.split(scalars.T)
        if self.expression is not None:
            values = self.expression({k: np.moveaxis(v, 0, -1) for k, v in variables.items()})
            # an expression of numbers alone has no axis for the points
            return values if values.ndim else np.broadcast_to(values, (n,))
        columns = [self._called({k: v[i] for k, v in variables.items()}) for i in range(n)]
        return np.stack(columns, axis=-1)

    def _called(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        assert self.function is not None  # noqa: S101 - one of the two is there
        result = np.asarray(self.function(values))
        if result.dtype.kind not in "bif":
            raise UsageError(
                "the function must return a number or an array of numbers",
                where=self.name,
                got=type(result.item() if result.ndim == 0 else result).__name__,
                do="return floats",
            )
        return result if result.dtype == bool else result.astype(float)

    def slopes(self, values: np.ndarray, root: np.ndarray) -> np.ndarray:
        """Return the derivative along each column of the root, (*shape, k)."""
        here = values[:, np.newaxis]
        root = np.where(np.isnan(root), 0.0, root)
        if self.expression is not None:
            # f'(x) = Im f(x + ih) / h, without a difference and its rounding (Squire & Trapp 1998)
            shifted = self.at(here + 1j * _COMPLEX_STEP * root)
            slopes = np.imag(shifted) / _COMPLEX_STEP
            return np.broadcast_to(slopes, (*shifted.shape[:-1], root.shape[1]))
        return central_difference(self.at, here, root)


def _reasons(estimate: ModeResult, function: _Function) -> tuple[str, ...]:
    """Say why there is no spread: the function uses a scalar that has none."""
    names = estimate.layout.names
    bare = [i for i, n in enumerate(names) if n in estimate.notes]
    if not bare:
        return ()
    # a scalar without a value must not hide behind NaN
    filled = np.where(np.isnan(estimate.values), 1.0, estimate.values)
    nudged = np.repeat(filled[:, np.newaxis], len(bare) + 1, axis=1)
    for column, i in enumerate(bare):
        nudged[i, column] += _NUDGE * max(1.0, abs(nudged[i, column]))
    results = function.at(nudged)
    same = (results[..., :-1] == results[..., -1:]) | np.isnan(results[..., -1:])
    used = ~same.reshape(-1, len(bare)).all(axis=0)
    return tuple(
        f"no {estimate.spread_name}: it uses {names[i]}, {estimate.notes[names[i]]}"
        for i, is_used in zip(bare, used, strict=True)
        if is_used
    )


def _element_names(name: str, shape: tuple[int, ...]) -> list[str]:
    if not shape:
        return [name]
    return [f"{name}[{','.join(str(i + 1) for i in at)}]" for at in np.ndindex(*shape)]
