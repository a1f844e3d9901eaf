"""Conditioning and existence: outcomes and sentences from numbers."""

from __future__ import annotations

import pytest

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import ILL_CONDITIONED
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.maximum_checks import Conditioning, existence
from bayeswrap.verdicts.lineup import Lineup


@pytest.mark.parametrize(("factor", "outcome"), [(1.0, Outcome.PASSED), (1.01, Outcome.FAILED)])
def test_the_limit_of_the_condition_number(factor, outcome):
    assert Conditioning("MLE", factor * ILL_CONDITIONED.value).outcome is outcome


def test_the_sentence_counts_digits():
    assert Conditioning("MLE", 1e9).digits_lost == pytest.approx(9)
    assert Conditioning("MLE", 1e9).wording() == (
        "the information matrix of the MLE has condition number 1e+09, which costs up to 9 of 16 "
        "digits"
    )
    assert Conditioning("MLE", 0.5).digits_lost == 0


def test_each_estimate_has_a_sentence_of_its_own(made):
    lineup = Lineup([made.mle({"a": 0.0}), made.map({"a": 0.0}, status=Status.SADDLE)])

    first, second = existence(lineup)

    assert first.evidence == f"for the MLE, {Status.CONVERGED.sentence}"
    assert second.evidence == (
        "for the MAP (constrained scale), the search ended on a saddle point"
    )
    assert (first.outcome, second.outcome) == (Outcome.PASSED, Outcome.FAILED)
