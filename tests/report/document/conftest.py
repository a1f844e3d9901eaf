"""A report of every kind of part, with hostile names; nothing is estimated or drawn for it."""

from __future__ import annotations

import base64

import pytest

from bayeswrap.report.document.parts import (
    Badge,
    Cell,
    CodeLine,
    Column,
    Fact,
    Interval,
    Picture,
    Report,
    Row,
    Section,
    Strip,
    Table,
)

# names as they come from data frames, each a danger for one of the formats
HOSTILE = (
    "Körpergröße (cm)",
    "<b>x&y</b>",
    "y; DROP TABLE",
    r"50% \of #1 {~^} $x_1$",
    "θ_λ | `code` *bold*",
    "中文 🎲 имя",
    "a_very_long_name_of_a_column_that_nobody_abbreviates_before_it_is_read",
)
_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8Dw/z8DAA0BA/2Tqd2bAAAAAElF"
    "TkSuQmCC"
)
_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100]>> endobj
trailer <</Root 1 0 R>>
"""
_IMAGES = {"png": base64.b64decode(_PNG), "pdf": _PDF, "svg": b"<?xml?><svg/>"}


def _strip(value):
    return Strip(0.0, 1.0, marks=(Interval("mle", value, 0.0, 1.0),), decimals=2)


def _overview():
    rows = [
        Row(
            f"beta[{name}]",
            (
                Cell("\N{MINUS SIGN}0.12 (0.03)", "MAP"),
                Cell("", strip=_strip(0.5)),
                Cell("R\N{NON-BREAKING HYPHEN}hat 1.2", tone="bad"),
            ),
        )
        for name in HOSTILE
    ]
    vector = Row(
        "z",
        (Cell("0 to 1"), Cell("", strip=Strip(0.0, 1.0, elements=_strip(0.5).marks)), Cell("")),
        below="300 elements",
        link="vector-z",
    )
    columns = (
        Column("estimate", "(spread)", meaning="What to report."),
        Column("estimates compared", meaning="Each with its interval."),
        Column("flag", words=True, meaning="What stands against it."),
    )
    return Table(
        key="overview",
        caption="Estimates of <b>all</b> & more_than_that",
        stub=Column("parameter"),
        columns=columns,
        rows=(*rows, vector),
        marks=(("mle", "MLE"),),
    )


def _wide():
    heads = [("Likelihood", "MLE"), ("Posterior (NUTS)", "mean"), ("Posterior (NUTS)", "sd")]
    columns = tuple(
        Column(f"{head} {i}", "(spread)", group=f"{group} {i}")
        for i in range(5)
        for group, head in heads
    )
    numbers = tuple(
        Cell("1.2×10⁻⁹", "(0.1)", hint="on the edge" if i == 3 else "")  # noqa: RUF001 - as shown
        for i in range(15)
    )
    return Table(
        key="comparison",
        caption="All estimates",
        stub=Column("parameter", "recommendation"),
        columns=columns,
        rows=(Row("alpha", numbers, tone="bad", below="report the posterior"),),
        notes=("No note.",),
    )


def _elements():
    return Table(
        key="elements",
        caption="Elements of z",
        stub=Column("parameter"),
        columns=(Column("estimate"), Column("flag", words=True)),
        rows=tuple(Row(f"z[{i}]", (Cell(f"{i / 300:.2f}"), Cell(""))) for i in range(300)),
    )


def _words():
    columns = tuple(Column(h, words=True) for h in ("outcome", "evidence", "advice"))
    sentence = "the maximum is verified by a zero gradient and a negative definite Hessian; " * 3
    return Table(
        key="checks",
        caption="Checks",
        stub=Column("check"),
        columns=columns,
        rows=(
            Row(
                "convergence of the chains",
                (Cell("failed", tone="bad"), Cell(sentence), Cell("R-hat <= 1.01")),
                tone="bad",
                below="sampler_not_converged",
            ),
        ),
    )


_CODE = (
    CodeLine(1, "data { int N; } // größer_als 100% `x` \\ {~}"),
    CodeLine(2, "model {"),
    CodeLine(3, "  alpha ~ normal(0, 2.5);", "prior", "outcome is a parameter", first=True),
    CodeLine(
        4, "  " + "y ~ normal(alpha + beta * x, sigma); " * 5, "likelihood", "data", first=True
    ),
    CodeLine(5, "}"),
)


@pytest.fixture(scope="session")
def hostile_report() -> Report:
    picture = Picture(
        image=_IMAGES.__getitem__, alt='Density of "θ_λ" & <b>more</b>.', caption="Densities, 50 %."
    )
    vector = Section(key="vector-z", title="z: 300 elements", tables=(_elements(),), folded=True)
    inner = Section(key="estimates", title="Side by side", tables=(_wide(),), pictures=(picture,))
    theory = Section(
        key="theory",
        title="Decomposition",
        text=("log posterior = log likelihood + const", "Words."),
        facts=(Fact("at the MLE", "\N{MINUS SIGN}1 + const"),),
    )
    return Report(
        title="model_of_50%_<b>",
        about=(Fact("data", "my data_set & more.csv"), Fact("n", "80")),
        word="Report the posterior of θ_λ, 50% and <b>x&y</b>",
        tone="bad",
        action="Use a prior.",
        badges=(Badge("sampler", "converged", "good"), Badge("prior", "some influence", "open")),
        summary="Report it.",
        sections=(
            Section(
                key="overview",
                title="What to report",
                tables=(_overview(),),
                parts=(vector,),
                doubtful="These numbers cannot be relied on.",
            ),
            Section(
                key="agreement", title="Agreement", text=("- No list.",), parts=(inner, theory)
            ),
            Section(key="checks", title="Checks: 1 failed", tables=(_words(),)),
            Section(key="program", title="Program", code=_CODE),
            Section(key="citations", title="References", text=("Vehtari (2021). R_hat.", "Gelman")),
            Section(
                key="record",
                title="Run record",
                facts=(Fact("SHA-256", "4cfa6ffaeb72" * 5, code=True),),
            ),
        ),
    )
