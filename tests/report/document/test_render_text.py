"""The report as plain text: 80 columns, nothing lost, no sign that steers a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bayeswrap.report.document.plain_form import plain_form
from bayeswrap.report.document.render_text import to_text


@pytest.fixture(scope="module")
def text(hostile_report):
    return to_text(hostile_report)


def joined(text):
    return re.sub(r"\s", "", text)


def test_only_lines_of_the_program_are_longer_than_80(text):
    long = [line for line in text.splitlines() if len(line) > 80]
    assert len(long) == 1
    assert long[0].startswith("4    y ~ normal(")


def test_headings_are_underlined(text, hostile_report):
    lines = text.splitlines()
    for section in plain_form(hostile_report).every_section:
        rule = lines[lines.index(section.title) + 1]
        assert rule in {"-" * len(section.title), "~" * len(section.title)}


def test_every_row_is_there(text):
    for n in range(300):
        assert re.search(rf"^z\[{n}\] +{n / 300:.2f}$", text, re.MULTILINE)


def test_figures_are_named_and_left_out(text):
    assert "Figure1.Densities,50%.(Leftoutofplaintext" in joined(text)


def test_groups_stand_over_a_rule_of_their_width(text):
    assert re.search(r"^ +estimates\n +compared\n +-+\n", text, re.MULTILINE)


def test_numbers_stand_below_each_other(hostile_report):
    (table,) = hostile_report.sections[1].parts[0].tables
    alone = replace(hostile_report.sections[1].parts[0], tables=(table,), pictures=())
    text = to_text(replace(hostile_report, sections=(alone,)))
    line = next(one for one in text.splitlines() if one.startswith("alpha"))
    assert line.count("1.2×10⁻⁹") == 6  # noqa: RUF001 - the sign that is shown


def test_nothing_steers_a_terminal(hostile_report):
    evil = replace(hostile_report, title="a\x1b[31m\x07b", action="c\rd\x00")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", to_text(evil))
