"""`verify`: whether the numbers of a saved result hold on this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import UsageError
from bayeswrap.estimates.marginal_likelihood.maximise_marginal import maximise_marginal
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.results.status import Status
from bayeswrap.markup import block, brief, sentences
from bayeswrap.storage import load
from bayeswrap.thresholds import REEVALUATED, VERIFIED_DECREMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Reevaluation",
    "verify",
]


_HANDFUL = 8  # draws at which lp__ is computed again
_PARTS = ("likelihood", "prior", "population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One stored number, and what this machine computes for it.

    Attributes
    ----------
    result, quantity : str
        Of which result it is, and what.
    stored, here : float
        The number in the file, and the one computed now.
    allowed : float
        The difference that rounding explains.
    """

    result: str
    quantity: str
    stored: float
    here: float
    allowed: float

    @property
    def holds(self) -> bool:
        """Whether both agree, or both are not a number."""
        if np.isnan(self.stored) or np.isnan(self.here):
            return bool(np.isnan(self.stored) and np.isnan(self.here))
        return self.stored == self.here or abs(self.stored - self.here) <= self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reevaluation:
    """Stored numbers beside those of this machine.

    Attributes
    ----------
    numbers : tuple of Number
        What was compared.
    left_out : tuple of str
        Results that could not be evaluated, with the reason.
    """

    numbers: tuple[Number, ...]
    left_out: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every number that was compared holds; False where none was."""
        return bool(self.numbers) and all(number.holds for number in self.numbers)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a number: result, quantity, stored, here, allowed, holds."""
        rows = [(n.result, n.quantity, n.stored, n.here, n.allowed, n.holds) for n in self.numbers]
        columns = ["result", "quantity", "stored", "here", "allowed", "holds"]
        return pd.DataFrame(rows, columns=columns)

    def __str__(self) -> str:
        failed = [n for n in self.numbers if not n.holds]
        count = len(self.numbers)
        head = f"{count - len(failed)} of {count} stored numbers hold on this machine"
        lines = [
            f"  {n.result}, {n.quantity}: {n.stored:.12g} in the file, {n.here:.12g} here"
            for n in failed
        ]
        return "\n".join([head, *lines, *(f"  not compared: {text}" for text in self.left_out)])

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        head, *lines = str(self).split("\n")
        return block(head, sentences(lines))


def verify(path: str | Path) -> Reevaluation:
    """Evaluate log density and gradient again at the points of a saved result.

    At an estimate the log likelihood, log prior and log population, and the Newton decrement of
    its gradient are computed again; of a marginal estimate its integral; of draws by NUTS the
    differences of ``lp__`` at eight draws. The density is evaluated in process by stanli,
    whichever engine made the result.

    Parameters
    ----------
    path : str or Path
        A file that `save` wrote, with its data.

    Returns
    -------
    Reevaluation
        ``holds`` says whether all numbers hold, ``to_frame()`` lists them.

    Raises
    ------
    ResultFileError
        The file is no saved result.
    UsageError
        The file holds no data, or nothing whose density can be evaluated.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import bayeswrap as bw
    >>> entry = bw.library["beta_binomial"]
    >>> mode = bw.Model(entry.program, entry.example_data, engine="stanli").map()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(bw.verify(bw.save(mode, pathlib.Path(folder) / "mode.bw")))
    4 of 4 stored numbers hold on this machine
    """
    result = load(path, density=True)
    results = result.results if isinstance(result, Comparison) else (result,)
    known = [r for r in results if getattr(r, "problem", None) is not None]
    if not known:
        raise UsageError(
            "this file holds no data with which a density could be evaluated",
            where=str(path),
            do="save an estimate, draws or a comparison with bw.save(result, path)",
        )
    numbers = tuple(number for r in known for number in _numbers(r))
    left_out = tuple(_reason(r) for r in results if not any(r is k for k in known))
    return Reevaluation(numbers=numbers, left_out=left_out)


def _reason(result: Any) -> str:  # noqa: ANN401 - any kind of result
    return f"{getattr(result, 'title', type(result).__name__)}: its density is not in the file"


def _numbers(result: Any) -> Iterator[Number]:  # noqa: ANN401 - any kind of result
    if isinstance(result, PointEstimate):
        return _of_marginal(result) if result.marginal else _of_mode(result)
    return _of_draws(result)


def _number(result: str, quantity: str, stored: float, here: float) -> Number:
    allowed = REEVALUATED.value * max(1.0, abs(stored))
    return Number(
        result=result, quantity=quantity, stored=float(stored), here=float(here), allowed=allowed
    )


def _of_mode(estimate: PointEstimate) -> Iterator[Number]:
    """Compare the parts of the log density, and the gradient in standard errors."""
    problem = estimate.problem_for("verify")
    here = problem.density.log_parts(estimate.optimum.at_limit)
    for part in _PARTS:
        stored = getattr(estimate.log_parts, part)
        yield _number(estimate.title, f"log {part}", stored, here[part])
    optimum = estimate.optimum
    if optimum.status.is_estimate and optimum.root.any():
        gradient = problem.objective(optimum.q)[1]
        yield Number(
            result=estimate.title,
            quantity="Newton decrement, standard errors",
            stored=optimum.decrement,
            here=float(np.linalg.norm(optimum.root.T @ gradient)),
            allowed=VERIFIED_DECREMENT.value,
        )


def _of_marginal(estimate: PointEstimate) -> Iterator[Number]:
    """Integrate again, from the stored values on."""
    problem, marginal = estimate.problem, estimate.marginal
    if marginal is None or problem is None:
        return
    nodes = estimate.record.options.get("quadrature")
    variables = [v.name for v in estimate.program.variables_in("parameters")]
    kept = {n: estimate[n] for n in variables if n not in marginal.latent}
    if estimate.status is Status.CONVERGED:  # no search starts on an edge
        problem = replace(problem, inits=kept, start=None)
    again = maximise_marginal(problem, marginal.latent, int(nodes) if nodes else None)
    yield _number(estimate.title, "log likelihood", estimate.log_likelihood, again.log_likelihood)


def _of_draws(draws: Posterior | Approximation) -> Iterator[Number]:
    """Compare differences of lp__ at some draws: its constant depends on how Stan was called."""
    problem: Problem | None = draws.problem
    if problem is None or "lp__" not in draws.method_names:
        return
    names = problem.density.transforms.names()
    places = [draws.layout.names.index(name) for name in names]
    rows = draws.draws.reshape(-1, draws.draws.shape[-1])[:, places]
    stated = draws.method_column("lp__").ravel()
    chosen = np.unique(np.linspace(0, len(rows) - 1, _HANDFUL).astype(int))
    transforms = problem.density.transforms
    density = problem.density.objective(problem.weights, jacobian=True)
    here = np.array([density(transforms.unconstrain_scalars(rows[i]))[0] for i in chosen])
    for i, value in zip(chosen[1:], here[1:], strict=True):
        quantity = f"lp__ of draw {i + 1} less that of draw 1"
        yield _number(draws.record.method, quantity, stated[i] - stated[chosen[0]], value - here[0])
