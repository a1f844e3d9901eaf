"""Values of a table: footnotes, heads, labels that reach over lines."""

from __future__ import annotations

from bayeswrap.report.paper.paper_table import (
    Entry,
    Footnotes,
    Line,
    PaperTable,
    one_line,
    raised,
)


def test_footnotes_have_letters_in_the_order_of_their_use():
    footnotes = Footnotes()

    assert footnotes.marks("on the edge") == ("a",)
    assert footnotes.marks("prior-sensitive", "", "on the edge") == ("a", "b")
    assert footnotes.listed() == (("a", "on the edge"), ("b", "prior-sensitive"))


def test_letters_go_on_after_the_alphabet():
    footnotes = Footnotes()
    marks = [footnotes.marks(f"note {i}")[0] for i in range(52)]

    assert len(set(marks)) == 52
    assert "q" not in marks  # it has no raised form
    assert marks[25:27] == ["aa", "bb"]
    assert raised(("a", "bb")) == "ᵃ\u202fᵇᵇ"


def test_text_that_would_break_a_line_or_turn_it_is_plain():
    assert one_line("a\r\nb\tc") == "a b c"
    assert one_line("x\u202ey\ud800z\ufffe\x07") == "xyz"


def test_depths_and_flat_heads():
    line = Line(Entry("a"), (Entry("1"), Entry("2")))
    below = Line(Entry(), (Entry("(1)"), Entry("(2)")))
    table = PaperTable(
        caption="",
        spans=(("M", 2),),
        heads=("", "MLE", "MAP"),
        body=(line, below, line),
        statistics=(line,),
    )

    assert table.depths == (2, 0, 1, 1)
    assert table.flat_heads == ("", "M: MLE", "M: MAP")
