"""The report as a Word document, through python-docx."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from bayeswrap.report.document.docx_tables import (
    caption_xml,
    clean,
    page_number_xml,
    table_panels,
    table_xml,
)
from bayeswrap.report.document.plain_form import LISTS, plain_form, statement_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from bayeswrap.report.document.parts import CodeLine, Picture, Report, Section, Table

__all__ = [
    "to_docx",
]


_MARGIN, _WIDTH, _HEIGHT = 2.0, 21.0, 29.7  # cm, of a page of A4
_BODY, _SMALL, _CODE = 10.0, 8.0, 7.5  # points
_FONT, _CODE_FONT = "Arial", "Courier New"
_HEADINGS = {"Title": 20.0, "Heading 1": 14.0, "Heading 2": 12.0, "Heading 3": 10.5}


def to_docx(report: Report) -> bytes:
    """Return the document: headings, tables and captions in Word's own styles.

    Parameters
    ----------
    report : Report
        As it is built for a page of HTML.
    """
    import docx  # noqa: PLC0415 - a tenth of a second that only some users need

    plain, word = plain_form(report), _Word(docx.Document())
    word.set_up(f"{clean(plain.title)}: estimates compared")
    about = word.paragraph("")
    for fact in plain.about:
        about.add_run(f"{clean(fact.name)} ")
        about.add_run(clean(fact.text)).bold = True
        about.add_run("   ")
    word.paragraph("", lead=f"{plain.word}.")
    word.paragraph(plain.action)
    for badge in plain.badges:
        word.paragraph(badge.word, "List Bullet", lead=f"{badge.name}: ")
    word.sections(plain.sections, 1)
    if plain.glossary:
        word.document.add_heading("Glossary", 1)
    for name, meaning in plain.glossary:
        word.paragraph(meaning, lead=f"{name}: ")
    return word.content()


class _Word:
    """Writes sections, and numbers tables and figures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tables = self.figures = 0

    def set_up(self, title: str) -> None:
        """Set page, styles, page numbers and properties, and write the title."""
        from docx.shared import Cm  # noqa: PLC0415 - see to_docx

        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(_WIDTH), Cm(_HEIGHT)
        page.left_margin = page.right_margin = Cm(_MARGIN)
        page.top_margin = page.bottom_margin = Cm(_MARGIN)
        _set_styles(self.document)
        page.footer.is_linked_to_previous = False  # makes the footer, with an empty paragraph
        footer = page.footer.part.element
        footer.replace(footer[0], _parsed(page_number_xml()))
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        self.document.add_heading(title, 0)

    def paragraph(self, text: str, style: str | None = None, *, lead: str = "") -> Paragraph:
        """Add a paragraph, and return it; its lead is bold."""
        made = self.document.add_paragraph(style=style)
        if lead:
            made.add_run(clean(lead)).bold = True
        made.add_run(clean(text))
        return made

    def sections(self, sections: tuple[Section, ...], level: int) -> None:
        for one in sections:
            self.document.add_heading(clean(one.title), min(level, 9))
            if one.doubtful:
                self.paragraph(one.doubtful, lead="Not reliable. ")
            self._content(one)
            self.sections(one.parts, level + 1)

    def _content(self, one: Section) -> None:
        for text in one.text:
            self.paragraph(text, "List Bullet" if one.key in LISTS else None)
        for table in one.tables:
            self._table(table)
        for fact in one.facts:
            self.paragraph(fact.text, "List Bullet", lead=f"{fact.name}: ")
        for picture in one.pictures:
            self._picture(picture)
        if one.code:
            self._code(one.code)

    def _table(self, table: Table) -> None:
        for panel in table_panels(table):
            self.tables += 1
            self._add(caption_xml("Table", self.tables, panel.table.caption, above=True))
            self._add(table_xml(panel))
            for note in panel.table.notes:
                self.paragraph(note, "Table Note")
            self.paragraph("", "Table Note")

    def _picture(self, picture: Picture) -> None:
        """Add a figure in its own size, or as wide as the text."""
        from docx.shared import Cm  # noqa: PLC0415 - see to_docx

        made = self.document.add_paragraph()
        made.paragraph_format.keep_with_next = True
        run = made.add_run()
        shape = run.add_picture(io.BytesIO(picture.image("png")))
        widest = Cm(_WIDTH - 2 * _MARGIN)
        if shape.width > widest:
            shape.height, shape.width = round(shape.height * widest / shape.width), widest
        for properties in run.element.xpath(".//wp:docPr"):
            properties.set("descr", clean(picture.alt))
        self.figures += 1
        self._add(caption_xml("Figure", self.figures, picture.caption, above=False))

    def _code(self, code: tuple[CodeLine, ...]) -> None:
        width = len(str(code[-1].number))
        for line in code:
            text = clean(line.text.expandtabs(2).rstrip())
            self.document.add_paragraph(f"{line.number:>{width}}  {text}", "Code")
        statements = statement_table(code)
        if statements is not None:
            self._table(statements)

    def _add(self, xml: str) -> None:
        body = self.document.element.body
        body.insert_element_before(_parsed(xml), "w:sectPr")

    def content(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def _parsed(xml: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    from docx.oxml import parse_xml  # noqa: PLC0415 - see to_docx

    return parse_xml(xml)


def _set_styles(document: Document) -> None:
    """Set fonts and sizes of Word's own styles, and add those of tables, notes and code."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - see to_docx
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - see to_docx

    styles = document.styles
    for name in ("Table Text", "Table Note", "Code"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    sizes = {
        "Normal": _BODY,
        "Caption": _SMALL + 1,
        "Table Text": _SMALL,
        "Table Note": _SMALL,
        "Code": _CODE,
        **_HEADINGS,
    }
    for name, size in sizes.items():
        style = styles[name]
        style.font.size = Pt(size)
        style.font.name = _CODE_FONT if name == "Code" else _FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = name.startswith(("Title", "Heading"))
        fonts = style.element.rPr.rFonts
        for key in [k for k in fonts.attrib if k.endswith("Theme")]:
            del fonts.attrib[key]  # a theme's font would take precedence
        space = style.paragraph_format
        if name in {"Table Text", "Code"}:
            space.space_before = space.space_after = Pt(0)
        elif name in {"Normal", "Caption", "Table Note"}:
            space.space_before, space.space_after = Pt(0), Pt(4)
