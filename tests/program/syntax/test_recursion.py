from __future__ import annotations

import sys

import pytest

from bayeswrap.errors import ProgramError
from bayeswrap.program.syntax.recursion import deep


def depth(n: int) -> int:
    return 0 if n == 0 else 1 + depth(n - 1)


def test_calls_nest_deeper_inside_and_as_before_outside() -> None:
    before = sys.getrecursionlimit()
    with deep("m"):
        assert depth(before + 100) == before + 100
    assert sys.getrecursionlimit() == before


def test_a_program_that_is_nested_deeper_still_is_named() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(ProgramError, match="nested too deeply") as caught, deep("generated"):
        raise RecursionError
    assert caught.value.where == "generated"
    assert sys.getrecursionlimit() == before
