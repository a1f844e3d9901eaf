"""Which statement of a program has a gradient that contradicts its own values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import BayeswrapError
from bayeswrap.estimates.optimization.slope_check import with_slopes_of_values
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.program.roles.role import TargetStatement

__all__ = [
    "wrong_gradient_warning",
]


_ALONE = PartWeights(prior=0, population=0, likelihood=1)
_WRONG = 1e-6  # nats a unit of the position: the differences of values are good to 1e-9


def wrong_gradient_warning(problem: Problem, q: np.ndarray) -> str:
    """Return the sentence for a gradient that contradicts the values of the density.

    Parameters
    ----------
    problem : Problem
        What was maximised.
    q : (dimension,) array
        A position where they disagree.
    """
    statement = _worst_statement(problem, q)
    name = problem.program.name
    place = "" if statement is None else f", in {name}.stan:{statement.line}  {statement.text}"
    return (
        f"the gradient contradicts the values of the log density{place}. The search went on by "
        "values alone, which are the same for every engine"
    )


def _worst_statement(problem: Problem, q: np.ndarray) -> TargetStatement | None:
    statements = [s for s in problem.program.statements if not s.dead]
    errors = [_slope_error(problem, s, statements, q) for s in statements]
    worst = int(np.argmax(errors)) if errors else -1
    return statements[worst] if errors and errors[worst] > _WRONG else None


def _slope_error(
    problem: Problem, statement: TargetStatement, others: list[TargetStatement], q: np.ndarray
) -> float:
    """Return how far the gradient of one statement alone is from differences of its values."""
    roles = {_key(s): "prior" for s in others if s is not statement}
    try:
        program = problem.program.with_roles({**roles, _key(statement): "likelihood"})
        density = ModelDensity(program.switched(), problem.data, program.name)
        alone = density.objective(_ALONE, jacobian=False)
    except BayeswrapError:  # a statement that cannot stand alone is not judged
        return 0.0
    gradient, slopes = alone(q)[1], with_slopes_of_values(alone)(q)[1]
    scaled = np.abs(gradient - slopes) * np.maximum(1.0, np.abs(q))
    return float(np.nan_to_num(scaled).max(initial=0.0))


def _key(statement: TargetStatement) -> str:
    return f"{statement.line}:{statement.column}"
