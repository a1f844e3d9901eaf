"""The article for LaTeX: its parts as text, and that pdflatex makes a document of it."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from bayeswrap.report.document.plain_form import plain_form
from bayeswrap.report.document.render_latex import to_latex

OVERFULL = re.compile(r"Overfull \\hbox \((\d+\.\d+)pt too wide\)")
WIDEST = 12.0  # points beyond the margin, about 4 mm


@pytest.fixture(scope="module")
def article(hostile_report):
    return to_latex(hostile_report, "r_files")


def test_sections_tables_and_figures_are_those_of_the_page(article, hostile_report):
    text, figures = article
    every = plain_form(hostile_report).every_section
    assert len(re.findall(r"\\(?:sub)*section\{", text)) == len(every) + 1
    assert text.count(r"\tablecaption{") >= sum(len(s.tables) for s in every) + 1
    assert [*figures] == ["r_files/figure-1.pdf"]
    assert figures["r_files/figure-1.pdf"].startswith(b"%PDF")
    assert r"{r_files/figure-1.pdf}" in text


def test_the_head_names_the_packages_and_each_is_named(article):
    text, _ = article
    used = {
        p
        for names in re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", text)
        for p in names.split(",")
    }
    comment = "".join(line for line in text.splitlines() if line.startswith("%"))
    assert {p for p in used if p in comment} == used


def test_the_program_keeps_its_indentation(article):
    assert r"\codeline{3}{2}{alpha\ \textasciitilde{}\ normal(0,{}\ 2.5);}" in article[0]


def test_unreliable_sections_say_so(article):
    assert r"\textbf{Not reliable.} These numbers cannot be relied on." in article[0]


@pytest.mark.slow
def test_pdflatex_makes_a_document_of_hostile_names(article, tmp_path):
    assert shutil.which("pdflatex"), (
        "install LaTeX: apt-get install texlive-latex-recommended lmodern"
    )
    text, figures = article
    (tmp_path / "r_files").mkdir()
    (tmp_path / "r.tex").write_text(text, encoding="utf-8")
    for name, content in figures.items():
        (tmp_path / name).write_bytes(content)
    for _ in range(2):
        command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "r.tex"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        assert run.returncode == 0, run.stdout.decode("latin1")[-2000:]
    log = (tmp_path / "r.log").read_text(encoding="latin1")
    assert not [float(w) for w in OVERFULL.findall(log) if float(w) > WIDEST]
    assert "Undefined" not in log
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
