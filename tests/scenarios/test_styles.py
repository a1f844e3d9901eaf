"""The classifier against short programs in the styles of public repositories."""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from fixtures.style_programs import STEMS, style_programs

from bayeswrap.program.roles.role import Role, TargetStatement

if TYPE_CHECKING:
    from fixtures.labelled_programs import Labelled

PROGRAMS = [item for stem in STEMS for item in style_programs(stem)]
# What the classifier answers today, not what is right: the statements whose role is wrong, by
# program and line. All of them are shown with a doubt.
WRONG_TODAY: dict[str, frozenset[int]] = {
    # a mean given a covariance, and no outcome: population as any parent without another way
    "inverse_wishart_correlated_alone": frozenset({3}),
}


def test_there_are_many_programs_of_every_kind() -> None:
    labels = Counter(label for item in PROGRAMS for *_, label in item.labels)
    assert len({item.name for item in PROGRAMS}) == len(PROGRAMS) == 170
    assert min(labels[r] for r in ("prior", "population", "likelihood")) > 130


@pytest.mark.parametrize("item", PROGRAMS, ids=lambda item: item.name)
def test_every_statement_has_the_role_of_its_label(item: Labelled) -> None:
    rows = item.program.statements
    wrong = set()
    for line, column, label in item.labels:
        row = _at(rows, line, column)
        expected = Role.UNDECIDED if label == "ask" else Role(label)
        if row.role is not expected:
            assert not row.sure, row
            wrong.add(line)
    assert wrong == WRONG_TODAY.get(item.name, frozenset())


def _at(rows: tuple[TargetStatement, ...], line: int, column: int) -> TargetStatement:
    """Return the row that a label stands before."""
    return rows[bisect.bisect_right([(r.line, r.column) for r in rows], (line, column)) - 1]
