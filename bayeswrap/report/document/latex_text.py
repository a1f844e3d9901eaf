"""Text for LaTeX with pdflatex: every sign is shown, and none is a command."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "code_text",
    "escaped",
]


_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_\allowbreak{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    # no optional argument of a command before it
    "[": "{[}",
    "]": "{]}",
    "-": "-{}",  # no dash of two hyphens
    ",": ",{}",  # no quotation mark of two commas
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{THIN SPACE}": r"\,",
    "\N{NON-BREAKING HYPHEN}": r"\mbox{-}",
    "\N{HYPHEN}": "-{}",
    "\N{SOFT HYPHEN}": r"\-",
    "\N{MINUS SIGN}": r"\ensuremath{-}",
    "\N{EN DASH}": r"\textendash{}",
    "\N{EM DASH}": r"\textemdash{}",
    "\N{HORIZONTAL ELLIPSIS}": r"\dots{}",
    "\N{MULTIPLICATION SIGN}": r"\ensuremath{\times}",
    "\N{DIVISION SIGN}": r"\ensuremath{\div}",
    "\N{PLUS-MINUS SIGN}": r"\ensuremath{\pm}",
    "\N{INFINITY}": r"\ensuremath{\infty}",
    "\N{LESS-THAN OR EQUAL TO}": r"\ensuremath{\leq}",
    "\N{GREATER-THAN OR EQUAL TO}": r"\ensuremath{\geq}",
    "\N{NOT EQUAL TO}": r"\ensuremath{\neq}",
    "\N{ALMOST EQUAL TO}": r"\ensuremath{\approx}",
    "\N{TILDE OPERATOR}": r"\ensuremath{\sim}",
    "\N{ELEMENT OF}": r"\ensuremath{\in}",
    "\N{SQUARE ROOT}": r"\ensuremath{\surd}",
    "\N{N-ARY SUMMATION}": r"\ensuremath{\sum}",
    "\N{PARTIAL DIFFERENTIAL}": r"\ensuremath{\partial}",
    "\N{INCREMENT}": r"\ensuremath{\Delta}",
    "\N{RIGHTWARDS ARROW}": r"\ensuremath{\rightarrow}",
    "\N{LEFTWARDS ARROW}": r"\ensuremath{\leftarrow}",
    "\N{MIDDLE DOT}": r"\textperiodcentered{}",
    "\N{BULLET}": r"\textbullet{}",
    "\N{DEGREE SIGN}": r"\textdegree{}",
    "\N{MICRO SIGN}": r"\ensuremath{\mu}",
    "\N{EURO SIGN}": r"\texteuro{}",
    "\N{POUND SIGN}": r"\textsterling{}",
    "\N{SECTION SIGN}": r"\S{}",
    "\N{COPYRIGHT SIGN}": r"\textcopyright{}",
    "\N{PER MILLE SIGN}": r"\textperthousand{}",
    "\N{LEFT DOUBLE QUOTATION MARK}": r"\textquotedblleft{}",
    "\N{RIGHT DOUBLE QUOTATION MARK}": r"\textquotedblright{}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": r"\quotedblbase{}",
    "\N{LEFT SINGLE QUOTATION MARK}": r"\textquoteleft{}",
    "\N{RIGHT SINGLE QUOTATION MARK}": r"\textquoteright{}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": r"\guillemotleft{}",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": r"\guillemotright{}",
}
_VARIANTS = {"final sigma": "varsigma", "omicron": "mathrm{o}"}
_LATIN_CAPITALS = {
    "alpha": "A",
    "beta": "B",
    "epsilon": "E",
    "zeta": "Z",
    "eta": "H",
    "iota": "I",
    "kappa": "K",
    "mu": "M",
    "nu": "N",
    "omicron": "O",
    "rho": "P",
    "tau": "T",
    "chi": "X",
}
_GREEK = frozenset(
    """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    tau upsilon phi chi psi omega""".split()  # noqa: SIM905 - a list of words is shorter as a text
) | {"final sigma"}
# signs beyond ASCII that pdflatex has in the encodings T1 and TS1: Latin letters and Latin-1
_HOLES = frozenset(map(chr, [0x126, 0x127, 0x138, 0x13F, 0x140, 0x149, 0x166, 0x167, 0x17F]))
_DIRECT = (frozenset(map(chr, range(0xA1, 0x180))) - _HOLES) | frozenset("ȘșȚțẞ")
_POWER = re.compile(r"[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉₊₋]+|[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+")
_LONG = re.compile(r"[^\W_]{25,}")  # a word that no rule of hyphenation knows
_STEP = 8  # letters of it between two places for a break


def escaped(text: str) -> str:
    r"""Return text as it is written in LaTeX; what pdflatex has no sign for is shown by its code.

    Examples
    --------
    >>> escaped("50% of θ & β_1")
    '50\\% of \\ensuremath{\\theta} \\& \\ensuremath{\\beta}\\_\\allowbreak{}1'
    """
    flat = re.sub(r"[\t\r\n\v\f\x85\u2028\u2029]+", " ", unicodedata.normalize("NFC", text))
    return _LONG.sub(_with_breaks, _of_signs(flat))


def code_text(text: str) -> str:
    r"""Return a line of code: as `escaped`, with straight quotes and every space.

    Examples
    --------
    >>> code_text("a  'b'")
    'a\\ \\ \\textquotesingle{}b\\textquotesingle{}'
    """
    parts = re.split(r"([ '])", text.expandtabs(2))
    signs = {" ": r"\ ", "'": r"\textquotesingle{}"}
    return "".join(signs.get(part) or escaped(part) for part in parts if part)


def _of_signs(text: str) -> str:
    pieces, place = [], 0
    for run in _POWER.finditer(text):
        pieces += [*map(_sign, text[place : run.start()]), _raised(run[0])]
        place = run.end()
    return "".join([*pieces, *map(_sign, text[place:])])


def _raised(run: str) -> str:
    """Return digits and letters that stand above or below the line."""
    plain = unicodedata.normalize("NFKC", run).replace("\N{MINUS SIGN}", "-")
    kind = "_" if "<sub>" in unicodedata.decomposition(run[0]) else "^"
    return (
        rf"\ensuremath{{{kind}{{{plain}}}}}"
        if not plain.isalpha()
        else (rf"\textsuperscript{{{plain}}}")
    )


def _sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if " " <= sign <= "~" or sign in _DIRECT:
        return sign
    return _greek(sign) or rf"\signcode{{{ord(sign):04X}}}"


def _greek(sign: str) -> str:
    pattern = r"GREEK (SMALL|CAPITAL) LETTER ((?:FINAL )?[A-Z]+)(?: WITH (TONOS))?"
    name = re.fullmatch(pattern, unicodedata.name(sign, ""))
    letter = "" if name is None else name[2].lower().replace("lamda", "lambda")
    if name is None or letter not in _GREEK:
        return ""
    if name[1] == "SMALL":
        command = "\\" + _VARIANTS.get(letter, letter)
    elif letter in _LATIN_CAPITALS:
        command = rf"\mathrm{{{_LATIN_CAPITALS[letter]}}}"
    else:
        command = "\\" + letter.capitalize()
    return rf"\ensuremath{{\acute{{{command}}}}}" if name[3] else rf"\ensuremath{{{command}}}"


def _with_breaks(word: re.Match[str]) -> str:
    letters = word[0]
    pieces = [letters[i : i + _STEP] for i in range(0, len(letters), _STEP)]
    return r"\allowbreak{}".join(pieces)
