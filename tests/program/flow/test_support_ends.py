from __future__ import annotations

import pytest
from fixtures.expressions import num, op, paren, var

from bayeswrap.program.flow.support_ends import edge_arguments, shifted_parts

A, B, Y = var("a"), var("b"), var("y")


def test_arguments_that_are_ends_of_the_support() -> None:
    assert edge_arguments("uniform", [A, B]) == [A, B]
    assert edge_arguments("pareto", [A, B]) == [A]
    assert edge_arguments("normal", [A, B]) == []
    assert edge_arguments("uniform", [A]) == [A]


@pytest.mark.parametrize("family", ["uniform", "beta"])
def test_two_ends_move_with_the_whole_outcome(family: str) -> None:
    scaled = op("Times", Y, A)
    assert list(shifted_parts(family, scaled)) == [scaled]


def test_a_factor_moves_no_end_at_zero_and_a_shift_does() -> None:
    shift = op("Minus", Y, A)
    scaled = op("Divide", paren(shift), op("Times", B, num("2")))
    assert list(shifted_parts("exponential", scaled)) == [shift, B, num("2")]
    assert list(shifted_parts("normal", scaled)) == []
