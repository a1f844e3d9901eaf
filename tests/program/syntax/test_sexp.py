from __future__ import annotations

import pytest

from bayeswrap.program.syntax.sexp import field, parse


def test_nested_lists_become_nested_tuples() -> None:
    assert parse("(a (b c) ())") == ("a", ("b", "c"), ())


def test_strings_keep_brackets_and_escapes_together() -> None:
    assert parse(r'(print "a ) \" (b" c)') == ("print", r'"a ) \" (b"', "c")


def test_line_breaks_are_white_space() -> None:
    assert parse("(a\n  (b\n   c))") == ("a", ("b", "c"))


def test_an_atom_alone() -> None:
    assert parse("Skip") == "Skip"


def test_only_the_first_expression_is_read() -> None:
    assert parse("(a) (b)") == ("a",)


def test_fields_are_found_by_name_in_any_order() -> None:
    record = parse("((loc <opaque>) (name mu) (dims (1 2)) (value) (pair 1 2))")
    assert field(record, "name") == "mu"
    assert field(record, "dims") == ("1", "2")
    assert field(record, "value") == ()
    assert field(record, "pair") == ("1", "2")


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        field(parse("((loc x))"), "name")
