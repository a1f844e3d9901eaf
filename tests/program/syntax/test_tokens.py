from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bayeswrap.program.syntax.tokens import (
    CLOSE,
    OPEN,
    block_opening,
    code_tokens,
    matching,
    outermost,
    split_arguments,
    split_call,
    tokens_of,
    without_brackets,
)

balanced = st.recursive(
    st.sampled_from(["x", "1.5", "a + b", "f", ""]),
    lambda inner: st.tuples(st.sampled_from(["()", "[]", "{}"]), st.lists(inner, max_size=3)).map(
        lambda both: both[0][0] + ", ".join(both[1]) + both[0][1]
    ),
    max_leaves=8,
)


def test_kinds_of_tokens() -> None:
    text = 'real x = 1e-3; // note\nprint("a, b"); y .*= 2.i;'
    assert [(t.kind, t.text) for t in tokens_of(text)] == [
        *(("name", "real"), ("name", "x"), ("operator", "="), ("number", "1e-3")),
        *(("operator", ";"), ("comment", "// note"), ("name", "print"), ("operator", "(")),
        *(("string", '"a, b"'), ("operator", ")"), ("operator", ";"), ("name", "y")),
        *(("operator", ".*="), ("number", "2.i"), ("operator", ";")),
    ]


def test_tokens_know_where_they_stand() -> None:
    text = "data { int N; } /* ( */ model { }"
    assert all(text[t.start : t.end] == t.text for t in tokens_of(text))
    assert next(t.text for t in tokens_of(text, 16)) == "/* ( */"
    assert [t.text for t in code_tokens(text, 16)] == ["model", "{", "}"]


@settings(max_examples=60, deadline=None)
@given(before=balanced, group=balanced, after=balanced)
def test_a_bracket_matches_the_one_that_closes_it(before: str, group: str, after: str) -> None:
    text = f"{before} ({group}) {after}"
    tokens = tokens_of(text)
    opening = next(i for i, t in enumerate(tokens) if t.start == len(before) + 1)
    assert tokens[matching(tokens, opening)].start == len(before) + 2 + len(group)


@settings(max_examples=60, deadline=None)
@given(text=balanced)
def test_outermost_tokens_stand_in_no_bracket(text: str) -> None:
    tokens, depth, expected = tokens_of(text), 0, []
    for i, token in enumerate(tokens):
        depth -= token.text in CLOSE
        expected += [i] * (depth == 0)
        depth += token.text in OPEN
    assert list(outermost(tokens)) == expected


def test_a_token_that_is_no_bracket_closes_itself_and_an_open_one_ends_with_the_text() -> None:
    tokens = tokens_of("a ( b")
    assert [matching(tokens, i) for i in range(3)] == [0, 2, 2]


def test_a_block_has_a_name_of_several_words() -> None:
    tokens = tokens_of("transformed data { } model { }")
    assert block_opening(tokens, 0) == ("transformed data", 2)
    assert block_opening(tokens, 4) == ("model", 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("x", ["x"]),
        ("y[1, 2], f(a, b)", ["y[1, 2]", "f(a, b)"]),
        ("y | mu, sigma", ["y", "mu", "sigma"]),
        ("a || b, c", ["a || b", "c"]),
        ("y |", ["y"]),
        ("0, ", ["0", ""]),
        (" , 1", ["", "1"]),
    ],
)
def test_arguments_are_split_outside_brackets(text: str, expected: list[str]) -> None:
    assert split_arguments(text) == expected


def test_a_call_and_what_follows_it() -> None:
    assert split_call("normal((a), f(b)) T[0, ]") == ("normal", "(a), f(b)", "T[0, ]")
    assert split_call("std_normal()") == ("std_normal", "", "")


@settings(max_examples=40, deadline=None)
@given(text=balanced.filter(lambda t: t.strip() and not t.startswith("(")), depth=st.integers(0, 3))
def test_brackets_around_the_whole_go_and_no_others(text: str, depth: int) -> None:
    assert without_brackets("(" * depth + text + ")" * depth) == text
    assert without_brackets("(a) + (b)") == "(a) + (b)"
