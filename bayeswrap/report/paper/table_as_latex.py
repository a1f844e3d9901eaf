"""The table of a paper in LaTeX, with the rules of the package booktabs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable

__all__ = [
    "as_latex",
    "latex_text",
]


_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    # after the end of a row an asterisk and a square bracket are options
    "*": "{*}",
    "[": "{[}",
    "]": "{]}",
    "\N{MINUS SIGN}": "$-$",
    "\N{PLUS-MINUS SIGN}": r"$\pm$",
    "\N{MULTIPLICATION SIGN}": r"$\times$",
    "\N{INFINITY}": r"$\infty$",
    "\N{EM DASH}": r"\textemdash{}",
    "\N{EN DASH}": r"\textendash{}",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{LESS-THAN OR EQUAL TO}": r"$\leq$",
    "\N{GREATER-THAN OR EQUAL TO}": r"$\geq$",
    "\N{RIGHTWARDS ARROW}": r"$\rightarrow$",
    "\N{MIDDLE DOT}": r"$\cdot$",
    "\N{DEGREE SIGN}": r"$^{\circ}$",
    "\N{MICRO SIGN}": r"$\mu$",
}
_RAISED = dict(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True))
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (FINAL )?(\w+)")
_LIKE_LATIN = frozenset(
    {
        *("Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa"),
        *("Mu", "Nu", "Omicron", "Rho", "Tau", "Chi"),
    }
)
_LATIN = {"Eta": "H", "Nu": "N", "Rho": "P", "Chi": "X"}
_GREEK_COMMANDS = {"lamda": "lambda", "Lamda": "Lambda", "epsilon": "varepsilon", "phi": "varphi"}
_CLOSE = 2  # lines of a parameter that need no room to the next
_MANY = 6  # columns that fit a page at the usual size
_POWERS = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_KEY = re.compile(r"[\\{}%#~^&$_,\s]")  # what a name of \\label cannot hold
_DASHES = re.compile(r"-(?=-)")


def latex_text(text: str) -> str:
    r"""Return text that LaTeX sets as it stands.

    Greek letters and signs of numbers become mathematics, which the engine pdfLaTeX needs.

    Examples
    --------
    >>> latex_text("beta[a_1] & 5 %"), latex_text("−1.2×10⁻⁹")
    ('beta{[}a\\_1{]} \\& 5 \\%', '$-$1.2$\\times$10$^{-9}$')
    """  # noqa: RUF002 - the signs that are shown
    parts = re.split(f"({_POWERS.pattern})", text)
    return _DASHES.sub("-{}", "".join(map(_sign_or_power, parts)))


def _sign_or_power(part: str) -> str:
    if _POWERS.fullmatch(part):
        return f"$^{{{''.join(_RAISED[c] for c in part)}}}$"
    return "".join(_sign(c) for c in part)


def _sign(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    greek = _GREEK.fullmatch(unicodedata.name(character, ""))
    return character if greek is None else _greek(greek)


def _greek(parts: re.Match[str]) -> str:
    r"""Return a letter as mathematics; capitals that look like Latin ones have no command."""
    name = parts[3].lower() if parts[1] == "SMALL" else parts[3].capitalize()
    if name in _LIKE_LATIN or name == "omicron":
        return "o" if name == "omicron" else _LATIN.get(name, name[0])
    return rf"$\{'var' * bool(parts[2])}{_GREEK_COMMANDS.get(name, name)}$"


def as_latex(table: PaperTable) -> str:
    """Return a table as a float for a document that loads booktabs.

    What LaTeX would take for a command is written so that it stands as it is.
    """
    count = len(table.heads) - 1
    align = "l" + ("c" if table.centred else "r") * count
    lines = [r"% needs \usepackage{booktabs}", r"\begin{table}[htbp]", r"\centering"]
    if count > _MANY:
        lines.append(r"\small\setlength{\tabcolsep}{3pt}")
    if table.caption:
        lines += [rf"\caption{{{latex_text(table.caption)}}}", r"\smallskip"]
    if table.latex_label:
        lines.append(rf"\label{{{_KEY.sub('', table.latex_label)}}}")
    lines += [rf"\begin{{tabular}}{{{align}}}", r"\toprule"]
    lines += _spans(table)
    lines += [_row([latex_text(head) for head in table.heads]), r"\midrule"]
    lines += _body(table)
    if table.statistics:
        lines += [r"\midrule", *(_line(line) for line in table.statistics)]
    lines += [r"\bottomrule", r"\end{tabular}", *_notes(table), r"\end{table}"]
    return "\n".join(lines) + "\n"


def _spans(table: PaperTable) -> list[str]:
    if not table.spans:
        return []
    cells, rules, start = [""], [], 2
    for text, width in table.spans:
        cells.append(rf"\multicolumn{{{width}}}{{c}}{{{latex_text(text)}}}")
        rules.append(rf"\cmidrule(lr){{{start}-{start + width - 1}}}")
        start += width
    return [_row(cells), " ".join(rules)]


def _body(table: PaperTable) -> list[str]:
    """Return the estimates, with a little room between parameters of several lines."""
    lines = []
    for i, (line, depth) in enumerate(zip(table.body, table.depths, strict=False)):
        if i and depth > _CLOSE:
            lines.append(r"\addlinespace")
        lines.append(_line(line))
    return lines


def _line(line: Line) -> str:
    return _row([_entry(line.label), *(_entry(e) for e in line.entries)])


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _entry(entry: Entry) -> str:
    marks = rf"\textsuperscript{{{','.join(entry.marks)}}}" if entry.marks else ""
    return latex_text(entry.text) + marks


def _notes(table: PaperTable) -> list[str]:
    if not table.remarks:
        return []
    texts = [
        (rf"\textsuperscript{{{mark}}}~" if mark else "") + latex_text(text)
        for mark, text in table.remarks
    ]
    body = "\n".join(rf"{text}\par" for text in texts)
    return [
        "",
        r"\smallskip",
        r"\begin{minipage}{\linewidth}",
        r"\footnotesize\raggedright",
        body,
        r"\end{minipage}",
    ]
