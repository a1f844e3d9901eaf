"""The report as an article for pdflatex, with its figures as PDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.latex_tables import longtables
from bayeswrap.report.document.latex_text import code_text, escaped
from bayeswrap.report.document.plain_form import LISTS, plain_form, statement_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bayeswrap.report.document.parts import CodeLine, Fact, Report, Section

__all__ = [
    "to_latex",
]


_PREAMBLE = r"""% Report of bayeswrap. Compile it twice with pdflatex.
% Packages: array, booktabs, caption, fontenc, geometry, graphicx, hyperref, inputenc, lmodern,
% longtable, microtype, textcomp. Debian has them in texlive-latex-recommended and lmodern.
\documentclass[a4paper,10pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{textcomp,lmodern,microtype}
\usepackage[margin=2cm]{geometry}
\usepackage{array,booktabs,longtable,graphicx,caption}
\usepackage[hidelinks]{hyperref}
\captionsetup{font=small,labelfont=bf,singlelinecheck=false,justification=raggedright}
\setcounter{secnumdepth}{0}
\setcounter{tocdepth}{1}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 1pt}
\setlength{\tabcolsep}{4pt}
\setlength{\LTleft}{0pt}
\setlength{\LTpre}{4pt}
\setlength{\LTpost}{4pt}
\setlength{\emergencystretch}{3em}
\raggedbottom
% columns of text that wraps
\newcolumntype{P}[1]{>{\raggedright\arraybackslash\hspace{0pt}}p{#1}}
% a sign that pdflatex has no letter for, by its code
\newcommand{\signcode}[1]{{\scriptsize[U+#1]}\allowbreak}
\newcommand{\tablenote}[1]{{\footnotesize #1\par}}
% the caption takes no width from the columns below it
\newcommand{\tablecaption}[1]{\makebox[0pt][l]{\parbox{\linewidth}{\small\raggedright
  \textbf{Table \thetable:} #1\strut}}}
% a new page where so little is left that a heading would stand alone
\newcommand{\roomfor}[1]{\par\penalty-100\begingroup\dimen0=\pagegoal\advance\dimen0-\pagetotal
  \ifdim\dimen0<#1\relax\break\fi\endgroup}
\makeatletter\renewcommand*\l@section{\@dottedtocline{1}{0em}{1.5em}}\makeatother
% number, indentation in letters, and text of a line of code
\newcommand{\codeline}[3]{\par\hangafter1\hangindent=6em\makebox[1.6em][r]{#1}\hspace{.8em}%
  \hspace*{#2\fontdimen2\font}#3}
\newenvironment{reportcode}{\footnotesize\ttfamily\raggedright\setlength{\parskip}{0pt}}{\par}
% older versions of graphicx do not know texts for those who cannot see a figure
\makeatletter\@ifundefined{KV@Gin@alt}{\define@key{Gin}{alt}{}}{}\makeatother
\pdfstringdefDisableCommands{\let\allowbreak\relax\let\ensuremath\relax\def\signcode#1{U+#1}}
"""
_ROOM = r"10\baselineskip"  # that a heading asks for
_SHORT = 40  # characters of a fact that stays in one line
_LEVELS = ("section", "subsection", "subsubsection", "paragraph")


def to_latex(report: Report, folder: str = "figures") -> tuple[str, dict[str, bytes]]:
    """Return the article, and its figures by their paths relative to it.

    Parameters
    ----------
    report : Report
        As it is built for a page of HTML.
    folder : str, optional
        Where the figures will stand: letters, digits, hyphens and underscores.
    """
    article, plain = _Article(folder), plain_form(report)
    title = f"{escaped(plain.title)}: estimates compared"
    blocks = [
        _PREAMBLE,
        rf"\hypersetup{{pdftitle={{{title}}}}}",
        r"\begin{document}",
        rf"{{\LARGE\raggedright\textbf{{{title}}}\par}}",
        r"{\raggedright " + r" \quad ".join(map(_about, plain.about)) + r"\par}",
        r"\medskip",
        rf"{{\large\raggedright\textbf{{{escaped(plain.word)}.}}\par}}",
        escaped(plain.action),
        _items(f"{escaped(b.name)}: \\textbf{{{escaped(b.word)}}}" for b in plain.badges),
        *article.sections(plain.sections[:1], 0),
        r"\roomfor{20\baselineskip}{\setlength{\parskip}{0pt}\tableofcontents}",
        *article.sections(plain.sections[1:], 0),
        *_glossary(plain),
        r"\end{document}",
    ]
    return "\n\n".join(b for b in blocks if b) + "\n", article.files


def _about(fact: Fact) -> str:
    text = rf"{escaped(fact.name)} \textbf{{{escaped(fact.text)}}}"
    return rf"\mbox{{{text}}}" if len(fact.text) < _SHORT else text


def _items(entries: Iterable[str]) -> str:
    lines = "\n".join(rf"\item {entry}" for entry in entries)
    return f"\\begin{{itemize}}\\setlength{{\\itemsep}}{{0pt}}\n{lines}\n\\end{{itemize}}"


def _glossary(report: Report) -> Iterator[str]:
    if report.glossary:
        yield r"\section{Glossary}"
        yield from (rf"\textbf{{{escaped(k)}}}: {escaped(text)}" for k, text in report.glossary)


class _Article:
    """Writes sections, numbers figures, and keeps them."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}

    def sections(self, sections: tuple[Section, ...], level: int) -> Iterator[str]:
        for one in sections:
            yield rf"\roomfor{{{_ROOM}}}\{_LEVELS[min(level, 3)]}{{{escaped(one.title)}}}"
            yield from self._content(one)
            yield from self.sections(one.parts, level + 1)

    def _content(self, one: Section) -> Iterator[str]:
        if one.doubtful:
            yield rf"\textbf{{Not reliable.}} {escaped(one.doubtful)}"
        yield from [_items(map(escaped, one.text))] if one.key in LISTS else map(escaped, one.text)
        for table in one.tables:
            yield _small(longtables(table))
        if one.facts:
            yield _items(map(_fact, one.facts))
        for picture in one.pictures:
            path = f"{self.folder}/figure-{len(self.files) + 1}.pdf"
            self.files[path] = picture.image("pdf")
            yield _figure(path, escaped(picture.alt), escaped(picture.caption))
        if one.code:
            yield _code(one.code)
            statements = statement_table(one.code)
            yield "" if statements is None else _small(longtables(statements))


def _small(tables: str) -> str:
    return f"{{\\footnotesize\n{tables}\n}}"


def _figure(path: str, alt: str, caption: str) -> str:
    size = r"width=\linewidth,height=0.8\textheight,keepaspectratio"
    lines = [
        rf"\begin{{minipage}}{{\linewidth}}\includegraphics[{size},alt={{{alt}}}]{{{path}}}",
        rf"\captionof{{figure}}{{{caption}}}\end{{minipage}}",
    ]
    return "\n".join(lines)


def _fact(fact: Fact) -> str:
    text = rf"\texttt{{{escaped(fact.text)}}}" if fact.code else escaped(fact.text)
    return f"{escaped(fact.name)}: {text}"


def _code(code: tuple[CodeLine, ...]) -> str:
    lines = []
    for line in code:
        text = line.text.expandtabs(2)
        indent = len(text) - len(text.lstrip(" "))
        lines.append(rf"\codeline{{{line.number}}}{{{indent}}}{{{code_text(text.strip())}}}")
    return "\n".join([r"\begin{reportcode}", *lines, r"\end{reportcode}"])
