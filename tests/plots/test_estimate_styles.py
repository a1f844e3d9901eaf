"""Colours, markers and names of the estimates are the same in every figure, and on the page."""

from __future__ import annotations

import re

from fixtures.folders import ROOT

from bayeswrap.plots.estimate_styles import estimate_styles, missing_note
from bayeswrap.plots.sheet import COLOURS, MARKERS


def test_each_estimate_has_its_own_marker(full):
    styles = estimate_styles(full)
    assert list(styles) == ["posterior", "mle", "map_constrained", "map_unconstrained", "laplace"]
    assert {k: s.marker for k, s in styles.items()} == {k: MARKERS[k] for k in styles}
    assert not styles["map_unconstrained"].filled


def test_colours_are_those_of_the_page():
    css = (ROOT / "bayeswrap/report/templates/page.css").read_text(encoding="utf-8")
    light = css.partition("@media")[0]
    for kind, own in (("posterior", "posterior"), ("mle", "mle"), ("map", "map_constrained")):
        (colour,) = re.findall(rf"--k-{kind}: (#\w+);", light)
        assert colour.upper() == COLOURS[own].upper()


def test_estimates_that_do_not_exist_are_named(shapes):
    assert missing_note(shapes("lost")) == "Estimates that do not exist are not drawn (MLE)."
    assert missing_note(shapes("one parameter")) == ""
