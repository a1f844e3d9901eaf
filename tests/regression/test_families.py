"""The table of families."""

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.regression.families import FAMILIES, family_of


def test_a_family_has_its_default_link_first() -> None:
    assert all(family.link == family.links[0] for family in FAMILIES.values())


def test_another_link_is_taken() -> None:
    assert family_of("bernoulli", "probit").link == "probit"


def test_a_misspelt_family_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'poisson'"):
        family_of("poison")


def test_a_link_that_a_family_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match="link"):
        family_of("categorical", "probit")
