"""Escapes for LaTeX: each sign by value, and nothing that pdflatex would stop at."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bayeswrap.report.document.latex_text import code_text, escaped

SIGNS = [*map(chr, range(0x20, 0x17F)), *"θΩς⁻⁹₁ᵃ—∞≤“”中🎲\0\n\t\r"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b", r"a\_\allowbreak{}b"),
        ("50% & #1 $x", r"50\% \& \#1 \$x"),
        ("{x}^~", r"\{x\}\textasciicircum{}\textasciitilde{}"),
        ("\\input", r"\textbackslash{}input"),
        ("beta[1]", "beta{[}1{]}"),
        ("--flag", "-{}-{}flag"),
        ("\N{MINUS SIGN}0.1", r"\ensuremath{-}0.1"),
        ("1.2\N{MULTIPLICATION SIGN}10⁻⁹", r"1.2\ensuremath{\times}10\ensuremath{^{-9}}"),
        ("x₁₂", r"x\ensuremath{_{12}}"),
        ("—ᵃ", r"\textemdash{}\textsuperscript{a}"),
        (
            "θ\N{GREEK SMALL LETTER SIGMA}Ω",
            r"\ensuremath{\theta}\ensuremath{\sigma}\ensuremath{\Omega}",
        ),
        ("\N{GREEK CAPITAL LETTER ALPHA}ς", r"\ensuremath{\mathrm{A}}\ensuremath{\varsigma}"),
        ("ώ", r"\ensuremath{\acute{\omega}}"),
        ("Körpergröße", "Körpergröße"),
        ("o\N{COMBINING DIAERESIS}", "ö"),
        ("R\N{NON-BREAKING HYPHEN}hat", r"R\mbox{-}hat"),
        ("中", r"\signcode{4E2D}"),
        ("a\nb\tc", "a b c"),
    ],
)
def test_each_sign_is_shown(text, expected):
    assert escaped(text) == expected


def test_a_line_of_code_keeps_its_spaces_and_quotes():
    assert code_text("a  = 'b';") == r"a\ \ =\ \textquotesingle{}b\textquotesingle{};"


def test_a_word_that_nobody_can_hyphenate_has_places_for_breaks():
    assert escaped("ab" * 16).count(r"\allowbreak{}") == 3
    assert r"\allowbreak" not in escaped("mean")


@given(st.text(alphabet=SIGNS, max_size=40))
def test_no_text_ends_a_group_or_begins_a_command(text):
    made = escaped(text)
    assert re.sub(r"\\[{}]", "", made).count("{") == re.sub(r"\\[{}]", "", made).count("}")
    known = {*re.findall(r"\\[A-Za-z]+", made)}
    assert not {r"\input", r"\def", r"\end", r"\begin"} & known
    assert not re.search(r"(?<!\\)[%#&$]", made)
    assert all(ord(sign) < 0x220 or sign == "ẞ" for sign in made)
