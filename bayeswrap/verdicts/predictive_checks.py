"""Predictions of the program beside the data that they predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.errors import EngineError
from bayeswrap.estimates.inference.delta_method import random_elements
from bayeswrap.estimates.posterior.predicted_quantities import predicted
from bayeswrap.program.replications import named_predictions
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem, Replicate
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "Prediction",
    "predictions_of",
]


_TWO = 2
_MOST = 1000  # simulated replications
_SIMULATED = "simulated"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prediction:
    """An outcome, and replications of it.

    Attributes
    ----------
    name, outcome : str
        The generated quantity, and the data variable that it replicates.
    observed : (n,) array
        The data.
    posterior : (draws, n) array
        Replications, one at each draw of the posterior.
    prior : (draws, n) array or None
        One at each draw of the prior; None where there are no such draws.
    variable : str
        The data variable of the outcome in the program, where it has another name there.
    kept : (draws,) array of int or None
        Positions of the draws that have a replication; None where all have one.
    """

    name: str
    outcome: str
    observed: np.ndarray
    posterior: np.ndarray
    prior: np.ndarray | None
    variable: str = ""
    kept: np.ndarray | None = None

    @property
    def whole(self) -> bool:
        """Whether outcome and replications are whole numbers."""
        both = (self.observed, self.posterior)
        return all(bool((values == np.round(values)).all()) for values in both)

    def statistics(self) -> pd.DataFrame:
        """Return what the data show of some statistics, and what the replications do.

        Returns
        -------
        pandas.DataFrame
            Indexed by statistic, on the outcome's scale: ``observed``, ``median``, ``lower`` and
            ``upper`` (ends of the central 95 % of the replications) and ``tail`` (share of the
            replications at least as large as the data; ties count half). Only the mean where the
            outcome has two values.

        References
        ----------
        Gelman, Meng and Stern (1996), Statistica Sinica 6, 733-807.
        """
        two = np.unique(np.concatenate([self.observed, self.posterior.ravel()])).size <= _TWO
        single = self.observed.size == 1
        kinds: dict[str, Callable[..., Any]] = {"value" if single else "mean": np.mean}
        if not (two or single):
            kinds |= {"sd": np.std, "smallest": np.min, "largest": np.max}
        rows = {}
        for name, kind in kinds.items():
            statistic, replicated = float(kind(self.observed)), kind(self.posterior, axis=1)
            lower, median, upper = np.quantile(replicated, [0.025, 0.5, 0.975])
            tail = np.mean(replicated > statistic) + 0.5 * np.mean(replicated == statistic)
            rows[name] = (statistic, median, lower, upper, tail)
        columns = ["observed", "median", "lower", "upper", "tail"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        return frame.rename_axis("statistic").astype(float)


def predictions_of(lineup: Lineup) -> tuple[Prediction, ...]:
    """Return the predictions that can be held against data: random, and of the data's shape.

    Parameters
    ----------
    lineup : Lineup
        With draws of the posterior that know their data; there are no predictions otherwise.
    """
    draws = lineup.posterior
    if draws is None or draws.problem is None:
        return ()
    random = _random_variables(draws, draws.problem)
    data = _data_of(draws.problem)
    predictions = []
    for name, outcome in _pairs(draws, draws.problem).items():
        posterior, prior = _rows(draws, name), _rows(lineup.prior, name)
        if name in random and posterior is not None:
            observed = np.asarray(data[outcome], dtype=float)
            predictions.append(
                Prediction(
                    name=name,
                    outcome=outcome,
                    observed=observed.ravel(order="F"),
                    posterior=posterior,
                    prior=prior,
                )
            )
    return tuple(predictions) or tuple(_of_regression(lineup, draws, draws.problem))


def _of_regression(lineup: Lineup, draws: Posterior, problem: Problem) -> Iterator[Prediction]:
    """Yield the prediction of a regression, whose outcomes are simulated at some of the draws."""
    outcomes, data = _outcomes(problem), _data_of(problem)
    if problem.replicate is None or len(outcomes) != 1:
        return
    observed = np.asarray(data[outcomes[0]], dtype=float).ravel()
    kept, posterior = _simulated(draws, problem.replicate)
    if posterior is None or posterior.shape[1:] != observed.shape:
        return
    prior = None if lineup.prior is None else _simulated(lineup.prior, problem.replicate)[1]
    yield Prediction(
        name=_SIMULATED,
        outcome=problem.data.columns.get(outcomes[0], outcomes[0]),
        observed=observed,
        posterior=posterior,
        prior=prior,
        variable=outcomes[0],
        kept=kept,
    )


def _simulated(draws: Posterior, replicate: Replicate) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the positions of the draws that are used, and a finite replication at each."""
    flat = draws.draws.reshape(-1, draws.draws.shape[-1])
    kept = np.arange(len(flat))[:: -(-len(flat) // _MOST)]
    rows = replicate(draws.layout, flat[kept])
    if rows is None:
        return kept, None
    finite = np.isfinite(rows).all(axis=1)
    return kept[finite], rows[finite] if finite.any() else None


def _outcomes(problem: Problem) -> list[str]:
    likelihood = problem.program.of_role(Role.LIKELIHOOD)
    names = dict.fromkeys(name for s in likelihood for name in sorted(s.data))
    data = _data_of(problem)
    return [name for name in names if name in data]


def _data_of(problem: Problem) -> Mapping[str, np.ndarray]:
    return dict(problem.data.values)


def _pairs(draws: Posterior, problem: Problem) -> dict[str, str]:
    """Return the outcome of each prediction that has the outcome's shape.

    An open one counts too, by its name; what surely predicts other observations does not.
    """
    outcomes, data, pairs = _outcomes(problem), _data_of(problem), {}
    stems = named_predictions(draws.program)
    for name, found in predicted(draws).items():
        outcome = found.outcome or stems[name] or (outcomes[0] if len(outcomes) == 1 else "")
        same = outcome and np.shape(data[outcome]) == draws.layout.shape(name)
        if same and not found.new:
            pairs[name] = outcome
    return pairs


def _rows(draws: Posterior | None, name: str) -> np.ndarray | None:
    """Return the finite replications, (draws, n), or None where there are none."""
    if draws is None or name not in draws.layout.blocks:
        return None
    part = draws.draws[:, :, draws.layout.indices(name)]
    rows = part.reshape(-1, part.shape[-1])
    finite = rows[np.isfinite(rows).all(axis=1)]
    return finite if finite.size else None


def _random_variables(draws: Posterior, problem: Problem) -> frozenset[str]:
    """Return the variables that a random number generator makes: a mean replicates no data."""
    try:
        transforms = problem.density.transforms
        names = transforms.names(derived=True)
        at = [draws.layout.names.index(n) for n in transforms.names()]
        q = transforms.unconstrain_scalars(draws.draws[0, -1, at])
        random = random_elements(transforms, q)
    except EngineError:  # Stan refuses this draw, or stanli the program
        return frozenset()
    return frozenset(
        n.split("[", 1)[0] for n, is_random in zip(names, random, strict=True) if is_random
    )
