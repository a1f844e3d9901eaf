"""`compare_models`: different programs on the same data, ranked by leave-one-out prediction."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import ComparisonError
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.model_comparison.scores import Scored
from bayeswrap.thresholds import ELPD_DIFFERENCE_MIN, ELPD_ERRORS, ELPD_OBSERVATIONS_MIN

if TYPE_CHECKING:
    from bayeswrap.model_comparison.scores import Entry

__all__ = [
    "ModelComparison",
    "compare_models",
]


_COLUMNS = ("rank", "elpd", "se", "p", "elpd_diff", "dse", "weight", "bad_k", "warning")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelComparison:
    """Programs ranked by their expected log predictive density (LOO), with a summary in words.

    Attributes
    ----------
    table : pandas.DataFrame
        As `to_frame` describes it.
    observations : int
        Number of observations that are left out, one at a time.
    notes : tuple of str
        What a reader must know, each with the name of its model.
    """

    table: pd.DataFrame
    observations: int
    notes: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a model, the best first.

        Returns
        -------
        pandas.DataFrame
            ``rank`` from 0; ``elpd`` and its ``se``, nats; ``p``, the effective number of
            parameters; ``elpd_diff`` to the best (0 or negative) and ``dse``, the standard
            error of that difference; ``weight`` in a stack of predictions; ``bad_k``, how many
            observations have a Pareto k-hat above its threshold; ``warning``, whether such
            observations or the sampler's diagnostics cast doubt on the score.
        """
        return self.table.copy()

    @property
    def best(self) -> str:
        """The model with the largest score."""
        return str(self.table.index[0])

    @property
    def summary(self) -> str:
        """What the ranking amounts to, in words."""
        against = [self._against(str(name)) for name in self.table.index[1:]]
        return "\n".join([*against, *self.notes])

    def _against(self, name: str) -> str:
        gap, error = -self._number(name, "elpd_diff"), self._number(name, "dse")
        numbers = f"elpd difference {gap:.1f}, standard error {error:.1f}"
        if gap < ELPD_DIFFERENCE_MIN.value:
            small = f"a difference below {ELPD_DIFFERENCE_MIN.value:g} is too small"
            return f"LOO does not distinguish {name} from {self.best}: {numbers}; {small}"
        if gap < ELPD_ERRORS.value * error:
            return f"LOO does not distinguish {name} from {self.best}: {numbers}"
        doubt = ""
        if self.observations < ELPD_OBSERVATIONS_MIN.value:
            doubt = f"; with {self.observations} observations that standard error is optimistic"
        return f"{self.best} predicts better than {name}: {numbers}{doubt}"

    def _number(self, name: str, column: str) -> float:
        return float(self.table[column].to_dict()[name])

    def __str__(self) -> str:
        return "\n".join(
            [self.table.to_string(float_format=lambda x: f"{x:.4g}"), "", self.summary]
        )

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return block("Model comparison", table(self.table), sentences([self.summary]))


def compare_models(models: Mapping[str, Entry]) -> ModelComparison:
    """Rank different programs on the same data by leave-one-out cross-validation.

    The log likelihood of each observation is derived from the programs (see
    `Model.pointwise_log_likelihood`); Pareto smoothed importance sampling leaves the
    observations out, without a refit.

    Parameters
    ----------
    models : mapping of str to Posterior, or to (Model, Posterior)
        What `Model.sample` or `adopt` returned, by name, at least two. Draws that were loaded
        from a file carry no data: give them with their model.

    Returns
    -------
    ModelComparison
        Table, and in words what it amounts to. Differences below 4, or small against their
        standard error, do not distinguish models.

    Raises
    ------
    ComparisonError
        Fewer than two models, draws that are none of a posterior, observations that differ in
        number or value, or draws at which some observation has no log likelihood.
    EstimandError
        The log likelihood of an observation cannot be derived; declare ``log_lik`` then.

    References
    ----------
    Vehtari, Gelman and Gabry (2017), Practical Bayesian model evaluation using leave-one-out
    cross-validation and WAIC, Statistics and Computing 27:1413-1432,
    doi:10.1007/s11222-016-9696-4. Sivula, Magnusson and Vehtari (2020), Uncertainty in Bayesian
    leave-one-out cross-validation based model comparison, arXiv:2008.10296.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> import numpy as np
    >>> declared = "data { int N; vector[N] x; vector[N] y; } parameters { real b; } "
    >>> line = bw.Program.from_string(
    ...     declared + "model { b ~ normal(0, 1); y ~ normal(b * x, 1); }", name="line")
    >>> level = bw.Program.from_string(
    ...     declared + "model { b ~ normal(0, 1); y ~ normal(b, 1); }", name="level")
    >>> x = np.linspace(-3, 3, 30)
    >>> data = {"x": x, "y": x + np.sin(10 * x)}
    >>> draws = {p.name: bw.Model(p, data, engine="stanli").sample(seed=1) for p in (line, level)}
    >>> ranking = bw.compare_models(draws)
    >>> ranking.best
    'line'
    """
    if not isinstance(models, Mapping) or len(models) < 2:  # noqa: PLR2004 - a pair
        named = isinstance(models, Mapping)
        raise ComparisonError(
            "nothing to rank",
            got=f"{len(models)} models" if named else type(models).__name__,
            expected="draws of at least two models by name",
            do="pass a dict such as {'linear': fit1, 'quadratic': fit2}",
        )
    scored: dict[str, Scored] = {}
    for name, entry in models.items():
        first = next(iter(scored.values()), None)
        scored[name] = Scored.of(name, entry, first.observed if first else ())
    _require_same_observations(scored)
    notes = [note for s in scored.values() for note in s.notes]
    return ModelComparison(
        table=_table(scored),
        observations=len(next(iter(scored.values())).observed),
        notes=tuple(notes),
    )


def _require_same_observations(scored: Mapping[str, Scored]) -> None:
    first, *rest = scored.values()
    for other in rest:
        sizes = [len(s.observed) for s in (first, other)]
        if sizes[0] != sizes[1]:
            raise ComparisonError(
                "models of different numbers of observations cannot be ranked",
                where=f"{first.name} and {other.name}",
                got=f"{sizes[0]} and {sizes[1]}",
                do="fit all models to the same observations; an observation is what a "
                "likelihood statement, or an element of log_lik, speaks of",
            )
        observed = first.outcome is not None and other.outcome is not None
        if observed and not _same(first.outcome, other.outcome):
            raise ComparisonError(
                "models of different observations cannot be ranked",
                where=f"{first.name} and {other.name}",
                do="fit all models to the same outcome, on the same scale",
            )


def _same(first: np.ndarray | None, second: np.ndarray | None) -> bool:
    return first is not None and second is not None and np.array_equal(first, second)


def _table(scored: Mapping[str, Scored]) -> pd.DataFrame:
    """Return ArviZ's table with the columns of our own: weights are of a stack of predictions."""
    stats = importlib.import_module("arviz_stats")
    with warnings.catch_warnings():
        # its use of pandas, and large k-hats, which our notes report
        warnings.simplefilter("ignore")
        frame = stats.compare({name: s.elpd for name, s in scored.items()}, method="stacking")
    # ArviZ subtracts each model from the best
    frame["elpd_diff"] = 0.0 - frame["elpd_diff"]
    frame["bad_k"] = [scored[str(name)].bad_k for name in frame.index]
    # ArviZ knows of large k-hats alone, not of the sampler
    frame["warning"] = [scored[str(name)].doubtful for name in frame.index]
    return pd.DataFrame(frame[list(_COLUMNS)].rename_axis("model"))
