"""The groups of ArviZ's container: draws, predictions, log densities and data, by variable.

An outcome has one name in all groups: that of the data. Its dimensions and coordinates are the same
in all of them too.
"""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import BayeswrapError, BayeswrapWarning
from bayeswrap.estimates.pointwise.log_densities import log_densities
from bayeswrap.estimates.pointwise.log_likelihood import DECLARED, pointwise_log_likelihood
from bayeswrap.estimates.posterior.predicted_quantities import Predicted, predicted
from bayeswrap.estimates.problem.labels import data_labels, element_names, unit_of
from bayeswrap.program.replications import listed_outcome
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.progress import progress_wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.pointwise.drawn_values import DrawnValues
    from bayeswrap.estimates.pointwise.log_likelihood import PointwiseLogLikelihood
    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "container_with",
    "full_container",
    "named_log_likelihood",
]


_ARVIZ_NAMES = {
    "lp__": "lp",
    "accept_stat__": "acceptance_rate",
    "stepsize__": "step_size",
    "treedepth__": "tree_depth",
    "n_leapfrog__": "n_steps",
    "divergent__": "diverging",
    "energy__": "energy",
}
_ARVIZ_TYPES: dict[str, type] = {"divergent__": bool, "treedepth__": int, "n_leapfrog__": int}
_LOG_LIK = "log_lik"

Arrays = dict[str, np.ndarray]


@dataclass(slots=True)
class _Groups:
    """Arrays by group and variable, and the names of the elements of each variable."""

    draws: DrawnValues
    arrays: dict[str, Arrays] = field(default_factory=dict)
    elements: dict[str, list[list[str] | list[int]]] = field(default_factory=dict)
    dimensions: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, group: str, name: str, values: np.ndarray, names: Sequence[Any]) -> None:
        """Add a variable; `names` are those of the elements along each dimension of it."""
        self.arrays.setdefault(group, {})[name] = values
        known = self.elements.get(name, [])
        self.elements[name] = max(known, [*names], key=len)

    def tree(self) -> Any:  # noqa: ANN401 - an xarray DataTree
        """Return the container."""
        base = importlib.import_module("arviz_base")
        container = base.from_dict({})
        for group, variables in self.arrays.items():
            container[group] = self._group(base, group, variables)
        return container

    def _group(self, base: Any, group: str, variables: Arrays) -> Any:  # noqa: ANN401 - as above
        lead = 0 if group in {"observed_data", "constant_data"} else 2
        dims = {
            v: self.dimensions.get(v) or [f"{v}_dim_{i}" for i in range(a.ndim - lead)]
            for v, a in variables.items()
        }
        coords = {
            dim: names
            for v, own in dims.items()
            for dim, names in zip(own, self.elements[v], strict=False)
        }
        made = base.from_dict({group: variables}, dims=dims, coords=coords)[group]
        for v in variables:
            if unit := self.units.get(v, ""):
                made[v].attrs["units"] = unit
            if note := self.attributes.get((group, v)):
                made[v].attrs["note"] = note
        return made


def container_with(draws: DrawnValues, log_likelihood: np.ndarray | None = None) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
    """Return draws with the sampler's columns, and a log likelihood ``log_lik`` of observations."""
    groups = _Groups(draws)
    _add_draws(groups, {})
    if log_likelihood is not None:
        counted = list(range(1, log_likelihood.shape[-1] + 1))
        groups.add("log_likelihood", _LOG_LIK, log_likelihood, [counted])
    return groups.tree()


