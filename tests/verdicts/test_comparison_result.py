"""A comparison as a plain value: rows, groups, and the text of both."""

from __future__ import annotations

import pytest

from bayeswrap.comparison.compare import compare
from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.verdicts.comparison_result import scalar_names


@pytest.fixture
def comparison(made):
    values = {"b[1]": 1.0, "b[2]": 2.0, "s": 0.5}
    posterior = made.posterior({**values, "b[2]": 4.0, "g": 3.0}, derived=("g",))
    return compare(made.mle(values), made.map(values), posterior, starts=0)


def test_results_and_prior_are_those_of_the_lineup(comparison):
    assert comparison.results is comparison.lineup.results
    assert comparison.has_prior is comparison.lineup.has_prior is True
    assert comparison.record is comparison.results[0].record


def test_rows_stand_in_declaration_order(comparison):
    assert list(comparison.to_frame().index) == ["b[1]", "b[2]", "s"]
    assert list(comparison.to_frame(derived=True).index) == ["b[1]", "b[2]", "s", "g"]


def test_a_derived_quantity_that_is_named_is_shown(comparison):
    assert list(comparison.to_frame("g").index) == ["g"]
    with pytest.raises(UnknownNameError):
        comparison.to_frame("h")


def test_the_worst_row_is_that_of_the_largest_gap(comparison):
    assert list(comparison.to_frame(worst=1).index) == ["b[2]"]


def test_a_table_is_a_copy(comparison):
    frame = comparison.to_frame()
    frame.loc["s", "mle"] = -1.0

    assert comparison.to_frame().loc["s", "mle"] == 0.5


def test_groups_have_a_row_a_variable(comparison):
    assert list(comparison.groups().index) == ["b", "s"]


def test_the_text_ends_with_the_summary(comparison):
    lines = str(comparison).splitlines()

    assert [line.split()[0] for line in lines[2:5]] == ["b[1]", "b[2]", "s"]
    assert str(comparison).endswith(comparison.verdict.summary)


def test_many_parameters_are_shown_by_variable_and_the_worst_of_them(made):
    values = {f"b[{i}]": float(i) for i in range(1, 51)}

    text = str(compare(made.mle(values), made.map(values), starts=0))

    assert "40 of 50 parameters, the largest gaps first" in text


def test_the_longest_layout_names_the_scalars(made):
    short, long = made.mle({"a": 1.0}), made.posterior({"a": 1.0, "g": 2.0}, derived=("g",))

    assert scalar_names([short, long], derived=True) == ["a", "g"]
    assert scalar_names([short, long], derived=False) == ["a"]


def test_what_needs_draws_says_so(made):
    comparison = compare(made.mle({"a": 1.0}), starts=0)

    for verb in (comparison.psense, comparison.loo):
        with pytest.raises(EstimandError, match="no draws of a posterior"):
            verb()
