"""Where a long word of a page may break."""

from __future__ import annotations

import pytest

from bayeswrap.report.document.word_breaks import breakable


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("cor_Subject[Days,Intercept]", "cor_Subject[Days,Intercept]"),
        ("Report r_a and r_b", "Report r_a and r_b"),
        ("a<b", "a&lt;b"),
        (
            "probability_of_each_category[urban,1]",
            "probability_<wbr>of_<wbr>each_<wbr>category[<wbr>urban,<wbr>1]",
        ),
        ("x" * 40, "x" * 28 + "<wbr>" + "x" * 12),
        ("__" + "<" * 28, "_<wbr>_<wbr>" + "&lt;" * 28),
    ],
)
def test_a_word_breaks_only_where_a_column_has_no_room_for_it(text, html):
    assert breakable(text) == html
