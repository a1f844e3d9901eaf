"""Statements of old programs: ``x <- 1``, ``increment_log_prob(x)``, ``lp__ <- lp__ + x``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.migration.draft import Draft

__all__ = [
    "rewrite_statements",
]


_TARGET = "lp__"


def rewrite_statements(draft: Draft, starts: Sequence[int]) -> None:
    """Rewrite assignments and additions to the log density, statement by statement."""
    for start in starts:
        if draft.word(start) == "increment_log_prob" and draft.word(start + 1) == "(":
            _add_to_target(draft, start)
        elif draft.is_name(start):
            arrow = draft.groups(start + 1)
            if draft.is_assignment(arrow):
                draft.assign(arrow)
    _rewrite_sums(draft)


def _add_to_target(draft: Draft, start: int) -> None:
    """Write ``target += x`` for ``increment_log_prob(x)``."""
    close = draft.close(start + 1)
    if draft.word(close + 1) != ";" or draft.commas(start + 1) or close == start + 2:
        draft.leave(start, "increment_log_prob takes one argument")
        return
    draft.texts[start] = "target +="
    draft.drop(start + 1)
    draft.drop(close)
    if not draft.gaps[start + 2]:
        draft.gaps[start + 2] = " "
    draft.note(start, "increment_log_prob")


def _rewrite_sums(draft: Draft) -> None:
    """Write ``target += x`` for ``lp__ <- lp__ + x``, and ``target()`` for other readings."""
    for i in range(len(draft.tokens)):
        if draft.word(i) != _TARGET:
            continue
        arrow = i + (3 if draft.is_assignment(i + 1) else 2)
        if draft.word(i + 1) not in {"<", "="}:
            if draft.texts[i] == _TARGET:  # not the one of a sum
                draft.texts[i] = "target()"
                draft.note(i, _TARGET)
        elif draft.word(arrow) == _TARGET and draft.word(arrow + 1) in {"+", "-"}:
            draft.texts[i], draft.texts[i + 1] = "target", "+="
            draft.drop(arrow)
            if draft.word(arrow + 1) == "+":
                draft.drop(arrow + 1)
            draft.note(i, _TARGET)
        else:
            draft.leave(i, "target can only be added to: write target += ...")
