"""`adopt`: a fit that CmdStan made elsewhere, as a result like those of `Model`.

It is checked against the in-process density of program and data.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from bayeswrap.engine.foreign_runs import ForeignRun, read_foreign
from bayeswrap.errors import AdoptionError
from bayeswrap.estimates.point_estimates.estimate_at_optimum import (
    VerifiedMode,
    estimate_at_optimum,
)
from bayeswrap.estimates.point_estimates.maximise import find_mode
from bayeswrap.estimates.posterior.nuts import posterior_of
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.status import Status
from bayeswrap.model.bound_model import ALL_ON
from bayeswrap.model.model_argument import as_model
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bayeswrap.data.model_data import DataSource
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.model.bound_model import BoundModel
    from bayeswrap.model.model import Model
    from bayeswrap.program.program import Program

__all__ = [
    "adopt",
]


_HANDFUL = 8  # draws at which lp__ is compared
_RELATIVE = 1e-6
_SUMMED = 1e-12  # rounding of a sum, of its size
_CLOSE = 1e-3  # standard errors between a fit and the mode that it stands for
_NUTS = ("lp__", "energy__", "divergent__", "treedepth__")


def adopt(
    fit: object,
    *,
    program: Model | Program | str | Path,
    data: DataSource = None,
    engine: Literal["auto", "cmdstan", "stanli"] = "auto",
    roles: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    **named: Any,  # noqa: ANN401 - as for Model
) -> Posterior | PointEstimate:
    """Take over a fit that CmdStan made elsewhere, without a refit and without a compiler.

    Draws must be of this program on these data: at some of them, the differences of ``lp__`` are
    compared with those of the density. A mode is compared with the verified mode next to it.

    Parameters
    ----------
    fit : CmdStanMCMC, CmdStanMLE, or str, Path or a list of them
        cmdstanpy's object, or the CSV files of one run of ``sample`` or ``optimize``.
    program : Program, str, Path or Model
        What the fit was made from; or a `Model`, and then no data beside it.
    data, roles, columns, **named : as for Model
        What the fit was made from beside the program.
    engine : str, optional
        As for `Model`; nothing is compiled, whatever it says.

    Returns
    -------
    Posterior or PointEstimate
        Of the same program and data hashes as the results of ``Model(program, data)``. An
        optimum is a MAP on the scale of its ``jacobian`` flag, or the MLE of a program without
        priors. Its values are those of the fit where they lie within 0.001 standard errors of
        the verified mode; otherwise the verified mode, with a warning that tells how far the
        fit is from it. Where there is no mode, the status tells.

    Raises
    ------
    AdoptionError
        The fit cannot be read, has other parameters, or is one of other data.
    ProgramError, DataError
        As for `Model`.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> entry = bw.library["beta_binomial"]
    >>> model = bw.Model(entry.program, entry.example_data)
    >>> mode = model.map(seed=1)
    >>> fit = mode.cmdstan_fit  # or the paths of CSV files
    >>> adopted = bw.adopt(fit, program=model)  # or program= and data=
    >>> bw.compare(adopted, model.mle(seed=1)).results[0].title
    'MAP (constrained scale)'
    """
    model = as_model(
        program,
        data,
        where="adopt(fit, program=model, ...)",
        engine=engine,
        roles=roles,
        columns=columns,
        **named,
    )
    if model.weights != ALL_ON:
        raise AdoptionError(
            "a fit made elsewhere is one of the program as it is written",
            where="adopt(fit, program=model)",
            got="a weighted model",
            do="pass the model that it was made of",
        )
    bound = model.bound
    run = read_foreign(fit, bound.program.name)
    _require_same_scalars(bound, run)
    return _posterior(bound, run) if run.method == "sample" else _mode(bound, run)


def _require_same_scalars(bound: BoundModel, run: ForeignRun) -> None:
    """Refuse a fit of other parameters, and name what is missing, extra or of another size."""
    transforms, declared = bound.density.transforms, bound.program.variables
    needed, got = transforms.names(), set(run.table.names)
    missing = [n for n in needed if n not in got]
    derived = (v.name for v in declared.values() if v.block not in {"data", "parameters"})
    expected = {*needed, *derived}
    extra = [n for n in run.table.names if n not in expected and variable_of(n) not in expected]
    if not missing and not extra:
        return
    here, there = _sizes(needed), _sizes(run.table.names)
    differences = [
        f"{v}: {there.get(v, 0)} in the fit, {here.get(v, 0)} in the program with these data"
        for v in dict.fromkeys(variable_of(n) for n in (*missing, *extra))
    ]
    raise AdoptionError(
        "this fit is one of other parameters",
        where=bound.program.name,
        got="; ".join(differences) + " (numbers of scalars)",
        do="pass the program and the data that the fit was made from",
    )


def _sizes(names: tuple[str, ...]) -> Counter[str]:
    return Counter(variable_of(n) for n in names)


def _parameter_draws(bound: BoundModel, run: ForeignRun) -> np.ndarray:
    """Return draws of the parameters in the order of the density, (chains, draws, n)."""
    columns = {name: i for i, name in enumerate(run.table.names)}
    return run.table.draws[:, :, [columns[n] for n in bound.density.transforms.names()]]


def _posterior(bound: BoundModel, run: ForeignRun) -> Posterior:
    if not set(_NUTS) <= set(run.table.method_names):
        raise AdoptionError(
            "these draws were not made by NUTS",
            where=bound.program.name,
            got=f"{run.settings.get('algorithm')} with columns {', '.join(run.table.method_names)}",
            expected=", ".join(_NUTS),
            do="pass a run of CmdStan's default sampler",
        )
    started, seed = time.perf_counter(), run.number("seed", 0)
    problem = bound.problem(seed=seed, made_by=run.engine)
    unchecked = _compare_densities(problem, _parameter_draws(bound, run), run)
    depth = run.number("max_depth", 10)
    options = {
        "adopted": True,
        "chains": run.table.draws.shape[0],
        "iter_warmup": run.number("num_warmup", 0),
        "iter_sampling": run.number("num_samples", 0),
        "thin": run.number("thin", 1),
        "max_treedepth": depth,
    }
    return posterior_of(
        problem,
        run.table,
        problem.record("sample", options, run.output, started),
        max_treedepth=depth,
        warnings=(*bound.program.warnings, *unchecked),
    )


def _compare_densities(problem: Problem, draws: np.ndarray, run: ForeignRun) -> tuple[str, ...]:
    """Compare differences of lp__ with those of the density, at draws of all chains.

    What the constants that Stan drops amount to is the same at all draws.
    """
    reason = _incomparable(problem)
    if reason:
        return (f"the draws could not be compared with the density: {reason}",)
    rows, stated = draws.reshape(-1, draws.shape[-1]), run.table.method_column("lp__").ravel()
    chosen = np.unique(np.linspace(0, len(rows) - 1, _HANDFUL).astype(int))
    computed = [(stated[i], *_value_and_rounding(problem, rows[i], run.digits)) for i in chosen]
    comparable = [
        (lp - value, value, slack) for lp, value, slack in computed if not np.isnan(value)
    ]
    if not comparable:
        return ("the draws could not be compared with the density: too few digits in the files",)
    offsets, values, slacks = np.array(comparable).T
    lost = 10.0 ** (1 - run.digits) * np.abs(stated[chosen]).max()
    allowed = (
        _RELATIVE * np.maximum(1.0, np.abs(values - values[0]))
        + _SUMMED * np.abs(values)
        + slacks
        + slacks[0]
        + lost
    )
    gap = np.abs(offsets - offsets[0])
    if (gap <= allowed).all():
        return ()
    worst = int(np.argmax(np.where(np.isnan(gap), np.inf, gap - allowed)))
    change = offsets[worst] + values[worst] - offsets[0] - values[0]
    raise AdoptionError(
        "this fit is one of another program or of other data",
        where=problem.program.name,
        got=f"lp__ changes by {change:.9g} from one draw to another",
        expected=f"{values[worst] - values[0]:.9g}, by the density of this program on these data",
        do="pass the program and the data that the fit was made from",
    )


def _incomparable(problem: Problem) -> str:
    """Return why lp__ is no function of program, data and declared values; empty where it is."""
    if problem.spheres:
        return "lp__ depends on the length before scaling of unit vectors, which no file holds"
    # the simplexes of a Stan before 2.37 came of broken sticks: that Jacobian, the product of the
    # elements, is the one of today but for a constant
    return ""


def _value_and_rounding(problem: Problem, row: np.ndarray, digits: int) -> tuple[float, float]:
    """Return the log density at a draw, and what rounding of the draw may change in it."""
    transforms = problem.density.transforms
    q = transforms.unconstrain_scalars(row)
    if np.isnan(q).any():
        return np.nan, np.nan
    value, gradient = problem.density.objective(problem.weights, jacobian=True)(q)
    rounded = transforms.unconstrain_scalars(row * (1 + 10.0 ** (1 - digits)))
    if not np.isfinite(rounded).all():  # a constraint that no rounded value meets
        rounded = q + 10.0 ** (1 - digits) * np.maximum(1.0, np.abs(q))
    return value, float(np.abs(gradient) @ np.abs(rounded - q))


def _mode(bound: BoundModel, run: ForeignRun) -> PointEstimate:
    """Return the mode that a run of ``optimize`` stands for."""
    jacobian = bool(run.number("jacobian", 0))
    scale = Scale.UNCONSTRAINED if jacobian else Scale.CONSTRAINED
    roles = {s.role for s in bound.program.statements if not s.dead}
    is_mle = roles == {Role.LIKELIHOOD} and not jacobian
    transforms = bound.density.transforms
    layout = bound.coordinates.layout
    values = _parameter_draws(bound, run)[0, 0]
    problem = bound.problem(
        Estimator.MLE if is_mle else Estimator.MAP,
        None if is_mle else scale,
        start=transforms.unconstrain(layout.split(values)),
        seed=run.number("seed", 0),
        made_by=run.engine,
    )
    mode = find_mode(problem, bound.program.warnings)
    mode = replace(mode, output=run.output, options={"inits": None, "adopted": True})
    return estimate_at_optimum(problem, _with_adopted_values(problem, mode))


def _with_adopted_values(problem: Problem, mode: VerifiedMode) -> VerifiedMode:
    """Return the mode at the adopted values, or with a warning where they lie apart from it."""
    optimum, q = mode.optimum, problem.start
    if q is None or not optimum.status.is_estimate:
        return mode
    curved = optimum.root.any(axis=1)
    steps = np.linalg.pinv(optimum.root[curved]) @ (q - optimum.q)[curved]
    distance = float(np.linalg.norm(steps))
    if distance > _CLOSE:
        warning = (
            f"the adopted fit lies {distance:.3g} standard errors from the verified mode, which "
            "is reported instead: it stopped early, or was made from other data"
        )
        return replace(mode, warnings=(warning, *mode.warnings))
    if optimum.status is not Status.CONVERGED or not curved.all():
        return mode
    adopted = replace(optimum, q=q, value=problem.objective(q)[0], decrement=distance)
    return replace(mode, optimum=adopted)
