"""Which scalars of a model have a row, and what they are called there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.table_rows import chosen
from bayeswrap.program.roles.role import Role
from bayeswrap.report.paper.paper_table import one_line
from bayeswrap.report.sections.recommended import LONGEST
from bayeswrap.verdicts.comparison_result import scalar_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.report.paper.estimate_columns import Result

__all__ = [
    "RowChoice",
    "chosen_rows",
    "latent_counts",
    "latent_variables",
    "require_known_labels",
    "row_labels",
    "usual_rows",
]


_PAIR = 2  # indices of an element of a matrix


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Scalars with a row, in order, and vectors that have none: how many elements each has."""

    names: tuple[str, ...]
    left_out: Mapping[str, int]


def usual_rows(results: Sequence[Result]) -> RowChoice:
    """Return the scalars that a table shows unasked: what describes the population.

    Effects of groups are counted, not listed; vectors of more than a dozen elements are left out,
    and of a correlation matrix what repeats other elements.
    """
    declared = scalar_names(results, derived=False)
    sizes: dict[str, int] = {}
    for name in declared:
        sizes[variable_of(name)] = sizes.get(variable_of(name), 0) + 1
    effects = set(results[0].layout.reported_variables(latent_variables(results)))
    twins = _twins(results)
    kept = tuple(
        name
        for name in declared
        if (variable := variable_of(name)) not in effects
        and sizes[variable] <= LONGEST
        and name not in twins
    )
    if not kept:
        return RowChoice(tuple(declared), {})
    told = {variable_of(n) for n in kept} | effects
    return RowChoice(kept, {v: n for v, n in sizes.items() if v not in told})


def chosen_rows(
    results: Sequence[Result],
    parameters: Sequence[str],
    labels: Mapping[str, str],
) -> dict[str, tuple[str, ...]]:
    """Return the scalars that each name stands for, none where it fits no scalar of this model.

    Parameters
    ----------
    results : sequence of results
        Of one model.
    parameters : sequence of str
        Scalars, variables, labels of a data frame, patterns, or labels that the user gives.
    labels : mapping of str to str
        The labels that the user gives.
    """
    rows, own = scalar_names(results, derived=True), results[0].labels
    given = row_labels(rows, own, labels, check=False)
    found: dict[str, tuple[str, ...]] = {}
    for name in parameters:
        fits = [row for row in rows if given[row] == one_line(name)]
        try:
            found[name] = tuple(fits or chosen(rows, name, own))
        except UnknownNameError:
            found[name] = ()
    return found


def row_labels(
    names: Sequence[str],
    own: Mapping[str, str],
    given: Mapping[str, str],
    *,
    check: bool = True,
) -> dict[str, str]:
    """Return the label of each scalar: the user's, the data frame's, or Stan's name.

    Parameters
    ----------
    names : sequence of str
        Scalars, in Stan's spelling.
    own, given : mapping of str to str
        Labels of the data frame by Stan's name; the user's labels by either spelling.
    check : bool, optional
        Whether two scalars with one label are refused.

    Raises
    ------
    UsageError
        Two scalars would have the same label.
    """
    spelled = {stan_name(key, own): text for key, text in given.items()}
    labels = {n: one_line(spelled.get(n, own.get(n, n))) or n for n in names}
    taken: dict[str, str] = {}
    for name, label in labels.items() if check else ():
        if label in taken:
            raise UsageError(
                "two parameters of one model have the same label",
                got=f"{label!r} for {taken[label]} and {name}",
                do="give each its own in labels=",
            )
        taken[label] = name
    return labels


def require_known_labels(models: Mapping[str, Sequence[Result]], given: Mapping[str, str]) -> None:
    """Require that each label of the user is of one parameter.

    Raises
    ------
    UnknownNameError
        No model has such a scalar.
    UsageError
        Stan's name is of different parameters in different models: ``beta[1]`` is the first
        column of each.
    """
    for key in given:
        means: dict[str, str] = {}
        known: list[str] = []
        for model, results in models.items():
            own, rows = results[0].labels, scalar_names(results, derived=True)
            name = stan_name(key, own)
            known += [*rows, *(own[r] for r in rows if r in own)]
            if name in rows:
                means.setdefault(own.get(name, name), model)
        if not means:
            raise UnknownNameError(
                f"labels= names no parameter {key!r}{did_you_mean(key, known)}",
                do="use a scalar in Stan's spelling or its label in the data frame",
            )
        if len(means) > 1:
            meanings = ", ".join(f"{label} in {model}" for label, model in means.items())
            raise UsageError(
                f"labels= names {key!r}, which is another parameter in each model",
                got=meanings,
                do="use the labels of the data frame",
            )


def latent_variables(results: Sequence[Result]) -> set[str]:
    """Return the parameters with a population distribution, and those that are integrated out."""
    latent = {v for s in results[0].program.of_role(Role.POPULATION) for v in s.outcome}
    for result in results:
        marginal = getattr(result, "marginal", None)
        latent |= set() if marginal is None else _population_of(marginal.latent, latent)
    return latent & set(results[0].layout.parameter_variables)


def _population_of(integrated: Sequence[str], latent: set[str]) -> set[str]:
    """Return what was integrated out; of REML not the coefficients: they have no population."""
    return set(integrated) & latent if latent else set(integrated)


def latent_counts(results: Sequence[Result]) -> dict[str, int]:
    """Return how many groups or elements the effects have, by the words of a row.

    In the programs of regressions ``z_g`` holds the effects of the levels of g, one column each.
    """
    layout, counts = results[0].layout, dict[str, int]()
    for variable in layout.variables:
        if variable in latent_variables(results):
            group = variable.removeprefix("z_")
            of_regression = group != variable and f"sd_{group}" in layout.variables
            shape = layout.shape(variable)
            words = f"groups ({group})" if of_regression else f"elements of {variable}"
            counts[words] = shape[-1] if of_regression else math.prod(shape)
    return counts


def _twins(results: Sequence[Result]) -> set[str]:
    """Return the elements of declared correlation matrices that stand elsewhere in them too."""
    declared = results[0].program.variables_in("parameters")
    matrices = [v.name for v in declared if v.declaration.transform == "Correlation"]
    layout = results[0].layout
    return {n for v in matrices for n in _elements(layout, v) if not _is_below_diagonal(n)}


def _elements(layout: Layout, variable: str) -> list[str]:
    return [layout.names[i] for i in layout.indices(variable)]


def _is_below_diagonal(name: str) -> bool:
    indices = name.partition("[")[2].rstrip("]").split(",")[-_PAIR:]
    return len(indices) == _PAIR and int(indices[0]) > int(indices[1])
