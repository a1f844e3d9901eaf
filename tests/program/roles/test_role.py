from __future__ import annotations

from bayeswrap.program.roles.role import POSSIBLE_LIKELIHOOD, Role


def test_roles_are_the_words_that_users_write() -> None:
    assert [str(role) for role in Role] == [
        *("likelihood", "prior", "population", "adjustment", "undecided")
    ]
    assert Role("prior") is Role.PRIOR


def test_what_is_not_decided_may_be_a_likelihood() -> None:
    assert {Role.LIKELIHOOD, Role.UNDECIDED} == POSSIBLE_LIKELIHOOD
