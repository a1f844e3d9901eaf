"""One value becomes an array of the declared type and shape, or the message says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.arrays import as_array, as_integers, describe, first_of, in_shape, shown
from bayeswrap.errors import DataError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Declaration

CODE = """data {
  int N; int K;
  real c;
  vector[N] y;
  array[N] int k;
  matrix[N, K] X;
  array[2] vector[K] b;
  complex z;
}
parameters { real a; }
model { y ~ normal(a, 1); }
"""


@pytest.fixture(scope="module")
def declared() -> dict[str, Declaration]:
    program = Program.from_string(CODE, name="shapes")
    return {v.name: v.declaration for v in program.variables_in("data")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c", "real"),
        ("y", "vector[N]"),
        ("k", "array[N] int"),
        ("X", "matrix[N, K]"),
        ("b", "array[2] vector[K]"),
    ],
)
def test_a_declaration_is_written_as_in_stan(
    declared: dict[str, Declaration], name: str, text: str
) -> None:
    assert describe(declared[name]) == text


def test_missing_values_become_nan(declared: dict[str, Declaration]) -> None:
    array = as_array([1, None, pd.NA, 2.5], declared["y"], "y")
    np.testing.assert_array_equal(array, [1, np.nan, np.nan, 2.5])


@pytest.mark.parametrize("value", [["1", "2"], [[1, 2], [3]], [1 + 1j], [np.datetime64("now")]])
def test_what_holds_no_real_numbers_is_refused(
    declared: dict[str, Declaration], value: object
) -> None:
    with pytest.raises(DataError, match="not an array of numbers"):
        as_array(value, declared["y"], "y")


def test_complex_numbers_stay_complex(declared: dict[str, Declaration]) -> None:
    assert as_array(1 + 2j, declared["z"], "z") == 1 + 2j


def test_an_array_is_a_copy(declared: dict[str, Declaration]) -> None:
    mine = np.array([1.0, 2.0])
    as_array(mine, declared["y"], "y")[0] = 7
    assert mine[0] == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [([1, 2.5], "2.5 at [2]"), ([1, np.nan], "nan at [2]"), ([2.0**31], "too large")],
)
def test_integers_that_stan_cannot_hold_are_named(values: list[float], message: str) -> None:
    with pytest.raises(DataError) as caught:
        as_integers(np.array(values), "k")
    assert message in str(caught.value)


def test_whole_floats_are_integers() -> None:
    assert as_integers(np.array([1.0, -3.0]), "k").tolist() == [1, -3]


def test_an_array_of_the_declared_shape_is_taken_as_it_is(
    declared: dict[str, Declaration],
) -> None:
    array = np.zeros((3, 2))
    assert in_shape(array, declared["X"], {"N": 3, "K": 2}, "X") is array


def test_an_empty_array_takes_the_declared_shape(declared: dict[str, Declaration]) -> None:
    assert in_shape(np.zeros(0), declared["X"], {"N": 3, "K": 0}, "X").shape == (3, 0)


def test_a_column_for_a_matrix_is_refused_with_the_remedy(
    declared: dict[str, Declaration],
) -> None:
    with pytest.raises(DataError) as caught:
        in_shape(np.zeros(3), declared["X"], {"N": 3, "K": 1}, "X")
    assert "(N, K) = (3, 1)" in str(caught.value)
    assert "list of columns" in str(caught.value)


def test_the_first_bad_value_is_named_by_stans_index() -> None:
    array = np.array([[1.0, 2.0], [3.0, -4.0]])
    assert first_of(array, array < 0, ("age", "dose")) == "-4 at [2, 2] (column 'dose')"
    assert first_of(np.array(-1.0), np.array(True)) == "-1"


def test_long_values_are_shown_on_one_short_line() -> None:
    assert shown("a") == "'a'"
    assert len(shown(list(range(1000)))) == 60
    assert "\n" not in shown(np.zeros((20, 20)))
