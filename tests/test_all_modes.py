"""Modes within a budget: what is kept, and what is told of the rest."""

from __future__ import annotations

import pytest

from bayeswrap.all_modes import Estimates, add_modes
from bayeswrap.budget import Budget, seconds_left
from bayeswrap.errors import EstimandError


def test_an_attempt_is_held_to_its_share(made):
    estimates, seen = Estimates(Budget.of(100)), []

    def make():
        seen.append(seconds_left())
        return made.mle({"a": 1.0})

    estimates.attempt("MLE", make, share=0.25)
    estimates.attempt("posterior", make)

    assert 20 < seen[0] <= 25
    assert seen[1] is None
    assert len(estimates.results) == 2


def test_what_is_not_made_is_told():
    estimates = Estimates(Budget.of(0))

    def refuse():
        raise EstimandError("no such mode", do="use sample()")

    estimates.attempt("MLE", pytest.fail, share=0.5)
    estimates.attempt("MAP", refuse)

    assert [m.title for m in estimates.missing] == ["MLE", "MAP"]
    assert "seconds were spent" in estimates.missing[0].reason
    assert (estimates.missing[1].reason, estimates.missing[1].advice) == (
        "no such mode",
        "use sample()",
    )
    assert len(estimates.failures) == 2


def test_every_mode_is_sought(bernoulli):
    estimates = Estimates(Budget())

    add_modes(estimates, bernoulli, 2, 1, show_progress=False)

    assert [r.title for r in estimates.results] == [
        "MLE",
        "MAP (constrained scale)",
        "MAP (unconstrained scale)",
        "Laplace approximation",
    ]


def test_an_interrupt_of_the_user_is_no_failed_attempt():
    estimates = Estimates(Budget.of(100))

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        estimates.attempt("MLE", interrupted, share=0.25)

    assert (estimates.results, estimates.missing, estimates.failures) == ([], [], [])
    assert seconds_left() is None
