from __future__ import annotations

import pytest
from fixtures.expressions import call, element, num, op, paren, var

from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.patterns import (
    family,
    gathering,
    is_cumulative,
    is_density,
    is_element,
    is_unit,
    is_zero,
    literal,
    summands,
)
from bayeswrap.program.syntax.tree import Expression


@pytest.mark.parametrize(
    ("name", "plain"),
    [("normal_lpdf", "normal"), ("poisson_lupmf", "poisson"), ("beta_lccdf", "beta"), ("f", "f")],
)
def test_the_family_is_the_name_without_its_suffix(name: str, plain: str) -> None:
    assert family(name) == plain


def test_densities_and_cumulative_probabilities() -> None:
    density, tail = call("normal_lpdf", var("y"), num("0")), call("normal_lccdf", num("0"))
    assert is_density(density)
    assert is_density(tail)
    assert [is_cumulative(e.name) for e in (density, tail)] == [False, True]
    assert not is_density(call("normal_lpdf"))
    assert not is_density(var("normal_lpdf"))


def test_zeros_however_they_are_written() -> None:
    zeros = [num("0"), num("0.0"), paren(num("0")), call("rep_vector", num("0"), var("N"))]
    zeros += [call("zeros_vector", var("N")), Expression("RowVectorExpr", "", (num("0"), num("0")))]
    assert all(map(is_zero, zeros))
    others = [num("1_0"), var("x"), call("rep_vector", num("1"), var("N"))]
    assert not any(map(is_zero, others))


def test_literals_through_brackets() -> None:
    assert literal(paren(paren(num("2.5")))) == "2.5"
    assert literal(op("Plus", num("1"), num("1"))) == ""


def test_an_element_has_literal_indices() -> None:
    assert is_element(element(var("x"), num("1")))
    assert not is_element(element(var("x"), var("i")))
    assert not is_element(var("x"))


def test_unit_densities_have_location_0_and_scale_1() -> None:
    assert is_unit([num("3"), num("0"), num("1.0")])
    assert is_unit([num("0"), call("identity_matrix", var("K"))])
    assert not is_unit([num("0"), num("2")])
    assert not is_unit([num("1")])


def test_the_terms_of_a_sum_through_brackets() -> None:
    product = op("Times", op("Plus", var("a"), var("b")), var("c"))
    total = paren(op("Minus", paren(op("Plus", var("x"), product)), var("y")))
    assert [unparse(term) for term in summands(total)] == ["x", "a + b * c", "y"]


def test_a_sum_of_vectors_is_one_term() -> None:
    total = op("Plus", var("u", "vector"), var("v", "vector"), kind="vector")
    assert summands(total) == [total]


def test_a_local_is_added_whole_or_by_its_sum() -> None:
    assert gathering(var("lp")) == gathering(call("sum", var("lp"))) == "lp"
    assert gathering(op("Plus", var("lp"), num("1"))) == ""
