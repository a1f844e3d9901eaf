"""Which estimates of a comparison have a column."""

from __future__ import annotations

import math

import pytest

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.report.paper.compared_columns import absences, compared_columns

NAMES = ["mu", "sigma"]


def heads(comparison, estimates):
    return [c.head for c in compared_columns(comparison, estimates, NAMES, 0.95)]


def test_all_estimates_side_by_side(full):
    assert heads(full, ["all"]) == ["MLE", "MAP (constrained)", "MAP (unconstrained)", "posterior"]


def test_some_kinds_in_the_order_asked_for(full):
    assert heads(full, ["posterior", "laplace", "mle"]) == [
        "posterior",
        "Laplace approximation",
        "MLE",
    ]


def test_an_approximation_stands_in_for_missing_draws(builder):
    made = builder()
    assert heads(bw.compare(made.point(), made.laplace()), ["all"]) == [
        "MLE",
        "Laplace approximation",
    ]


def test_what_does_not_exist_is_left_out_of_all_and_told_where_it_is_asked_for(shapes):
    lost = shapes("lost")

    assert heads(lost, ["all"]) == ["MAP", "posterior"]
    (column,) = compared_columns(lost, ["mle"], NAMES, 0.95)
    assert (column.head, column.absence) == ("MLE", "it has run away")
    assert absences(lost) == {"MLE": "it has run away"}


def test_the_recommended_estimate_is_of_the_mode_where_that_is_adequate(full):
    (column,) = compared_columns(full, ["recommended"], NAMES, 0.95)
    point = next(c for c in compared_columns(full, ["map"], NAMES, 0.95))

    assert full.verdict.point_is_enough
    assert column.head == "MAP (constrained)"
    # from Python 3.13 on a NaN, such as the median of a mode, makes dataclasses unequal
    assert repr(column.numbers["mu"]) == repr(point.numbers["mu"])
    assert not column.shows_draws


def test_the_recommended_estimate_is_the_posterior_where_the_mode_is_far(shapes):
    (column,) = compared_columns(shapes("far"), ["recommended"], NAMES, 0.95)

    assert column.head == "posterior"
    assert column.numbers["mu"].value == pytest.approx(-0.52, abs=0.02)
    assert column.shows_draws


def test_a_level_of_its_own_moves_the_intervals_alone(full):
    wide, narrow = (compared_columns(full, ["posterior"], NAMES, p)[0] for p in (0.95, 0.5))

    assert wide.numbers["mu"].value == narrow.numbers["mu"].value
    width = [c.numbers["mu"].upper - c.numbers["mu"].lower for c in (wide, narrow)]
    assert width[0] / width[1] == pytest.approx(1.96 / 0.6745, rel=0.1)


def test_on_the_edge_there_is_a_value_without_a_spread(shapes):
    (column,) = compared_columns(shapes("edge"), ["map"], NAMES, 0.95)

    assert math.isnan(column.numbers["sigma"].spread)
    assert "boundary" in column.remarks["sigma"]


@pytest.mark.parametrize("estimates", [["mode"], ["mle", "bayes"], []])
def test_an_unknown_kind_is_refused(full, estimates):
    with pytest.raises(UsageError, match="estimates"):
        compared_columns(full, estimates, NAMES, 0.95)
