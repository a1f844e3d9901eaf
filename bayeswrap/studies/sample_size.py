"""`n_ladder`: mode and mean of the posterior as data grow."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.errors import UsageError
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.model.mode_scalars import estimates_of, selected_scalars, status_word
from bayeswrap.model.model import Model
from bayeswrap.progress import shown_steps
from bayeswrap.studies.control_variates import posterior_summary
from bayeswrap.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bayeswrap.data.model_data import DataSource
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.diagnostics import Diagnostics
    from bayeswrap.estimates.posterior.draws import Draws
    from bayeswrap.program.program import Program

__all__ = [
    "n_ladder",
]


if TYPE_CHECKING:
    Growing: TypeAlias = pd.DataFrame | Callable[[int], DataSource]


if TYPE_CHECKING:
    Drawing: TypeAlias = Callable[[Model], Draws]

_SMALLEST, _LARGEST = 10, 2560  # of a function; a frame gives all its rows
_POWERS = range(16)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Step:
    """The estimates at one n."""

    n: int
    model: Model
    mle: PointEstimate
    mode: PointEstimate
    posterior: Draws

    @property
    def diagnostics(self) -> Diagnostics | None:
        """The sampler's diagnostics; None where another method drew."""
        return self.posterior.diagnostics if isinstance(self.posterior, Posterior) else None


def n_ladder(
    program: Program | str | Path,
    data: Growing,
    sizes: Iterable[int] | None = None,
    *,
    names: Sequence[str] | None = None,
    marginal: bool | str | Sequence[str] = False,
    draw: Drawing | None = None,
    seed: int | None = None,
    engine: str = "auto",
    roles: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    **named: Any,  # noqa: ANN401 - as for Model
) -> Study:
    """Compare mode and mean of the posterior on more and more data.

    By the Bernstein-von Mises theorem the posterior comes close to a Gaussian around the MLE.
    The distance from its mode to its mean, in posterior standard deviations, falls as
    1/sqrt(n), so that `gap_root_n` approaches a constant. The prior shift falls likewise.

    Parameters
    ----------
    program, engine, roles, columns, **named : as for Model
        What the models are made of beside the data.
    data : DataFrame or callable
        A data frame, of which random subsets of rows are taken, each within the next; or a
        function from n to data for `Model`.
    sizes : iterable of int, optional
        Values of n; by default 10, 40, 160, ..., up to all rows, or to 2560 of a function.
    names : sequence of str, optional
        Scalars or variables; by default all declared parameters that are not integrated out.
    marginal : bool, str or sequence of str, optional
        Integrate the effects of a hierarchical program out of both modes, as `Model.mle` does.
    draw : callable, optional
        From a model to draws of its posterior; by default `Model.sample`. A Laplace
        approximation is of no use here, because its centre is a mode.
    seed : int, optional
        Of the subsets, and Stan's for every run.

    Returns
    -------
    Study
        Columns ``n parameter mle se map mean sd gap gap_mcse gap_root_n gap_root_n_mcse pull
        normal status_mle status_map r_hat_max ess_min``, with ``gap`` = (MAP - mean) / sd, which
        is ``normal`` = 0 for a Gaussian posterior, and ``pull`` = (MAP - MLE) / se. Modes are
        those of the declared scale; ``_mcse`` is the Monte Carlo standard error, with the errors
        of mean and sd taken as independent. The mean is sharpened by control variates (see
        `bayeswrap.studies.control_variates`). Without them the Monte Carlo error would soon
        exceed the gap.
        ``r_hat_max`` and ``ess_min`` are the worst over all parameters of that n, NaN for draws
        that are none of Stan's sampler; a note names each n at which the sampler had trouble.

    Raises
    ------
    UsageError
        A model in place of its program; data that cannot grow; sizes that are not whole numbers
        of at least 1, or that exceed the rows.
    DataError
        The data do not fit the program.
    EstimandError
        The program has no likelihood, or its MLE would be a joint one over latent effects:
        `marginal` integrates them out.

    References
    ----------
    van der Vaart (1998), Asymptotic Statistics, chapter 10, doi:10.1017/CBO9780511802256.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> coin = bw.library["beta_binomial"].program
    >>> study = bw.studies.n_ladder(
    ...     coin, lambda n: {"n": n, "y": n // 5, "a": 1, "b": 1}, [10, 160],
    ...     seed=1, engine="stanli")
    >>> study.to_frame()["map"].round(4).tolist()
    [0.2, 0.2]
    """
    if isinstance(program, Model):
        raise UsageError(
            "a model has its data already, and this study varies them",
            where="program=",
            got=repr(program),
            do="pass its program, and a data frame or a function from n to data",
        )
    seed = int(np.random.default_rng().integers(1, 2**31)) if seed is None else int(seed)
    source, steps = _source(data, sizes, seed)

    def at_size(n: int) -> _Step:
        model = Model(program, source(n), engine=engine, roles=roles, columns=columns, **named)  # type: ignore[arg-type]  # Model checks the engine's name
        mle = model.mle(marginal=marginal, seed=seed, require_converged=False)
        mode = model.map(marginal=marginal, seed=seed, require_converged=False)
        posterior = draw(model) if draw else model.sample(seed=seed)
        return _Step(n=n, model=model, mle=mle, mode=mode, posterior=posterior)

    return _study([at_size(n) for n in shown_steps(steps, "data sizes")], names)


