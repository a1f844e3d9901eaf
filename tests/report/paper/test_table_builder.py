"""Cells of a table by value, in each style."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.report.paper.model_columns import TableChoice
from bayeswrap.report.paper.table_builder import paper_table


def texts(table):
    return [[line.label.text, *(e.text for e in line.entries)] for line in table.body]


@pytest.fixture
def models(made):
    return {
        "A": made.mle({"a": 1.2345, "b": -2.0}, {"a": 0.25, "b": 0.013}),
        "B": made.posterior({"a": 1.5}, 0.5),
    }


def test_estimates_stand_over_their_spread(models):
    assert texts(paper_table(models, TableChoice())) == [
        ["a", "1.23", "1.50"],
        ["", "(0.25)", "(0.50)"],
        ["b", "−2.000", ""],  # noqa: RUF001 - as shown
        ["", "(0.013)", ""],
    ]


def test_other_styles(models):
    one = {"": models["A"]}
    assert texts(paper_table(one, TableChoice(style="interval", ci_prob=0.5, parameters="a"))) == [
        ["a", "1.23"],
        ["", "[1.07, 1.40]"],
    ]
    assert texts(paper_table(one, TableChoice(style="plusminus", parameters="b"))) == [
        ["b", "−2.000 ± 0.013"]  # noqa: RUF001 - as shown
    ]
    table = paper_table(one, TableChoice(style="columns", ci_prob=0.5, parameters="a"))
    assert table.spans == (("MLE", 4),)
    assert texts(table) == [["a", "1.23", "0.25", "1.07", "1.40"]]
    both = texts(paper_table(one, TableChoice(style="both", ci_prob=0.5, parameters="a")))
    assert [row[1] for row in both] == ["1.23", "(0.25)", "[1.07, 1.40]"]


def test_digits_are_those_of_the_uncertainty(models):
    rows = texts(paper_table({"": models["A"]}, TableChoice(digits=3, parameters="a")))
    assert [row[1] for row in rows] == ["1.234", "(0.250)"]


def test_a_vague_number_beside_a_sharp_one_keeps_one_digit_more_than_its_own(made):
    sharp, vague = made.mle({"a": 0.1}, 1e-5), made.mle({"a": 0.123456}, 0.5)
    rows = texts(paper_table({"A": sharp, "B": vague}, TableChoice()))

    assert rows[0] == ["a", "0.100000", "0.123"]


def test_heads_over_models_with_several_estimates(full):
    table = paper_table({"M": full, "N": full}, TableChoice(estimates=["mle", "posterior"]))

    assert table.spans == (("M", 2), ("N", 2))
    assert table.heads == ("", "MLE", "posterior", "MLE", "posterior")


def test_without_a_spread_a_letter_says_why(shapes):
    table = paper_table({"": shapes("edge")}, TableChoice(estimates=["map", "posterior"]))
    sigma = next(line for line in table.body if line.label.text == "sigma")
    below = table.body[table.body.index(sigma) + 1]

    assert below.entries[0].text == "—"
    (mark,) = below.entries[0].marks
    assert "boundary" in dict(table.footnotes)[mark]


def test_an_estimate_that_does_not_exist_has_no_number(shapes):
    table = paper_table({"": shapes("lost")}, TableChoice(estimates=["mle", "map"]))

    assert {line.entries[0].text for line in table.body} == {"—", ""}
    assert any("No MLE: it has run away" in note for note in table.notes)


def test_flags_are_marked_at_the_label(shapes):
    table = paper_table({"": shapes("far")}, TableChoice(estimates="all"))
    marked = {line.label.text: line.label.marks for line in table.body if line.label.marks}

    assert "mode differs from posterior" in dict(table.footnotes).values()
    assert "mu" in marked


def test_statistics_have_one_order(models):
    table = paper_table(models, TableChoice())

    assert [line.label.text for line in table.statistics] == [
        "log likelihood",
        "AIC",
        "largest R\N{NON-BREAKING HYPHEN}hat",
        "smallest ESS",
    ]
    assert [e.text for e in table.statistics[0].entries] == ["−1.00", ""]  # noqa: RUF001 - as shown


def test_rows_of_the_users_stand_first_below_the_rule(models):
    table = paper_table(models, TableChoice(add_rows={"Controls": ["no", "yes"]}))
    first = table.statistics[0]

    assert [first.label.text, *(e.text for e in first.entries)] == ["Controls", "no", "yes"]
    with pytest.raises(UsageError, match="does not fit"):
        paper_table(models, TableChoice(add_rows={"Controls": ["no"]}))


def test_flags_of_the_mode_do_not_mark_the_posterior(shapes):
    table = paper_table({"": shapes("far")}, TableChoice(estimates="posterior"))

    assert "mode differs from posterior" not in dict(table.footnotes).values()
