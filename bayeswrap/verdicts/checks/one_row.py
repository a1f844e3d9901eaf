"""One row and one outcome for each code, where several estimates were asked the same question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.verdicts.check import Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "one_row_a_code",
]


_WORST_FIRST = (Outcome.FAILED, Outcome.NOT_DETERMINED, Outcome.PASSED)


def one_row_a_code(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Merge checks of one code: the worst outcome, with the evidence of those that have it.

    Parameters
    ----------
    checks : sequence of Check
        In order.
    """
    by_code = dict[str, list[Check]]()
    for check in checks:
        by_code.setdefault(check.code, []).append(check)
    return tuple(_merged(rows) for rows in by_code.values())


def _merged(rows: Sequence[Check]) -> Check:
    outcome = min((r.outcome for r in rows), key=_WORST_FIRST.index)
    worst = [r for r in rows if r.outcome is outcome]
    works = "; ".join(_distinct(r.reference for r in worst))
    return replace(
        worst[0],
        evidence="; ".join(_distinct(r.evidence for r in worst)),
        reference=works,
        parameters=tuple(_distinct(p for r in worst for p in r.parameters)),
    )


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