def full_container(
    draws: DrawnValues,
    predictions: Mapping[str, str] | None = None,
    *,
    log_likelihood: PointwiseLogLikelihood | None = None,
    log_prior: np.ndarray | None = None,
) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
    """Return all that is known of draws as ArviZ's container.

    Parameters
    ----------
    draws : Draws
        Of posterior or prior.
    predictions : mapping of str to str, optional
        Generated quantities by the data variables that they replicate.
    log_likelihood, log_prior : optional
        Where they are at hand; else they are computed, as far as that is possible.

    Warns
    -----
    BayeswrapWarning
        What is no sure replication keeps its name; a group could not be made.
    """
    groups, found = _Groups(draws), predicted(draws, predictions)
    _add_draws(groups, found)
    _add_data(groups, found)
    if draws.distribution == "posterior":
        _add_log_densities(groups, log_likelihood, log_prior)
    for name, prediction in found.items():
        if prediction.doubt and not prediction.new:
            _warn(
                f"{name} keeps its name in idata: {prediction.doubt}; "
                f'to_arviz(predictions={{"y": "{name}"}}) says which data it replicates'
            )
    return groups.tree()


def _warn(text: str) -> None:
    warnings.warn(text, BayeswrapWarning, stacklevel=6)


def _add_draws(groups: _Groups, found: Mapping[str, Predicted]) -> None:
    """Add parameters and generated quantities to their groups, and the sampler's columns."""
    draws = groups.draws
    of, declared = draws.distribution, draws.program.variables
    for variable, values in draws.layout.split(draws.draws).items():
        if variable == _LOG_LIK and draws.layout.blocks[_LOG_LIK] != "parameters":
            continue
        array = _as_declared(values, declared.get(variable))
        group, name = _place(variable, of, found)
        # beside complex numbers stand as many names as they have parts
        names = element_names(draws.labels, variable, array.shape[2:])
        groups.add(group, name, array, names)
        groups.units[name] = unit_of(variable, draws.labels)
        if variable in found:
            prediction = found[variable]
            groups.attributes[group, name] = prediction.doubt or f"replications: {variable}"
    stats = "sample_stats" if of == "posterior" else f"sample_stats_{of}"
    for i, column in enumerate(draws.method_names):
        values = draws.method_draws[:, :, i].astype(_ARVIZ_TYPES.get(column, float))
        groups.add(stats, _ARVIZ_NAMES.get(column, column.removesuffix("__")), values, [])


def _as_declared(values: np.ndarray, declared: Variable | None) -> np.ndarray:
    """Return integers as such: ArviZ draws and scores them in another way than real numbers."""
    whole = declared is not None and declared.declaration.base == "int"
    return values.astype(int) if whole and np.isfinite(values).all() else values


def _place(variable: str, of: str, found: Mapping[str, Predicted]) -> tuple[str, str]:
    """Return the group of a variable, and its name there."""
    prediction = found.get(variable)
    if prediction is None:
        return of, variable
    if prediction.outcome:
        return f"{of}_predictive", prediction.outcome
    return ("predictions" if of == "posterior" else of), variable


def _add_data(groups: _Groups, found: Mapping[str, Predicted]) -> None:
    """Add the outcomes, those with replications first, and all other data."""
    draws = groups.draws
    if draws.problem is None:
        return
    program, data = draws.program, draws.problem.data
    labels = data_labels(program, data)
    replicated = dict.fromkeys(p.outcome for p in found.values() if p.outcome)
    observed = dict.fromkeys(
        n for s in program.of_role(Role.LIKELIHOOD) for n in sorted(s.data) if n in data.values
    )
    # sizes last: ArviZ takes the first variable for a predictor
    rest = sorted(data.values, key=lambda name: not np.ndim(data.values[name]))
    for name in {**replicated, **observed, **dict.fromkeys(rest)}:
        values = np.asarray(data.values[name])
        if values.dtype.kind not in "biuf" or not values.size:
            continue
        group = "observed_data" if name in {**replicated, **observed} else "constant_data"
        groups.elements.pop(name, None)
        groups.add(group, name, values, element_names(labels, name, values.shape))
        groups.units[name] = unit_of(name, labels)
    _share_dimensions(groups)


def _share_dimensions(groups: _Groups) -> None:
    """Give constant data the dimensions of the first outcome, where they declare its sizes."""
    declared = {v.name: v.declaration.dims for v in groups.draws.program.variables_in("data")}
    first = next(iter(groups.arrays.get("observed_data", {})), "")
    sizes = {unparse(size): f"{first}_dim_{i}" for i, size in enumerate(declared.get(first, ()))}
    for name in groups.arrays.get("constant_data", {}):
        own = [unparse(size) for size in declared[name]]
        if len(set(own)) == len(own):
            groups.dimensions[name] = [
                sizes.get(size, f"{name}_dim_{i}") for i, size in enumerate(own)
            ]


