from __future__ import annotations

from bayeswrap.program.roles.role_table import RoleTable

LONG = "y ~ normal(alpha + beta * x + gamma * z, sigma);"


def test_texts_are_printed_whole_and_doubts_in_words() -> None:
    table = RoleTable([(3, LONG, "likelihood", True, "data"), (4, "a", "prior", False, "?")])
    table.columns = ["line", "text", "role", "sure", "why"]
    shown = str(table)
    assert LONG in shown
    assert [line.split()[-2] for line in shown.splitlines()[1:]] == ["yes", "no"]
    assert repr(table) == shown


def test_a_part_of_the_table_is_one_too_and_no_row_says_so() -> None:
    table = RoleTable({"text": ["a", "b"], "sure": [True, False]})
    assert isinstance(table[table["sure"]], RoleTable)
    assert str(table[table["text"] == "c"]) == "no statement of the program touches target"
