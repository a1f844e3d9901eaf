"""What a reader sees first: what to report, what to do, and the state of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.missing_rows import DROPPED
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.document.parts import Badge, Fact
from bayeswrap.report.sections.flag_words import modes_exist
from bayeswrap.report.sections.row_words import Recommendation, rough_names, row_words
from bayeswrap.report.sections.run_tables import engine_name
from bayeswrap.thresholds import BFMI_MIN, SENSITIVE
from bayeswrap.verdicts.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.check import Check
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "about",
    "action",
    "badges",
    "caution",
    "doubt",
    "recommendation",
]


_NAMED = 3  # parameters that a sentence names
# what stands in the way of the posterior itself comes before what stands against a mode
_ORDER = ("improper_posterior", "sampler_not_converged", "divergences_expected", "label_switching")
_OPTIMUM = {
    "unbounded_density": "no maximum",
    "optimum_at_infinity": "no finite maximum",
    "not_identified": "not identified",
    "mle_does_not_exist": "no MLE",
    "multimodal": "several modes",
    "label_switching": "labels switch",
    "local_optimum": "local maximum",
    "boundary_estimate": "on the edge",
    "ill_conditioned": "ill-conditioned",
    "joint_mode_degenerate": "degenerate joint mode",
}
# where the posterior has a mode, what fails is the likelihood
_OF_MLE = {
    "unbounded_density": "the likelihood is unbounded",
    "optimum_at_infinity": "no finite MLE",
}
_WORST = ("unbounded_density", "optimum_at_infinity", "not_identified", "mle_does_not_exist")


def about(comparison: ComparisonResult, assessment: Assessment) -> tuple[Fact, ...]:
    """Return data file, formula, outcome, observations, parameters, date and engine."""
    record = comparison.record
    facts = [Fact("data", record.data_file)] if record.data_file else []
    if record.formula:
        facts.append(Fact("formula", record.formula))
    outcomes = record.outcomes
    if outcomes:
        facts.append(Fact("outcome", ", ".join(outcomes)))
    sizes = dict.fromkeys(outcomes.values())
    if len(sizes) > 1:
        facts.append(Fact("n", ", ".join(map(str, outcomes.values()))))
    elif count := next(iter(sizes), 0) or _observations(comparison, assessment):
        facts.append(Fact("n", f"{count}"))
    if record.left_out:
        facts.append(Fact("left out", "; ".join(map(_left_out, record.left_out))))
    facts.append(Fact("parameters", str(len(comparison.to_frame()))))
    facts.append(Fact("date", max(r.record.started for r in comparison.results)[:10]))
    engines = dict.fromkeys(engine_name(r.record) for r in comparison.results)
    return (*facts, Fact("engine", "; ".join(engines)))


def _left_out(note: str) -> str:
    """Return how much was left out and why, without the columns and the numbers of the rows."""
    return f"{note.partition(f' {DROPPED}')[0]} for missing values"


def _observations(comparison: ComparisonResult, assessment: Assessment) -> int:
    """Return the rows of the data frame, or the observations with a log likelihood each."""
    if comparison.record.rows:
        return comparison.record.rows
    if assessment.loo is not None and not assessment.loo.notes:
        return assessment.loo.observations
    layout = comparison.results[-1].layout
    return int(layout.indices("log_lik").size) if "log_lik" in layout.blocks else 0


def recommendation(comparison: ComparisonResult) -> tuple[str, str]:
    """Return what to report, in one sentence, and its tone."""
    verdict, lineup = comparison.verdict, comparison.lineup
    if "improper_posterior" in verdict.flags:
        return "The posterior does not exist", "bad"
    if verdict.point_is_enough is None:
        return "No verdict" + _of_chains(comparison), "open"
    if verdict.point_is_enough:
        target = "the population parameters" if lineup.effects else "the posterior"
        quality = "a rough" if rough_names(comparison) else "an adequate"
        return f"The {lineup.mode_name} is {quality} summary of {target}", "good"
    return _by_parameter(comparison), "bad"


def _by_parameter(comparison: ComparisonResult) -> str:
    """Name what to report for which parameters; effects as one, by their variable."""
    lineup, words = comparison.lineup, row_words(comparison)
    kinds: dict[str, list[str]] = {"posterior": [], "open": [], "point": []}
    for name, word in words.items():
        if variable_of(name) not in lineup.effects:
            kind = {Recommendation.POSTERIOR: "posterior", Recommendation.NONE: "open"}.get(
                Recommendation(word), "point"
            )
            kinds[kind].append(comparison.labels.get(name, name))
    if not (kinds["point"] or kinds["open"]) or not kinds["posterior"]:
        return "Report the posterior"
    sentence = f"Report the posterior of {_few(kinds['posterior'], lineup.effects)}"
    if kinds["point"]:
        others = _few(kinds["point"]) if kinds["open"] else "the others"
        sentence += f"; the {lineup.mode_name} of {others}"
    if kinds["open"]:
        sentence += f"; the draws leave {_few(kinds['open'])} open"
    return sentence


def _few(names: Sequence[str], more: Sequence[str] = ()) -> str:
    """Return the first names, and how many more there are."""
    left = len(names) - _NAMED
    shown = [*names[:_NAMED], *([f"{left} more"] if left > 0 else ()), *more]
    return " and ".join(w for w in (", ".join(shown[:-1]), shown[-1]) if w)


def action(comparison: ComparisonResult) -> str:
    """Return what to do next, in one sentence."""
    failed = {c.code: c for c in comparison.verdict.checks if c.outcome is Outcome.FAILED}
    first = next((failed[code] for code in _ORDER if code in failed), None)
    if first is not None and first.code == "improper_posterior" and first.parameters:
        return _proper_prior(comparison, first)
    if first is not None and first.code != "divergences_expected":
        return _sentence(first.advice)
    if comparison.lineup.posterior is None:
        return "Draw from the posterior, to compare the point estimates with it."
    if comparison.verdict.point_is_enough:
        return _report_point(comparison, first)
    if comparison.verdict.point_is_enough is None:
        return _sentence(first.advice) if first else "Run longer chains."
    percent = f"{100 * comparison.ci_prob:g} %"
    words = f"give the posterior mean or median with its {percent} credible interval."
    return _after(first, words)


def _proper_prior(comparison: ComparisonResult, check: Check) -> str:
    """Name the parameters without a proper prior, which the advice of the check does not."""
    labels = [comparison.labels.get(n, n) for n in check.parameters]
    more = f" and {len(labels) - _NAMED} more" * (len(labels) > _NAMED)
    return f"Give {', '.join(labels[:_NAMED])}{more} a proper prior."


def _report_point(comparison: ComparisonResult, doubt_of_draws: Check | None) -> str:
    lineup = comparison.lineup
    spread = (
        "standard error" if lineup.mode is not None and lineup.mode.scale is None else "Laplace sd"
    )
    words = f"give the {lineup.mode_name} with its {spread} and interval."
    if lineup.effects:
        names = ", ".join(lineup.effects)
        words = f"{words[:-1]}; of the effects {names} give the posterior."
    return _after(doubt_of_draws, words)


def _after(check: Check | None, words: str) -> str:
    """Put the remedy of poor draws before what is reported of better ones."""
    return _sentence(words) if check is None else f"{_sentence(check.advice)} Then {words}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def doubt(comparison: ComparisonResult) -> str:
    """Return why the draws cannot be relied on, or nothing where they can."""
    for check in comparison.verdict.checks:
        if check.code == "sampler_not_converged" and check.outcome is Outcome.FAILED:
            return (
                f"These numbers rest on draws that cannot be relied on. {_sentence(check.evidence)}"
            )
    return ""


def caution(comparison: ComparisonResult) -> str:
    """Return what rests on draws that may miss a part of the posterior, and what does not."""
    posterior, doubted = comparison.lineup.posterior, doubt(comparison)
    if posterior is None or doubted:
        return ""
    problems = [p for p in posterior.diagnostics.trajectory_problems if "depth" not in p]
    if not problems:
        return ""
    points = [p.title for p in comparison.lineup.points if p.status.is_estimate]
    does = "do" if len(points) > 1 else "does"
    free = f"; the {' and the '.join(points)} {does} not" * bool(points)
    return (
        f"The draws may miss a part of the posterior: {'; '.join(problems)}. Posterior means, "
        f"their intervals, and whether a point estimate is adequate rest on them{free}."
    )


def badges(comparison: ComparisonResult) -> tuple[Badge, ...]:
    """Return the states of sampler, optimum and prior."""
    checks = {c.code: c for c in comparison.verdict.checks}
    return (
        Badge("sampler", *_sampler(comparison, checks)),
        Badge("optimum", *_optimum(comparison, checks)),
        Badge("prior", *_prior(comparison, checks)),
    )


def _of_chains(comparison: ComparisonResult) -> str:
    posterior = comparison.lineup.posterior
    if posterior is None or "sampler_not_converged" not in comparison.verdict.flags:
        return ""
    one = posterior.diagnostics.chains == 1
    return ": one chain has no R\N{NON-BREAKING HYPHEN}hat" if one else ": the chains disagree"


def _failed(checks: Mapping[str, Check], codes: Sequence[str]) -> list[str]:
    return [c for c in codes if c in checks and checks[c].outcome is Outcome.FAILED]


def _sampler(comparison: ComparisonResult, checks: Mapping[str, Check]) -> tuple[str, str]:
    posterior = comparison.lineup.posterior
    if posterior is None:
        return "no draws", "open"
    diagnostics = posterior.diagnostics
    if diagnostics.chains == 1:
        return "one chain has no R\N{NON-BREAKING HYPHEN}hat", "bad"
    r_hat = f"R\N{NON-BREAKING HYPHEN}hat {diagnostics.r_hat_max:.3f}"
    if _failed(checks, ["sampler_not_converged"]):
        return f"chains disagree, {r_hat}", "bad"
    if diagnostics.divergences:
        return f"{diagnostics.divergences} divergent transitions", "open"
    if _failed(checks, ["divergences_expected"]):
        low = diagnostics.bfmi_min < BFMI_MIN.value
        return (
            f"E\N{NON-BREAKING HYPHEN}BFMI {diagnostics.bfmi_min:.2f}"
            if low
            else "long trajectories",
            "open",
        )
    return f"converged, {r_hat}", "good"


def _optimum(comparison: ComparisonResult, checks: Mapping[str, Check]) -> tuple[str, str]:
    failed = _failed(checks, [*_OPTIMUM])
    if failed:
        word = _OPTIMUM[failed[0]]
        if failed[0] in _OF_MLE and modes_exist(comparison):
            word = _OF_MLE[failed[0]]
        # what is wrong with one estimate is nothing against the one that is recommended
        return word, "bad" if failed[0] in _WORST and not comparison.lineup.mode else "open"
    if not any(p.status.is_estimate for p in comparison.lineup.points):
        return "none", "open"
    return "verified maximum", "good"


def _prior(comparison: ComparisonResult, checks: Mapping[str, Check]) -> tuple[str, str]:
    if _failed(checks, ["improper_posterior"]):
        return "improper posterior", "bad"
    if _failed(checks, ["prior_data_conflict"]):
        return "against the data", "bad"
    if not comparison.has_prior:
        return "flat", "open"
    frame = comparison.to_frame()
    if "psense_prior" not in frame:
        return "influence not measured", "open"
    sensitive = int(np.count_nonzero(frame["psense_prior"] >= SENSITIVE.value))
    if sensitive:
        return f"{sensitive} of {len(frame)} sensitive", "open"
    return "little influence", "good"
