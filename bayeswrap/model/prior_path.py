"""The mode as the prior gains weight, each search from the mode before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from bayeswrap.model.bound_model import ALL_ON, BoundModel
from bayeswrap.model.mode_scalars import estimates_of, inits_at, status_word
from bayeswrap.model.model import Model
from bayeswrap.progress import shown_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Step",
    "model_of",
    "path_table",
    "prior_path",
    "with_prior_weight",
]

Step: TypeAlias = "tuple[float, PointEstimate]"


def model_of(problem: Problem) -> Model:
    """Return the model that a problem was stated in, by the same engine.

    Parameters
    ----------
    problem : Problem
        Of an estimate that is at hand.
    """
    in_process = problem.executable is None
    model = Model.__new__(Model)
    model.bound = BoundModel(
        program=problem.program,
        data=problem.data,
        engine="stanli" if in_process else "auto",
        source=problem.density.source,
    )
    model.weights = ALL_ON
    return model


def with_prior_weight(model: Model, weight: float) -> Model:
    """Return a model with its prior to a power, and its other weights as they are."""
    return model.weighted(
        prior=weight, likelihood=model.weights.likelihood, population=model.weights.population
    )


def prior_path(model: Model, mle: PointEstimate, levels: Sequence[float]) -> Iterator[Step]:
    """Yield a mode of the declared scale for each power of the prior.

    Each search begins where the last one ended, so that one mode is followed where there are
    several. At the power 0 it is the MLE.

    Parameters
    ----------
    model : Model
        Program and data.
    mle : PointEstimate
        Its MLE, where the path begins; effects that it integrates out are integrated out of each
        mode.
    levels : sequence of float
        The powers, in ascending order.
    """
    inits, latent = inits_at(mle), mle.marginal.latent if mle.marginal else ()
    for weight in shown_steps(levels, "prior weights"):
        if weight == 0:
            yield weight, mle
            continue
        mode = with_prior_weight(model, weight).map(
            inits=inits, marginal=latent, seed=mle.record.seed, require_converged=False
        )
        inits = inits_at(mode) or inits
        yield weight, mode


def path_table(steps: Sequence[Step], origin: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each power and scalar.

    Parameters
    ----------
    steps : sequence of (float, PointEstimate)
        Powers and modes.
    origin : DataFrame
        ``estimate`` and ``spread`` of the MLE, by scalar.
    """
    return pd.concat([_rows(step, origin) for step in steps], ignore_index=True)


def _rows(step: Step, origin: pd.DataFrame) -> pd.DataFrame:
    weight, estimate = step
    values = estimates_of(estimate, list(origin.index))
    return pd.DataFrame(
        {
            "weight": weight,
            "parameter": origin.index,
            "estimate": values["estimate"].to_numpy(),
            "spread": values["spread"].to_numpy(),
            "mle": origin["estimate"].to_numpy(),
            "pull": ((values["estimate"] - origin["estimate"]) / origin["spread"]).to_numpy(),
            "status": status_word(estimate),
        }
    )
