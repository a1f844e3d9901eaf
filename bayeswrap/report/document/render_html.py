"""The report as one HTML page that needs no network."""

from __future__ import annotations

import base64
import functools
from typing import TYPE_CHECKING

import jinja2

from bayeswrap.report.document.figure_scheme import in_scheme
from bayeswrap.report.document.glossary import ROLES
from bayeswrap.report.document.strip_svg import key_svg, strip_svg
from bayeswrap.report.document.word_breaks import breakable

if TYPE_CHECKING:
    from bayeswrap.report.document.parts import Report

__all__ = [
    "to_html",
]


def to_html(report: Report) -> str:
    """Return the page: styles and figures inside, every word of the user's escaped."""
    return _environment().get_template("page.html.j2").render(report=report, roles=ROLES)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bayeswrap.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "data_uri": _data_uri,
        "breakable": breakable,
        "strip": strip_svg,
        "key": key_svg,
    }
    return environment


def _data_uri(svg: str) -> str:
    """Return an image's address that holds the image: figures cannot share their inner names."""
    return "data:image/svg+xml;base64," + base64.b64encode(in_scheme(svg).encode()).decode()