def _study(steps: Sequence[_Step], names: Sequence[str] | None) -> Study:
    return Study(
        title="MAP and posterior mean by the number of observations",
        finding="(MAP - mean)/sd falls as 1/sqrt(n). Multiplied by sqrt(n) it approaches a "
        "constant.",
        table=pd.concat([_rows(step, names) for step in steps], ignore_index=True),
        x="n",
        x_label="number of observations n",
        x_scale="log",
        y={"gap": "(MAP - mean)/sd", "gap_root_n": "(MAP - mean)/sd times √n"},
        y_label="(MAP - mean)/sd",
        errors={"gap": "gap_mcse", "gap_root_n": "gap_root_n_mcse"},
        references={"normal": "a Gaussian posterior"},
        panels="parameter",
        labels=steps[-1].mle.labels,
        records=tuple(r.record for step in steps for r in (step.mle, step.mode, step.posterior)),
        notes=tuple(note for step in steps for note in _notes(step)),
    )


def _source(
    data: Growing, sizes: Iterable[int] | None, seed: int
) -> tuple[Callable[[int], DataSource], list[int]]:
    """Return a function from n to data, and the sizes."""
    if not isinstance(data, pd.DataFrame):
        if not callable(data):
            raise UsageError(
                "data that cannot grow",
                where="data=",
                got=type(data).__name__,
                expected="a data frame, whose rows are taken, or a function from n to data",
                do="pass one of them, such as lambda n: {'n': n, 'y': y[:n]}",
            )
        return data, _sizes(sizes, None)
    frame = data
    order = np.random.default_rng(seed).permutation(len(frame))
    # the rows of a subset keep their order, which may be that of time
    return lambda n: frame.iloc[np.sort(order[:n])], _sizes(sizes, len(frame))


def _sizes(sizes: Iterable[int] | None, rows: int | None) -> list[int]:
    if sizes is None:
        top = _LARGEST if rows is None else rows
        return [*itertools.takewhile(lambda n: n < top, (_SMALLEST * 4**k for k in _POWERS)), top]
    values = list(sizes)
    steps = sorted({int(n) for n in values})
    whole = all(n == int(n) for n in values)
    if not (steps and whole and steps[0] > 0 and (rows is None or steps[-1] <= rows)):
        raise UsageError(
            "not sizes of data",
            where="sizes=",
            got=repr(values),
            expected="whole numbers from 1" + ("" if rows is None else f" to {rows}, the rows"),
            do="leave sizes= out, or give some within these",
        )
    return steps


def _notes(step: _Step) -> Iterator[str]:
    problems = step.diagnostics.problems if step.diagnostics else ()
    if problems:
        yield f"The mean at n = {step.n} is in doubt: {'; '.join(problems)}."


def _rows(step: _Step, names: Sequence[str] | None) -> pd.DataFrame:
    n, scalars, sampler = step.n, selected_scalars(step.mle, names), step.diagnostics
    first, second = estimates_of(step.mle, scalars), estimates_of(step.mode, scalars)
    summary = posterior_summary(step.model, step.posterior, scalars)
    gap = (second["estimate"] - summary["mean"]) / summary["sd"]
    error = np.hypot(summary["mcse_mean"], gap * summary["mcse_sd"]) / summary["sd"]
    table = pd.DataFrame(
        {
            "n": n,
            "parameter": scalars,
            "mle": first["estimate"],
            "se": first["spread"],
            "map": second["estimate"],
            "mean": summary["mean"],
            "sd": summary["sd"],
            "gap": gap,
            "gap_mcse": error,
            "gap_root_n": gap * np.sqrt(n),
            "gap_root_n_mcse": error * np.sqrt(n),
            "pull": (second["estimate"] - first["estimate"]) / first["spread"],
            "normal": 0.0,
            "status_mle": status_word(step.mle),
            "status_map": status_word(step.mode),
            "r_hat_max": sampler.r_hat_max if sampler else np.nan,
            "ess_min": sampler.ess_min if sampler else np.nan,
        }
    )
    return table.reset_index(drop=True)
