from __future__ import annotations

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.predictions.formula_updates import updated_formula


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (". ~ . + z", "y ~ x + (1 + x | g) + z"),
        (". ~ . - x", "y ~ (1 + x | g)"),
        ("~ . - (1 + x|g)", "y ~ x"),
        ("log(.) ~ .", "log(y) ~ x + (1 + x | g)"),
        (". ~ z", "y ~ z"),
        ("w ~ z", "w ~ z"),
        (". ~ .:z", "y ~ (x + (1 + x | g)):z"),
        (". ~ . - 1", "y ~ x + (1 + x | g) - 1"),
        (". ~ . - x - (1 + x | g)", "y ~ 1"),
        (". ~ . + v.1", "y ~ x + (1 + x | g) + v.1"),
    ],
)
def test_dots_stand_for_the_sides_of_the_formula(change, expected):
    assert updated_formula("y ~ x + (1 + x | g)", change) == expected


@pytest.mark.parametrize("change", ["z", ". ~ ", ". ~ . - w"])
def test_what_cannot_be_changed_is_named(change):
    with pytest.raises(UsageError):
        updated_formula("y ~ x", change)
