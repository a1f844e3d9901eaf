from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bayeswrap.errors import RoleError
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.user_roles import roles_by_user
from bayeswrap.program.syntax.places import Location


def place(line: int, column: int, text: str, file: str = "") -> Location:
    return Location(line=line, column=column, text=text, file=file, whole_line=line)


PLACES = [place(4, 3, "m ~ normal(0, 1);"), place(5, 3, "target += a + b;")]
TERMS = [[], [place(5, 13, "a"), place(5, 17, "b")]]
UNITS: list[Any] = [
    SimpleNamespace(position=0, summands=(0,)),
    SimpleNamespace(position=1, summands=(0,)),
    SimpleNamespace(position=1, summands=(1,)),
]


def answers(roles: dict[str, str], comments: tuple[list[str], ...] = ([], [])) -> dict[int, Any]:
    return roles_by_user(PLACES, TERMS, UNITS, comments, roles)


@pytest.mark.parametrize(
    ("key", "units"),
    [
        ("4", [0]),
        ("4:3", [0]),
        ("m~normal(0,1)", [0]),
        ("5", [1, 2]),
        ("5:13", [1]),
        ("b", [2]),
    ],
)
def test_a_key_names_a_statement_or_a_term(key: str, units: list[int]) -> None:
    assert answers({key: "prior"}) == dict.fromkeys(units, (Role.PRIOR, "set by roles="))


def test_a_comment_counts_and_roles_overrule_it() -> None:
    comments = (["Likelihood"], ["a note"])
    assert answers({}, comments) == {0: (Role.LIKELIHOOD, "set by a comment")}
    assert answers({"4": "prior"}, comments) == {0: (Role.PRIOR, "set by roles=")}


@pytest.mark.parametrize("word", ["adjustment", "undecided", "Prior", ""])
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(RoleError, match="not a role that can be set"):
        answers({"4": word})


def test_a_key_that_fits_nothing_lists_the_statements() -> None:
    with pytest.raises(RoleError, match="does not exist: '9'") as caught:
        answers({"9": "prior"})
    assert "4:3  m ~ normal(0, 1);" in str(caught.value.expected)


def test_a_line_of_two_files_needs_its_file() -> None:
    places = [place(2, 1, "a;", "a.stan"), place(2, 1, "b;", "b.stan")]
    units: list[Any] = [SimpleNamespace(position=i, summands=(0,)) for i in range(2)]
    named = roles_by_user(places, [[], []], units, [[], []], {"b.stan:2": "prior"})
    assert list(named) == [1]
    with pytest.raises(RoleError, match="does not exist"):
        roles_by_user(places, [[], []], units, [[], []], {"2": "prior"})
