"""The report without strips, hints and folds: the same in numbers, notes and an appendix."""

from __future__ import annotations

from bayeswrap.report.document.parts import (
    Cell,
    CodeLine,
    Column,
    Interval,
    Report,
    Row,
    Section,
    Strip,
    Table,
)
from bayeswrap.report.document.plain_form import (
    APPENDIX,
    plain_form,
    plain_table,
    statement_table,
)

NAN = float("nan")


def overview(*cells, marks=(("mle", "MLE"), ("map", "MAP")), link=""):
    return Table(
        key="overview",
        caption="C",
        stub=Column("parameter"),
        columns=(Column("estimate"), Column("compared"), Column("flag", words=True)),
        rows=(Row("a", cells, below="9 elements" * bool(link), link=link),),
        marks=marks,
    )


def strip(*marks, **options):
    return Cell("", strip=Strip(0.0, 1.0, marks=marks, **options))


def test_a_strip_is_one_column_a_kind_of_estimate():
    mle = Interval("mle", 0.123456, 0.0, 0.2)
    made = plain_table(overview(Cell("0.12"), strip(mle, decimals=2), Cell("")))
    assert [(c.group, c.head) for c in made.columns] == [
        ("", "estimate"),
        ("compared", "MLE"),
        ("compared", "MAP"),
        ("", "flag"),
    ]
    assert [c.text for c in made.rows[0].cells] == ["0.12", "0.12", "—", ""]
    assert made.marks == ()


def test_a_vector_points_to_the_appendix():
    elements = (Interval("mle", 0.1, 0.0, 0.2),)
    row = overview(Cell("0 to 1"), strip(elements=elements), Cell(""), link="vector-a")
    (made,) = plain_table(row).rows
    assert made.below == "9 elements, see the appendix"
    assert [c.text for c in made.cells] == ["0 to 1", "", "", ""]


def test_hints_become_notes_each_once():
    cells = (Cell("—", hint="lost"), Cell("1", "(—)", hint="lost"), Cell("—", hint="edge"))
    made = plain_table(overview(*cells, marks=()))
    assert [(c.text, c.below) for c in made.rows[0].cells] == [
        ("—ᵃ", ""),
        ("1", "(—)ᵃ"),
        ("—ᵇ", ""),
    ]
    assert made.notes == ("ᵃ lost", "ᵇ edge")


def test_elements_of_long_vectors_stand_at_the_end():
    vector = Section(key="vector-z", title="z: 300 elements", text=("t",), folded=True)
    one = Section(key="overview", title="What to report", parts=(vector,), doubtful="grey")
    two = Section(key="results", title="Results", text=("r",))
    report = Report(
        title="p",
        about=(),
        word="w",
        tone="good",
        action="a",
        badges=(),
        summary="s",
        sections=(one, two),
    )
    made = plain_form(report)
    assert [s.title for s in made.sections] == ["What to report", "Results", APPENDIX]
    assert made.sections[0].parts == ()
    assert [p.title for p in made.sections[-1].parts] == ["z: 300 elements"]
    assert made.sections[-1].doubtful == "grey"


def test_no_strip_and_no_hint_is_left(hostile_report):
    made = plain_form(hostile_report)
    tables = [t for s in made.every_section for t in s.tables]
    assert not any(c.strip or c.hint for t in tables for r in t.rows for c in r.cells)


def test_the_equations_stand_below_their_formula(hostile_report):
    (theory,) = [s for s in plain_form(hostile_report).every_section if s.key == "theory"]
    assert theory.text[1] == "at the MLE: \N{MINUS SIGN}1 + const"
    assert theory.facts == ()


def test_statements_have_their_lines_roles_and_reasons():
    code = (
        CodeLine(1, "model {"),
        CodeLine(2, "a ~ normal(0,", "prior", "parameter", first=True),
        CodeLine(3, "  1);", "prior", "parameter"),
        CodeLine(4, "b ~ normal(0, 1);", "prior", "also", first=True),
        CodeLine(5, "y ~ normal(a, 1);", "likelihood", "data", first=True),
        CodeLine(6, "}"),
    )
    made = statement_table(code)
    assert [(r.name, *(c.text for c in r.cells)) for r in made.rows] == [
        ("2\N{EN DASH}3", "prior", "parameter"),
        ("4", "prior", "also"),
        ("5", "likelihood", "data"),
    ]
    assert made.notes == (
        "prior: density of parameters, left out for the MLE",
        "likelihood: density of the data",
    )
    assert statement_table(code[:1]) is None
