"""The verdict in words: a few short sentences from the ruling and the failed checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import LARGE_GAP, VISIBLE_SHIFT
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.checks.one_row import one_row_a_code
from bayeswrap.verdicts.references import GELMAN_BOOK
from bayeswrap.verdicts.ruling import Answer, decisive_checks, failed_checks, ruling_of
from bayeswrap.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.verdicts.checks.known_causes import KnownCause
    from bayeswrap.verdicts.lineup import Lineup
    from bayeswrap.verdicts.ruling import PointSummary, Ruling
    from bayeswrap.verdicts.verdict import Missing

__all__ = [
    "headline",
    "judge",
    "sentence",
]

_NAMED = 5  # parameters that a sentence names
_JOINT = ("joint", "MAP", "Laplace")  # titles of what a marginal estimate stands in place of

_FIXED = {
    Answer.NO_DRAWS: "There are no posterior draws to compare the point estimates with.",
    Answer.NO_POINT: "Report the posterior. There is no point estimate.",
    Answer.MLE_ALONE: "The only point estimate is an MLE. It leaves out the prior, which the "
    "posterior includes. Compare it with weighted(prior=0).sample().",
    Answer.NOTHING_VARIES: "No parameter varies in the posterior. There is nothing to compare.",
}


def judge(
    lineup: Lineup,
    frame: pd.DataFrame,
    checks: Sequence[Check],
    missing: Sequence[Missing],
    labels: dict[str, str],
    *,
    cause: KnownCause | None = None,
    local: Sequence[str] = (),
) -> Verdict:
    """Decide, and say so in words.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows.
    checks : sequence of Check
        The checks, in order.
    missing : sequence of Missing
        Estimates that do not exist.
    labels : dict of str to str
        The data frame's names for parameters.
    cause : KnownCause, optional
        Why the draws are poor.
    local : sequence of str, optional
        Titles of estimates that are local maxima only.
    """
    ruling, failed = ruling_of(lineup, frame, checks), failed_checks(checks)
    decisive = decisive_checks(checks, lineup)
    enough = ruling.answer.point_is_enough
    without_mode = enough is False and lineup.mode is None
    if "improper_posterior" not in failed and (without_mode or decisive):
        checks = [*checks, _recommendation(failed)]
    sentences = [
        *(() if cause is None else (sentence(cause.clause), sentence(cause.remedy))),
        headline(ruling, labels, has_cause=cause is not None),
        *_about_mode(failed, decisive),
        *_about_effects(lineup, ruling),
        *_about_points(lineup, failed, decisive, local),
        *_about_sampler(failed),
        *(() if lineup.is_flat else _about_prior(frame, labels)),
        *(_about_missing(missing) if lineup.marginal is None else _about_joint(missing)),
    ]
    return Verdict(
        summary=" ".join(sentences), checks=one_row_a_code(checks), point_is_enough=enough
    )


def sentence(clause: str) -> str:
    """Return a clause as a sentence.

    Examples
    --------
    >>> sentence("the chains disagree")
    'The chains disagree.'
    """
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."


def _recommendation(failed: Mapping[str, Check]) -> Check:
    return Check(
        code="recommend_marginal_or_full_bayes",
        outcome=Outcome.FAILED,
        evidence="because of " + ", ".join(sorted(failed) or ["a point estimate that is missing"]),
        threshold="a mode that describes the posterior",
        reference=GELMAN_BOOK,
        advice="report the posterior",
    )


def headline(ruling: Ruling, labels: Mapping[str, str], *, has_cause: bool = False) -> str:
    """Return the answer in words.

    Parameters
    ----------
    ruling : Ruling
        The answer with its numbers.
    labels : mapping of str to str
        The data frame's names for parameters.
    has_cause : bool, optional
        Whether the cause of poor draws, and its remedy, stand before it.
    """
    if ruling.answer in _FIXED:
        return _FIXED[ruling.answer]
    if ruling.summary is not None:
        return _about_shape(ruling.answer, ruling.summary, labels)
    reason = sentence(ruling.because.evidence) if ruling.because else ""
    if ruling.answer is Answer.NO_POSTERIOR:
        return f"There is no posterior to report. {reason}{_reportable(ruling.reportable_mle)}"
    if ruling.answer is Answer.NOT_CONVERGED and has_cause:
        return f"There is no verdict before that. {reason}"
    if ruling.answer is Answer.NOT_CONVERGED:
        advice = sentence(ruling.because.advice) if ruling.because else ""
        return f"No verdict. The sampler has not converged. {reason} {advice}"
    return f"Report the posterior, not a mode. {reason}"


def _reportable(mle: str) -> str:
    return f" The {mle} exists. Report it with its profile interval." if mle else ""


def _about_shape(answer: Answer, summary: PointSummary, labels: Mapping[str, str]) -> str:
    spread = "standard error" if summary.point.endswith("MLE") else "Laplace sd"
    point = f"{summary.point} with its {spread}"
    target = "posterior under a flat prior" if summary.is_flat else "posterior"
    bad, good = summary.inadequate, summary.adequate
    of_population = bool(summary.effects)
    if answer is Answer.UNDETERMINED:
        return (
            f"The draws are too few to decide whether the {point} is an adequate summary of the "
            f"{target} of {_named(bad, labels)}. {_gap_wording(summary, labels, limit=True)} "
            "Run longer chains."
        )
    if answer is Answer.INADEQUATE:
        every = len(bad) > 1 and not good and not summary.undecided
        concerned = _all_of(len(bad), of_population) if every else _named(bad, labels)
        text = (
            f"Report the posterior for {concerned}. The {point} is not an adequate summary of "
            f"{'it' if len(bad) == 1 else 'them'}. {_gap_wording(summary, labels, limit=True)}"
        )
        if good:
            text += f" For {_named(good, labels)}, the {point} is an adequate summary."
        if summary.undecided:
            text += f" For {_named(summary.undecided, labels)}, the draws are too few to decide."
        return text
    quality = "an adequate" if answer is Answer.ADEQUATE else "a rough"
    return (
        f"The {point} is {quality} summary of the {target} of {_all_of(len(good), of_population)}. "
        f"{_gap_wording(summary, labels)}"
    )


def _gap_wording(summary: PointSummary, labels: Mapping[str, str], *, limit: bool = False) -> str:
    if np.isnan(summary.largest_gap):
        return "The mode has no value."
    if limit and summary.coverage is not None:
        worst = summary.coverage.worst
        return sentence(summary.coverage.clause(worst, labels.get(worst)))
    bound = f"; the limit is {LARGE_GAP.value}" if limit else ""
    at = _named([summary.at], labels)
    return f"The largest gap is {summary.largest_gap:.2f} posterior sd, at {at}{bound}."


def _all_of(n: int, of_population: bool = False) -> str:  # noqa: FBT001, FBT002 - one word of the text
    kind = "population " * of_population
    return {1: f"the {kind}parameter", 2: f"both {kind}parameters"}.get(
        n, f"all {n} {kind}parameters"
    )


def _about_effects(lineup: Lineup, ruling: Ruling) -> list[str]:
    """Name what a marginal estimate leaves open, and the joint mode that it stands in place of."""
    if lineup.marginal is None or ruling.summary is None:
        return []
    effects, point = _listed(lineup.effects, "and"), lineup.mode_name
    sentences = [f"Report the posterior of the effects {effects}: the {point} integrates them out."]
    if all(p.marginal is not None for p in lineup.points):
        sentences.append("A joint mode of effects and population parameters was not sought.")
    return sentences


def _about_mode(failed: Mapping[str, Check], decisive: Sequence[Check]) -> list[str]:
    """Name what speaks against the mode where the draws are too poor for a verdict."""
    if "sampler_not_converged" not in failed or not decisive:
        return []
    return [f"Do not report the mode either. {sentence(decisive[0].evidence)}"]


def _about_points(
    lineup: Lineup,
    failed: Mapping[str, Check],
    decisive: Sequence[Check],
    local: Sequence[str],
) -> list[str]:
    """Name what does not rest on chains that disagree, and maxima that are local only."""
    sentences = []
    verified = [
        p.title for p in lineup.points if p.status is Status.CONVERGED and p.title not in local
    ]
    if "sampler_not_converged" in failed and verified and not decisive:
        rest = "is a verified maximum" if len(verified) == 1 else "are verified maxima"
        sentences.append(f"The {_listed(verified, 'and')} {rest}, whatever the chains do.")
    if local:
        verb, their = ("is", "Its") if len(local) == 1 else ("are", "Their")
        sentences.append(
            f"The {_listed(local, 'and')} {verb} local only: elsewhere the density is higher and "
            f"has no maximum. {their} standard errors and intervals are local as well."
        )
    return sentences


def _about_sampler(failed: Mapping[str, Check]) -> list[str]:
    if "divergences_expected" not in failed or "sampler_not_converged" in failed:
        return []
    evidence = sentence(failed["divergences_expected"].evidence)
    return [f"Interpret the draws with care. {evidence}"]


def _about_prior(frame: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    if "prior_pull" not in frame or not frame["prior_pull"].notna().any():
        return []
    shift = frame["prior_pull"].abs()
    size = shift.max()
    if size < VISIBLE_SHIFT.value:
        return [f"The prior shifts the MLE by less than {VISIBLE_SHIFT.value:g} SE."]
    at = _named([str(shift.idxmax())], labels)
    return [f"The prior shifts the MLE by at most {size:.2g} SE ({at})."]


def _about_missing(missing: Sequence[Missing]) -> list[str]:
    """Name what does not exist, once for each reason."""
    titles = dict[str, list[str]]()
    for one in missing:
        titles.setdefault(one.reason, []).append(one.title)
    return [
        f"There is no {_listed(of_one, 'or')}. {sentence(reason)}"
        for reason, of_one in titles.items()
    ]


def _about_joint(missing: Sequence[Missing]) -> list[str]:
    """Name what does not exist beside a marginal estimate, all joint modes in one sentence."""
    joint = [m for m in missing if m.title.startswith(_JOINT)]
    others = _about_missing([m for m in missing if m not in joint])
    reason = next((m.reason for m in joint if not m.title.startswith("joint")), "")
    if not reason:
        return others
    return [f"There is no joint mode of effects and population parameters, as {reason}.", *others]


def _named(names: Sequence[str], labels: Mapping[str, str]) -> str:
    shown = [labels.get(n, n) for n in names[:_NAMED]]
    more = len(names) - len(shown)
    return _listed([*shown, f"{more} more"] if more else shown, "and")


def _listed(words: Sequence[str], link: str) -> str:
    return f" {link} ".join(w for w in (", ".join(words[:-1]), words[-1]) if w)
