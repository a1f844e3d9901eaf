"""The sentences below a table: what the estimates are, what does not exist, what a letter means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.paper.compared_columns import absences
from bayeswrap.report.paper.paper_table import one_line
from bayeswrap.report.sections.flag_words import name_of
from bayeswrap.thresholds import R_HAT_MAX
from bayeswrap.verdicts.comparison_result import ComparisonResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bayeswrap.report.paper.estimate_columns import EstimateColumn
    from bayeswrap.report.paper.model_columns import ModelColumns, TableChoice

__all__ = [
    "flag_note",
    "source_note",
    "table_notes",
]


_R_HAT = "R\N{NON-BREAKING HYPHEN}hat"
_K_HAT = "Pareto k\N{NON-BREAKING HYPHEN}hat"
_ELPD = (
    "LOO: leave-one-out cross-validation by importance sampling (PSIS); elpd: expected log "
    "predictive density of new observations"
)
_NAMED = 6  # rows that a note lists by name


def flag_note(flag: str) -> str:
    """Return the footnote of a flag: one for all values of R-hat that are too large."""
    if flag.startswith(_R_HAT):
        return f"{_R_HAT} above {R_HAT_MAX.value:g}: the chains disagree"
    return flag


def source_note(column: EstimateColumn, name: str) -> str:
    """Return the footnote of a number that is not of the kind that most of its column are."""
    source = column.source_of(name)
    return "" if source is column.sources[0] else f"{source.what}, {source.spread}"


def table_notes(models: Sequence[ModelColumns], choice: TableChoice) -> tuple[str, ...]:
    """Return the sentences below a table."""
    notes = [
        *_meanings(models, choice.style),
        *_ratios(models),
        *_absences(models),
        *_left_out(models),
        *_doubts(models, recommended="recommended" in choice.wanted_estimates),
        *_differences(models),
        *_statistics(models),
    ]
    own = choice.own_notes
    return tuple(dict.fromkeys(one_line(note) for note in (*notes, *own)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _of_models(models: Sequence[ModelColumns], told: Iterable[tuple[str, str]]) -> list[str]:
    """Return each sentence once, with the names of its models where it is not of all."""
    holders: dict[str, list[str]] = {}
    for model, text in told:
        holders.setdefault(text, []).append(model)
    sentences = []
    for text, names in holders.items():
        everyone = len(set(names)) == len(models)
        prefix = "" if everyone else f"{', '.join(dict.fromkeys(names))}: "
        sentences.append(_sentence(text) if everyone else prefix + text.rstrip(".") + ".")
    return sentences


def _meanings(models: Sequence[ModelColumns], style: str) -> list[str]:
    told = []
    for model in models:
        several = len(model.columns) > 1
        for column in model.columns:
            if column.absence:
                continue
            source = column.sources[0]
            mixed = len(column.sources) > 1
            head = f"{column.head}: " if several else "unless marked, " if mixed else ""
            told.append((model.name, head + _meaning(source, style)))
    return _of_models(models, told)


def _meaning(source: EstimateColumn, style: str) -> str:
    if style == "plusminus":
        return f"{source.what} \N{PLUS-MINUS SIGN} {source.spread}"
    shown = {
        "spread": f"{source.spread} in brackets",
        "interval": f"{source.interval} in brackets",
        "both": f"{source.spread} in round brackets, {source.interval} in square brackets",
        "columns": f"{source.spread}, and {source.interval}",
    }
    return f"{source.what}, {shown[style]}"


def _ratios(models: Sequence[ModelColumns]) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for model in models:
        for name, kind in model.ratios.items():
            kinds.setdefault(kind, []).append(model.labels[name])
    if not kinds:
        return []
    sentences = [
        f"{_sentence(_plural(kind))[:-1]}, the exponentials of coefficients, in the rows of "
        f"{_listed(dict.fromkeys(labels))}."
        for kind, labels in kinds.items()
    ]
    sentences.append(
        "Their spread is by the delta method, and the ends of their intervals are exponentials."
    )
    sources = [c.source_of(n) for m in models for c in m.columns for n in m.ratios]
    if any(s.draws is not None for s in sources):
        sentences.append("Of draws the ratio is the median, not the mean.")
    if any(s.what.startswith("mode of the posterior") for s in sources):
        sentences.append("The exponential of a posterior mode is not the mode of the ratio.")
    return sentences


def _plural(kind: str) -> str:
    return kind.replace("ratio", "ratios", 1)


def _listed(labels: Iterable[str]) -> str:
    names = list(labels)
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _absences(models: Sequence[ModelColumns]) -> list[str]:
    told = []
    for model in models:
        reasons: Mapping[str, str] = {}
        if isinstance(model.source, ComparisonResult):
            reasons = absences(model.source)
        told += [(model.name, f"no {title}: {why}") for title, why in reasons.items()]
        told += [
            (model.name, f"no {c.head}: {c.absence}")
            for c in model.columns
            if c.absence and c.absence not in reasons.values()
        ]
    return _of_models(models, told)


def _left_out(models: Sequence[ModelColumns]) -> list[str]:
    told = [
        (model.name, f"not shown: {variable} ({count} elements)")
        for model in models
        for variable, count in model.left_out.items()
    ]
    return _of_models(models, told)


def _doubts(models: Sequence[ModelColumns], *, recommended: bool) -> list[str]:
    """Return what is wrong with the numbers of whole models."""
    told: list[tuple[str, str]] = []
    for model in models:
        source = model.source
        draws = next((c.draws for c in model.columns if c.draws is not None), None)
        if draws is not None:
            told += [(model.name, f"sampler: {p}") for p in draws.diagnostics.problems]
        if not isinstance(source, ComparisonResult):
            told += [(model.name, w) for r in model.results for w in r.warnings]
            continue
        if recommended and source.verdict.point_is_enough is None:
            told.append((model.name, "the checks recommend no estimate; these are what there is"))
        failed = [name_of(code) for code in sorted(source.verdict.flags)]
        told += [(model.name, f"failed checks: {'; '.join(failed)}")] * bool(failed)
        told += [
            (model.name, f"{title}: a local maximum, beside which the density is higher")
            for title in source.local
        ]
    return _of_models(models, told)


def _differences(models: Sequence[ModelColumns]) -> list[str]:
    """Return what forbids to compare models by likelihood, AIC or LOO."""
    outcomes = [tuple(sorted(m.results[0].record.outcomes)) for m in models]
    counts = [m.statistics.observations for m in models]
    hashes = {m.results[0].record.data_hash for m in models}
    if len(models) == 1 or len(hashes) == 1:
        return []
    rest = "their log likelihoods, AIC and LOO cannot be compared"
    sentences = []
    if len(set(outcomes)) > 1:
        names = "; ".join(
            f"{m.name}: {', '.join(o)}" for m, o in zip(models, outcomes, strict=True)
        )
        sentences.append(f"The models have different outcomes ({names}): {rest}.")
    if len(set(counts)) > 1:
        sentences.append(f"The models have different numbers of observations: {rest}.")
    return sentences


def _statistics(models: Sequence[ModelColumns]) -> list[str]:
    told: list[tuple[str, str]] = []
    for model in models:
        loo = model.statistics.loo
        if loo is None:
            continue
        told.append((model.name, _ELPD))
        bad = loo.bad + loo.very_bad
        if bad:
            doubt = f"{bad} of {loo.observations} observations above {loo.limit:.2f}"
            told.append((model.name, f"LOO is unreliable: {_K_HAT} of {doubt}"))
    return _of_models(models, told)
