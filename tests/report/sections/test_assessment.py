"""What the draws of a program allow, on the page and in a file."""

from __future__ import annotations

import bayeswrap as bw
from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_html import to_html


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_a_page_has_what_the_program_allows(hits_report):
    keys = [s.key for s in hits_report.every_section]
    at = keys.index("fit")
    assert keys[at + 1 : at + 4] == ["predictive", "loo", "prior"]
    assert {"searches", "sampler", "checks", "ratios"} <= {*keys}
    assert [len(section(hits_report, k).pictures) for k in ("prior", "predictive", "loo")] == [
        1,
        1,
        0,
    ]
    assert any("Kallioinen" in text for text in section(hits_report, "citations").text)
    assert {f.name: f.text for f in hits_report.about}["n"] == "30"


def test_points_alone_have_none_of_it(shapes):
    keys = {s.key for s in build_report(shapes("points only"), pictures=False).every_section}
    assert keys.isdisjoint({"prior", "predictive", "loo", "searches"})


def test_the_page_holds_no_address_to_fetch(hits_report):
    page = to_html(hits_report)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("data:image/svg+xml") == 3


def test_a_comparison_keeps_its_searches_and_sensitivities_in_a_file(hits, tmp_path):
    bw.save(hits, tmp_path / "comparison")
    report = build_report(bw.load(tmp_path / "comparison"), pictures=False)
    keys = {s.key for s in report.every_section}
    assert {"prior", "searches"} <= keys
    # the data are not in the file
    assert keys.isdisjoint({"predictive", "loo"})
