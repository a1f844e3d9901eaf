"""From checks to one or two plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import LARGE_GAP, SMALL_GAP, SMALL_RATIO, VISIBLE_SHIFT
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import GELMAN_BOOK
from bayeswrap.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from bayeswrap.verdicts.lineup import Lineup
    from bayeswrap.verdicts.verdict import Missing

__all__ = [
    "judge",
]


# with one of these the mode must not be reported, whatever the gaps
_DECISIVE = ("joint_mode_degenerate", "mode_far_from_mass", "multimodal")
# with one of these there is no mode
_NO_MODE = ("unbounded_density", "optimum_at_infinity", "not_identified")
_NAMED = 5


def judge(
    lineup: Lineup,
    frame: pd.DataFrame,
    checks: Sequence[Check],
    missing: Sequence[Missing],
    labels: dict[str, str],
) -> Verdict:
    """Say in words what the checks found.

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
    """
    failed = {c.code: c for c in checks if c.outcome is Outcome.FAILED}
    shape = next((c for c in checks if c.code == "non_gaussian_posterior"), None)
    enough, sentence = _headline(lineup, frame, checks, shape, labels)
    without_mode = enough is False and lineup.mode is None
    if "improper_posterior" not in failed and (without_mode or _decisive(checks)):
        checks = [*checks, _recommendation(failed)]
    told = [
        sentence,
        *_about_mode(failed, _decisive(checks)),
        *_about_sampler(failed),
        *(() if lineup.is_flat else _about_pull(frame, labels)),
        *_about_missing(missing),
    ]
    return Verdict(summary=" ".join(told), checks=tuple(checks), point_is_enough=enough)


def _decisive(checks: Sequence[Check]) -> list[Check]:
    """Return what forbids the mode: of several checks of one kind the last is that of the MAP."""
    last = {c.code: c for c in checks}
    found = (last.get(code) for code in _DECISIVE)
    return [c for c in found if c is not None and c.outcome is Outcome.FAILED]


def _recommendation(failed: dict[str, Check]) -> Check:
    return Check(
        code="recommend_marginal_or_full_bayes",
        outcome=Outcome.FAILED,
        evidence="because of " + ", ".join(sorted(failed) or ["a point estimate that is missing"]),
        threshold="a mode that describes the posterior",
        reference=GELMAN_BOOK,
        advice="report the posterior",
    )


def _headline(
    lineup: Lineup,
    frame: pd.DataFrame,
    checks: Sequence[Check],
    shape: Check | None,
    labels: dict[str, str],
) -> tuple[bool | None, str]:
    failed = {c.code: c for c in checks if c.outcome is Outcome.FAILED}
    refused = _without_posterior(lineup, failed)
    if refused:
        return None, refused
    decisive = _decisive(checks)
    reasons = decisive or [failed[code] for code in _NO_MODE if code in failed]
    # an MLE that does not exist says nothing against a MAP that does
    if reasons and (lineup.mode is None or decisive):
        return False, f"Report the posterior, not a mode: {reasons[0].evidence}."
    if lineup.mode is None:
        return _without_mode(lineup)
    if shape is None:
        return None, "No parameter varies in the posterior: there is nothing to compare."
    return _about_shape(frame[frame["posterior_sd"] > 0], shape, labels, _words(lineup))


def _without_posterior(lineup: Lineup, failed: dict[str, Check]) -> str:
    """Say why there is nothing to hold a point against; empty where there is."""
    if "improper_posterior" in failed:
        told = f"There is no posterior to report: {failed['improper_posterior'].evidence}."
        point = lineup.mle
        doubtful = {"mle_does_not_exist", "multimodal", "local_optimum"} & set(failed)
        if point is not None and point.status is Status.CONVERGED and not doubtful:
            told += f" There is an {point.title}, to be reported with its profile interval."
        return told
    if lineup.posterior is None:
        return "Without posterior draws nothing can be said about the point estimates."
    if "sampler_not_converged" in failed:
        check = failed["sampler_not_converged"]
        return f"No verdict: the sampler has not converged ({check.evidence}); {check.advice}."
    return ""


def _without_mode(lineup: Lineup) -> tuple[bool | None, str]:
    if lineup.mle is None or not lineup.mle.status.is_estimate:
        return False, "Report the posterior: there is no point estimate to report."
    return None, (
        "Only an MLE is here: it leaves the prior out, which the posterior has in. Compare it with "
        "weighted(prior=0).sample()."
    )


def _words(lineup: Lineup) -> tuple[str, str]:
    """Name the point with its spread, and the posterior that it is compared with."""
    if lineup.mode is lineup.mle:
        return "MLE and its standard error", "posterior under a flat prior"
    return "MAP and its Laplace sd", "posterior"


def _about_shape(
    frame: pd.DataFrame, shape: Check, labels: dict[str, str], words: tuple[str, str]
) -> tuple[bool | None, str]:
    gap = frame["shape_gap_mean"].abs()
    largest = "the mode has no value"
    if gap.notna().any():
        at = _named([str(gap.idxmax())], labels)
        largest = f"largest gap {gap.max():.2f} posterior sd, at {at}"
    if shape.outcome is Outcome.FAILED:
        return False, _misdescribed(frame, shape.parameters, largest, labels, words)
    if shape.outcome is Outcome.NOT_DETERMINED:
        return None, (
            f"These draws do not tell whether the {words[0]} can stand in for the {words[1]} of "
            f"{_named(shape.parameters, labels)} ({largest}; {LARGE_GAP.value} is tolerable): "
            "run longer chains."
        )
    ratio = frame["se_sd_ratio"]
    close = gap.max() <= SMALL_GAP.value and max(ratio.max(), 1 / ratio.min()) <= SMALL_RATIO.value
    word = "can" if close else "can roughly"
    return True, (
        f"The {words[0]} {word} stand in for the {words[1]} of {_all_of(len(gap))} ({largest})."
    )


def _all_of(n: int) -> str:
    return {1: "the parameter", 2: "both parameters"}.get(n, f"all {n} parameters")


def _misdescribed(
    frame: pd.DataFrame,
    bad: Sequence[str],
    largest: str,
    labels: dict[str, str],
    words: tuple[str, str],
) -> str:
    fine = [str(p) for p in frame.index if p not in bad]
    everything = not fine and len(bad) > 1
    concerned = _all_of(len(bad)) if everything else _named(bad, labels)
    sentence = (
        f"Report the posterior for {concerned}: the {words[0]} misdescribe "
        f"{'it' if len(bad) == 1 else 'them'} ({largest}; {LARGE_GAP.value} is tolerable)."
    )
    if fine:
        sentence += (
            f" For {_named(fine, labels)} the {words[0].replace(' and ', ' with ')} will do."
        )
    return sentence


def _about_mode(failed: dict[str, Check], decisive: list[Check]) -> list[str]:
    """Say what speaks against the mode where the draws are too poor for a verdict."""
    if "sampler_not_converged" not in failed or not decisive:
        return []
    return [f"Do not report the mode either: {decisive[0].evidence}."]


def _about_sampler(failed: dict[str, Check]) -> list[str]:
    if "divergences_expected" not in failed or "sampler_not_converged" in failed:
        return []
    return [f"Take the draws with care: {failed['divergences_expected'].evidence}."]


def _about_pull(frame: pd.DataFrame, labels: dict[str, str]) -> list[str]:
    if "prior_pull" not in frame or not frame["prior_pull"].notna().any():
        return []
    pull = frame["prior_pull"].abs()
    size = pull.max()
    if size < VISIBLE_SHIFT.value:
        return [f"The prior moves the MLE by less than {VISIBLE_SHIFT.value:g} SE."]
    at = _named([str(pull.idxmax())], labels)
    return [f"The prior pulls the MLE by at most {size:.2g} SE ({at})."]


def _about_missing(missing: Sequence[Missing]) -> list[str]:
    """Name what does not exist, once for each reason."""
    titles = dict[str, list[str]]()
    for one in missing:
        titles.setdefault(one.reason, []).append(one.title)
    return [f"No {_listed(of_one, 'or')}: {reason}." for reason, of_one in titles.items()]


def _named(names: Sequence[str], labels: dict[str, str]) -> str:
    shown = [labels.get(n, n) for n in names[:_NAMED]]
    more = len(names) - len(shown)
    return _listed([*shown, f"{more} more"] if more else shown, "and")


def _listed(words: Sequence[str], link: str) -> str:
    return f" {link} ".join(w for w in (", ".join(words[:-1]), words[-1]) if w)
