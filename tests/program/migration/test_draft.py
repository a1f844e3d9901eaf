from __future__ import annotations

from bayeswrap.program.migration.draft import Change, Draft


def starts(code: str) -> list[str]:
    draft = Draft(code)
    return [draft.word(i) for i in draft.statements()]


def test_a_draft_returns_its_source() -> None:
    code = "model { // one\n  x = 1; /* two */ }\n"
    assert Draft(code).text() == code


def test_statements_begin_after_headers_and_in_blocks() -> None:
    assert starts("model { a = 1; for (i in 1:2) b = 2; if (c) d = 1; else e = 1; }") == [
        *("a", "for", "b", "if", "d", "else", "e")
    ]


def test_braces_of_arrays_hold_no_statements() -> None:
    assert starts("model { x = {a, {b, c}}; { y = f({d}); } }") == ["x", "y"]


def test_lines_are_counted_through_comments() -> None:
    draft = Draft("/* 1\n2 */\nx // 3\n\ny")
    assert [draft.line(i) for i in range(2)] == [3, 5]


def test_brackets_that_nothing_closes_end_with_the_text() -> None:
    draft = Draft("f(a[1")
    assert draft.close(1) == draft.close(3) == 4


def test_a_range_on_one_line_leaves_its_comments() -> None:
    draft = Draft("x[N, // rows\n  M] y")
    assert draft.take(1, 6) == "[N, M]"
    assert "// rows\n" in draft.text()


def test_changes_are_kept_by_line() -> None:
    draft = Draft("a\nb b")
    draft.note(1, "b")
    draft.note(2, "b")
    assert draft.changes == {Change(2, "b")}


def test_functions_alone_are_a_fragment() -> None:
    assert Draft("real f() { return 1; }").is_fragment
    assert not Draft("functions { }").is_fragment
    assert not Draft("").is_fragment


def test_the_data_block_is_found() -> None:
    draft = Draft("functions { } data { int N; } model { N; }")
    assert [i for i in draft.data_block() if draft.word(i) == "N"] == [6]
