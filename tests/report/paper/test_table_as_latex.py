"""LaTeX: signs that are commands stand as they are, and the whole compiles."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

import bayeswrap as bw
from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable
from bayeswrap.report.paper.table_as_latex import as_latex, latex_text

HOSTILE = r"\input{x} & 50 % #2_x^2~ $y$ <b> | `q` é α σ² Ω Τ [1] * -- — “z”"  # noqa: RUF001 - look-alikes


def table_of(label):
    line = Line(Entry(label, ("a",)), (Entry("−1.2×10⁻⁹"), Entry("[−0.1, 0.2]")))  # noqa: RUF001 - as shown
    return PaperTable(
        caption=label,
        spans=((label, 2),),
        heads=("", "MLE", label),
        body=(line,),
        statistics=(line,),
        footnotes=(("a", label),),
        notes=(label,),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("−0.5 ± 0.1", r"$-$0.5 $\pm$ 0.1"),  # noqa: RUF001 - as shown
        ("1.2×10⁻⁹", r"1.2$\times$10$^{-9}$"),  # noqa: RUF001 - as shown
        ("β_1", r"$\beta$\_1"),
        ("a--b", "a-{}-b"),
        ("—", r"\textemdash{}"),
        (r"\x{y}", r"\textbackslash{}x\{y\}"),
    ],
)
def test_signs(text, expected):
    assert latex_text(text) == expected


def test_rules_and_spans():
    text = as_latex(table_of("M"))

    assert [text.count(rf"\{rule}rule") for rule in ("top", "mid", "bottom")] == [1, 2, 1]
    assert r"\multicolumn{2}{c}{M}" in text
    assert r"\cmidrule(lr){2-3}" in text
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert {row.count("&") for row in rows[1:]} == {2}
    assert rows[2] == r"M\textsuperscript{a} & $-$1.2$\times$10$^{-9}$ & {[}$-$0.1, 0.2{]} \\"


def test_a_label_to_refer_to():
    text = as_latex(replace(table_of("M"), latex_label="tab:wells}\\input{x"))
    assert r"\label{tab:wellsinputx}" in text


def test_parameters_of_three_lines_have_room_between_them(made):
    point = made.mle({"a": 1.0, "b": 2.0})

    both = bw.results_table(point, "latex", style="both").splitlines()
    assert [i for i, line in enumerate(both) if line == r"\addlinespace"] == [10]
    assert both[11].startswith("b &")
    assert r"\addlinespace" not in bw.results_table(point, "latex")


@pytest.mark.slow
def test_it_compiles(tmp_path, full):
    pdflatex = shutil.which("pdflatex")
    assert pdflatex, "pdflatex is needed: make page-tools installs it"
    models = {HOSTILE: full, "B": full}
    parts = [
        as_latex(table_of(HOSTILE)),
        bw.results_table(models, "latex", style="columns", labels={"mu": HOSTILE}),
        full.table("latex", style="both", caption=HOSTILE),
    ]
    body = "\n".join(parts)
    document = (
        rf"\documentclass{{article}}\usepackage{{booktabs}}\begin{{document}}{body}\end{{document}}"
    )
    (tmp_path / "t.tex").write_text(document, encoding="utf-8")
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)

    assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "t.pdf").stat().st_size > 10_000
