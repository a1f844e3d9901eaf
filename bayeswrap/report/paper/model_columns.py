"""A model in a table: the columns of its estimates, its rows with their labels, its statistics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.arguments import at_least, check_ci_prob, one_of
from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.results.table_rows import chosen
from bayeswrap.report.paper.compared_columns import compared_columns
from bayeswrap.report.paper.estimate_columns import EstimateColumn, estimate_column
from bayeswrap.report.paper.fit_statistics import STATISTICS, ModelStatistics, model_statistics
from bayeswrap.report.paper.ratio_columns import ratio_columns, ratio_names, require_ratios
from bayeswrap.report.paper.row_choice import (
    chosen_rows,
    require_known_labels,
    row_labels,
    usual_rows,
)
from bayeswrap.report.sections.flag_words import words_by_scalar
from bayeswrap.verdicts.comparison_result import ComparisonResult, scalar_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.report.paper.estimate_columns import Result

__all__ = [
    "STYLES",
    "ModelColumns",
    "TableChoice",
    "TableSource",
    "models_of",
]


TableSource: TypeAlias = ComparisonResult | PointEstimate | Posterior | Approximation
# flags that are about one kind of estimate alone
_OF_POINTS = ("mode differs", "on the edge", "no finite maximum")
_OF_DRAWS = ("R\N{NON-BREAKING HYPHEN}hat",)
STYLES = ("spread", "interval", "both", "plusminus", "columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """What a user asks of a table (see `results_table`)."""

    style: str = "spread"
    estimates: str | Sequence[str] = "recommended"
    parameters: str | Sequence[str] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    digits: int = 2
    ci_prob: float | None = None
    exponentiate: bool = False
    statistics: str | Sequence[str] = "all"
    caption: str = ""
    notes: str | Sequence[str] = ()
    add_rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    latex_label: str = ""

    def __post_init__(self) -> None:
        """Require values that mean something."""
        one_of(self.style, STYLES, "style")
        at_least("digits", self.digits, 1)
        if self.ci_prob is not None:
            check_ci_prob(self.ci_prob)
        for name in self.wanted_statistics:
            one_of(name, STATISTICS, "statistics")

    @property
    def wanted_estimates(self) -> tuple[str, ...]:
        """The kinds of estimates of comparisons."""
        return (self.estimates,) if isinstance(self.estimates, str) else tuple(self.estimates)

    @property
    def own_notes(self) -> tuple[str, ...]:
        """The user's own sentences."""
        return (self.notes,) if isinstance(self.notes, str) else tuple(self.notes)

    @property
    def wanted_statistics(self) -> tuple[str, ...]:
        """The statistics below the rule."""
        if self.statistics == "all":
            return STATISTICS
        return (self.statistics,) if isinstance(self.statistics, str) else tuple(self.statistics)

    @property
    def wanted_parameters(self) -> tuple[str, ...] | None:
        """The parameters by name, or None for the usual ones."""
        if self.parameters is None:
            return None
        one = isinstance(self.parameters, str)
        return (str(self.parameters),) if one else tuple(self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelColumns:
    """A model in a table.

    Attributes
    ----------
    name : str
        As the user calls it; empty where it stands alone.
    source : comparison or result
        What the user passed.
    columns : tuple of EstimateColumn
        Its estimates.
    names : tuple of str
        Scalars with a row, in order.
    labels : mapping of str to str
        Their labels.
    flags : mapping of str to tuple of str
        What stands against them, in a few words each.
    ratios : mapping of str to str
        Which of them are exponentials, and of what kind.
    left_out : mapping of str to int
        Vectors without rows.
    statistics : ModelStatistics
        What stands below the rule.
    """

    name: str
    source: TableSource
    columns: tuple[EstimateColumn, ...]
    names: tuple[str, ...]
    labels: Mapping[str, str]
    flags: Mapping[str, tuple[str, ...]]
    ratios: Mapping[str, str]
    left_out: Mapping[str, int]
    statistics: ModelStatistics

    @property
    def results(self) -> tuple[Result, ...]:
        """Its results, the first one for what all share."""
        return results_of(self.source)

    def flags_of(self, name: str) -> tuple[str, ...]:
        """Return what stands against the numbers of a scalar that the table shows."""
        shown = [c.source_of(name).results for c in self.columns if name in c.numbers]
        results = [r for of in shown for r in of]
        kinds = {
            _OF_POINTS: any(isinstance(r, PointEstimate) for r in results),
            _OF_DRAWS: any(isinstance(r, Posterior) for r in results),
        }
        unwanted = tuple(word for words, there in kinds.items() if not there for word in words)
        return tuple(f for f in self.flags.get(name, ()) if not f.startswith(unwanted or ("\0",)))

    @property
    def by_label(self) -> dict[str, str]:
        """Stan's names by label."""
        return {self.labels[name]: name for name in self.names}


def results_of(source: TableSource) -> tuple[Result, ...]:
    """Return the results of a comparison, or the one result."""
    return source.results if isinstance(source, ComparisonResult) else (source,)


def models_of(
    sources: Mapping[str, TableSource], choice: TableChoice
) -> tuple[tuple[ModelColumns, ...], tuple[str, ...]]:
    """Return the models of a table, and the labels of its rows in order.

    Parameters
    ----------
    sources : mapping of str to comparison or result
        By the names of the models.
    choice : TableChoice
        What the user asks for.

    Raises
    ------
    UnknownNameError
        A parameter that no model has.
    UsageError
        Something that no table can be made of.
    """
    for name, source in sources.items():
        _require_results(name, source)
    results = {name: results_of(source) for name, source in sources.items()}
    require_known_labels(results, choice.labels)
    rows = _rows(results, choice)
    models = [
        _model(name, source, rows[name], choice, left_out=rows.left_out[name])
        for name, source in sources.items()
    ]
    if choice.exponentiate:
        require_ratios([m.ratios for m in models])
    return tuple(models), _order(models, rows.wanted)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Scalars by model: those of each wanted name where names are wanted."""

    names: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, Mapping[str, int]]
    wanted: tuple[Mapping[str, tuple[str, ...]], ...] = ()

    def __getitem__(self, model: str) -> tuple[str, ...]:
        return self.names[model]


def _rows(results: Mapping[str, Sequence[Result]], choice: TableChoice) -> _Rows:
    wanted = choice.wanted_parameters
    if wanted is None:
        usual = {model: usual_rows(of) for model, of in results.items()}
        return _Rows(
            {m: c.names for m, c in usual.items()}, {m: c.left_out for m, c in usual.items()}
        )
    fits = {model: chosen_rows(of, wanted, choice.labels) for model, of in results.items()}
    for name in wanted:
        if not any(of_model[name] for of_model in fits.values()):
            first = next(iter(results.values()))
            chosen(scalar_names(first, derived=True), name, first[0].labels)
            raise UnknownNameError(f"no model has a parameter {name!r}")
    names = {
        model: tuple(dict.fromkeys(n for name in wanted for n in of_model[name]))
        for model, of_model in fits.items()
    }
    order = tuple({m: of[name] for m, of in fits.items()} for name in wanted)
    return _Rows(names, {model: {} for model in names}, order)


def _model(
    name: str,
    source: TableSource,
    names: tuple[str, ...],
    choice: TableChoice,
    *,
    left_out: Mapping[str, int],
) -> ModelColumns:
    results = results_of(source)
    if isinstance(source, ComparisonResult):
        ci_prob = choice.ci_prob or source.ci_prob
        columns = compared_columns(source, choice.wanted_estimates, names, ci_prob)
        flags = words_by_scalar(source)
    else:
        columns = (estimate_column(source, names, choice.ci_prob or 0.95),)
        flags = {}
    ratios = ratio_names(results[0].program, names) if choice.exponentiate else {}
    return ModelColumns(
        name=name,
        source=source,
        columns=ratio_columns(columns, ratios),
        names=names,
        labels=row_labels(names, results[0].labels, choice.labels),
        flags=flags,
        ratios=ratios,
        left_out=left_out,
        statistics=model_statistics(results, columns, choice.wanted_statistics),
    )


def _order(
    models: Sequence[ModelColumns], wanted: Sequence[Mapping[str, tuple[str, ...]]]
) -> tuple[str, ...]:
    """Return labels in the order that was asked for, or in which they appear first."""
    groups = wanted or [{m.name: m.names for m in models}]
    labels = [
        model.labels[name]
        for group in groups
        for model in models
        for name in group.get(model.name, ())
    ]
    return tuple(dict.fromkeys(labels))


def _require_results(name: str, source: object) -> None:
    if not isinstance(source, (ComparisonResult, PointEstimate, Posterior, Approximation)):
        raise UsageError(
            "no table can be made of this",
            where=name,
            got=type(source).__name__,
            expected="a comparison, a point estimate, or draws",
            do="pass what analyze, compare or a verb such as mle() or sample() returned",
        )
