"""Models of a table: choices are checked, rows aligned by label."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.report.paper.model_columns import TableChoice, models_of


def test_rows_are_aligned_by_label_in_the_order_of_their_first_model(made):
    first = made.mle({"beta[1]": 1.0, "s": 2.0}, labels={"beta[1]": "beta[x]"})
    second = made.mle(
        {"beta[1]": 3.0, "beta[2]": 4.0}, labels={"beta[1]": "beta[z]", "beta[2]": "beta[x]"}
    )
    models, labels = models_of({"A": first, "B": second}, TableChoice())

    assert labels == ("beta[x]", "s", "beta[z]")
    assert [m.by_label.get("beta[x]") for m in models] == ["beta[1]", "beta[2]"]


def test_parameters_choose_rows_and_their_order(made):
    point = made.mle({"a": 1.0, "b": 2.0, "c": 3.0})
    _, labels = models_of({"": point}, TableChoice(parameters=["c", "a"], labels={"a": "Age"}))
    assert labels == ("c", "Age")

    with pytest.raises(UnknownNameError, match="'d'"):
        models_of({"": point}, TableChoice(parameters="d"))


def test_a_parameter_of_one_model_alone_is_enough(made):
    models = {"A": made.mle({"a": 1.0}), "B": made.mle({"b": 1.0})}
    assert models_of(models, TableChoice(parameters="b"))[1] == ("b",)


@pytest.mark.parametrize(
    "choice",
    [{"style": "stars"}, {"digits": 0}, {"ci_prob": 95}, {"statistics": "p"}],
)
def test_what_means_nothing_is_refused(choice):
    with pytest.raises(UsageError):
        TableChoice(**choice)


def test_something_else_than_a_result_is_refused():
    with pytest.raises(UsageError, match="no table can be made"):
        models_of({"A": "text"}, TableChoice())
