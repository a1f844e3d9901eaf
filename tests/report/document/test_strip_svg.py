"""A row of a forest plot as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from bayeswrap.report.document.parts import Interval, Strip
from bayeswrap.report.document.strip_svg import key_svg, strip_svg

EVIL = '"><script>alert(1)</script>'


def parsed(strip):
    return ET.fromstring(strip_svg(strip))  # noqa: S314 - made here


def paths(strip):
    return {p.get("class"): p.get("d") for p in parsed(strip).iter("path")}


def test_a_value_lies_where_the_scale_says():
    drawn = paths(Strip(0.0, 10.0, (Interval("posterior", 5.0, 2.5, 7.5),)))
    assert drawn["k-posterior"] == "M63.5 6.5H176.5"
    assert drawn["m-posterior"].startswith("M120 6.5")
    assert "zero" not in drawn


def test_zero_is_marked_where_it_is_in_range():
    assert paths(Strip(-1.0, 1.0))["zero"].startswith("M120 0")


def test_an_estimate_beyond_the_scale_is_an_arrow_at_its_edge():
    drawn = paths(Strip(0.0, 1.0, (Interval("mle", 9.0, float("nan"), float("nan")),)))
    assert "k-mle" not in drawn
    assert drawn["m-mle"].startswith("M233 ")
    assert "l7 " in drawn["m-mle"]
    left = paths(Strip(0.0, 1.0, (Interval("mle", -9.0, -10.0, 0.5),)))
    assert "l-7 " in left["m-mle"]
    assert left["k-mle"].startswith("M7 ")


def test_a_vector_is_two_paths_however_long_it_is():
    elements = tuple(Interval("posterior", i, i - 1, i + 1) for i in range(300))
    drawn = paths(Strip(-1.0, 300.0, elements=elements))
    assert {*drawn} == {"zero", "e-posterior", "d-posterior"}
    assert drawn["e-posterior"].count("M") == 300


@pytest.mark.parametrize("value", [0.0, float("nan")])
def test_a_strip_without_width_or_value_is_still_an_image(value):
    assert parsed(Strip(0.0, 0.0, (Interval("map", value, value, value),))).get("role") == "img"


def test_words_are_escaped_and_keys_are_decoration():
    text = strip_svg(Strip(0.0, 1.0, words=EVIL))
    assert "<script" not in text
    assert re.search(r'aria-label="&#34;&gt;&lt;script', text)
    assert 'aria-hidden="true"' in key_svg("map")