def _add_log_densities(
    groups: _Groups, likelihood: PointwiseLogLikelihood | None, prior: np.ndarray | None
) -> None:
    """Add log likelihood and log prior, as far as they can be had."""
    draws, problem = groups.draws, groups.draws.problem
    wanted = progress_wanted(None)
    if problem is not None and draws.layout.parameter_variables:
        try:
            if likelihood is None and draws.program.of_role(Role.LIKELIHOOD):
                likelihood = pointwise_log_likelihood(
                    draws.program, problem.density, draws, show_progress=wanted
                )
            if prior is None and draws.program.of_role(Role.PRIOR):
                parts = log_densities(problem.density, draws, show_progress=wanted)
                prior = problem.weights.prior * parts.prior
        except BayeswrapError as error:
            _warn(f"idata has no groups log_likelihood and log_prior: {error.what}")
    if likelihood is not None:
        _add_log_likelihood(groups, likelihood)
    elif _LOG_LIK in draws.layout.blocks and draws.layout.blocks[_LOG_LIK] != "parameters":
        name = listed_outcome(draws.program) or _LOG_LIK
        values = draws.layout.take(draws.draws, _LOG_LIK)
        names = element_names(draws.labels, _LOG_LIK, values.shape[2:])
        groups.add("log_likelihood", name, values, names)
    if prior is not None:
        taken = "log_prior" in draws.layout.blocks
        groups.add("log_prior", "log_prior_statements" if taken else "log_prior", prior, [])


def _add_log_likelihood(groups: _Groups, likelihood: PointwiseLogLikelihood) -> None:
    for note in likelihood.notes:
        _warn(note)
    problem, power = groups.draws.problem, 1.0
    if problem is not None:
        power = problem.weights.likelihood
    named = named_log_likelihood(groups.draws, likelihood)
    if not named:
        names = list(likelihood.names)
        groups.add("log_likelihood", _LOG_LIK, power * likelihood.values, [names])
    for name, values in named.items():
        counted = [list(range(1, n + 1)) for n in values.shape[2:]]
        known = groups.elements.get(name, counted)
        groups.add("log_likelihood", name, power * values, known)


def named_log_likelihood(draws: DrawnValues, likelihood: PointwiseLogLikelihood) -> Arrays:
    """Return the log likelihood by outcome, (chains, draws, ...) in the outcome's shape.

    Nothing where some number is not that of one row or element of a data variable.
    """
    if draws.problem is None or likelihood.notes:
        return {}
    data = draws.problem.data.values
    if likelihood.source == DECLARED:
        name = listed_outcome(draws.program)
        shape = np.shape(data[name]) if name else ()
        lead = likelihood.values.shape[:2]
        if not name or int(np.prod(shape)) != likelihood.values.shape[-1]:
            return {}
        return {name: likelihood.values.reshape(*lead, *shape)}
    places: dict[str, dict[tuple[int, ...], int]] = {}
    for i, text in enumerate(likelihood.names):
        name, _, inside = text.removesuffix("]").partition("[")
        if name not in data or not inside.replace(",", "").isdigit():
            return {}
        places.setdefault(name, {})[tuple(int(k) - 1 for k in inside.split(","))] = i
    found = {name: _filled(at, np.shape(data[name])) for name, at in places.items()}
    if any(order is None for order in found.values()):
        return {}
    return {name: likelihood.values[..., order] for name, order in found.items()}


def _filled(places: Mapping[tuple[int, ...], int], shape: Sequence[int]) -> np.ndarray | None:
    """Return which number belongs to each row or element; None where one is missing."""
    rank = len(next(iter(places)))
    full = tuple(shape[:rank])
    if set(places) != set(np.ndindex(full)):
        return None
    order = np.empty(full, dtype=int)
    for at, i in places.items():
        order[at] = i
    return order
