"""Figures follow the page's scheme, with contrast in both."""

from __future__ import annotations

import re

import pytest
from fixtures.folders import ROOT

from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.sheet import CHAIN_COLOURS, COLOURS, svg_text
from bayeswrap.report.document.figure_scheme import DARK, in_scheme

GRAPHICS = 3.0  # WCAG 2.2, success criterion 1.4.11


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", sorted({*COLOURS.values()}))
def test_every_colour_of_an_estimate_has_contrast_in_both_schemes(colour):
    assert contrast(colour, "#ffffff") >= GRAPHICS
    assert contrast(DARK[colour.lower()], DARK["#ffffff"]) >= GRAPHICS


def test_every_colour_of_a_chain_has_a_dark_one():
    assert all(contrast(DARK[c.lower()], DARK["#ffffff"]) >= GRAPHICS for c in CHAIN_COLOURS)


def test_the_dark_paper_is_that_of_the_page():
    css = (ROOT / "bayeswrap/report/templates/page.css").read_text(encoding="utf-8")
    dark = css.partition("prefers-color-scheme: dark")[2]
    assert re.search(r"--paper: (#\w+)", dark)[1] == DARK["#ffffff"]


def test_a_figure_names_no_colour_outside_its_variables(full):
    svg = in_scheme(svg_text(plot_comparison(full)))
    styles = re.findall(r'style="([^"]*)"', svg)
    assert not [s for s in styles if re.search(r"#[0-9a-f]{6}", s)]
    assert svg.count("prefers-color-scheme:dark") == 1
    # a figure has the same shapes with and without a scheme
    assert len(re.findall("<path", svg)) == svg_text(plot_comparison(full)).count("<path")
