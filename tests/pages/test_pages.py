"""The page in a browser: on a desktop, on a phone, in the dark, on paper."""

from __future__ import annotations

import re

import html5lib
import pytest
from fixtures.browser import DESKTOP, PHONE
from fixtures.page_cases import CASES

pytestmark = pytest.mark.slow

LARGE = ("sixty groups", "many parameters")  # 63 and 305 parameters
SHORT = ("wells", "sixty groups", "many parameters", "separated", "mixture")
SCREEN = DESKTOP["height"]


@pytest.fixture(params=CASES)
def seen(request, pages):
    return pages[request.param]


def test_the_page_asks_for_nothing_and_complains_of_nothing(seen):
    assert (seen["requests"], seen["complaints"]) == ([], [])


def test_axe_finds_no_violation_in_light_and_dark(seen):
    assert (seen["light"], seen["dark"]) == ([], [])


def test_the_html_is_valid(seen):
    html5lib.HTMLParser(strict=True).parse(seen["html"])


def test_the_first_screen_recommends_and_says_what_to_do(seen):
    ends = seen["ends"]
    shown = ("recommendation", "action", "badges", "heads", "first_row", "contents")
    assert {name: ends[name] for name in shown if ends[name] > SCREEN} == {}


@pytest.mark.parametrize("case", SHORT)
def test_the_first_screen_holds_the_whole_table(pages, case):
    assert pages[case]["ends"]["table"] <= SCREEN


def test_a_phone_shows_the_page_without_sideways_scrolling(seen):
    assert seen["phone"][0] == PHONE["width"]
    assert seen["phone unfolded"][0] == PHONE["width"]
    ends = seen["phone ends"]
    assert ends["badges"] <= PHONE["height"]


@pytest.mark.parametrize("case", LARGE)
def test_many_parameters_take_two_screens_and_eight_printed_pages(pages, case):
    assert pages[case]["folded"][1] <= 2 * SCREEN
    assert len(pages[case]["printed"]) <= 8


def test_print_unfolds_all_but_the_elements_of_long_vectors(pages):
    for case, seen in pages.items():
        text = " ".join("\n".join(seen["printed"]).split())
        for words in ("We fitted the Stan program", "program, SHA-256", "Rank-normalised"):
            assert words in text, case
    paper = " ".join("\n".join(pages["sixty groups"]["printed"]).split())
    assert "r_school[school 07]" not in paper
    assert "of 60 elements differ from the mean of all 60" in paper


def test_printed_pages_have_numbers_and_heads_over_every_part_of_a_table(seen):
    printed = seen["printed"]
    for number, text in enumerate(printed, start=1):
        assert re.search(rf"\n\s*{number} ?/ ?{len(printed)}\s*$", text)
        of_checks = len(re.findall(r"\s(?:passed|failed)\s{2,}", text)) > 1
        assert not of_checks or "passes if" in text


def test_no_heading_stands_alone_at_the_end_of_a_printed_page(seen):
    titles = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", seen["html"], re.DOTALL)
    headings = {" ".join(re.sub("<.*?>", "", title).split()) for title in titles}
    for text in seen["printed"]:
        *_, last, _ = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        assert last not in headings


def test_tables_are_sorted_and_filtered_by_a_click(pages):
    used = pages["sixty groups"]["read"]
    assert used["ascending"] == sorted(used["ascending"])
    assert used["descending"] == sorted(used["ascending"], reverse=True)
    assert used["rows"] == {"all": 60, "school 07": 1}
    assert used["errors"] == []
