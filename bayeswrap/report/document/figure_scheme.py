"""The colours of a figure in a page, which follow the page's light or dark scheme."""

from __future__ import annotations

import re

__all__ = [
    "DARK",
    "in_scheme",
]


# by colour on white paper: the colour on the dark paper of the page, as the page's own variables
DARK = {
    "#ffffff": "#15181b",
    "#000000": "#ffffff",
    "#222222": "#e6e9ec",
    "#444444": "#a9b2bb",
    "#6e6e6e": "#a9b2bb",
    "#0072b2": "#56b4e9",
    "#d55e00": "#ff9147",
    "#00795a": "#3ecfa0",
    "#a8487f": "#e59ac6",
    "#b07d00": "#d8c15e",
    "#56b4e9": "#9ad6f7",
}
_STYLE = re.compile(r'style="[^"]*"')
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_TEXT = "#222222"  # of text that names no colour


def in_scheme(svg: str) -> str:
    """Return an SVG whose colours are variables, with other values where the scheme is dark.

    A browser applies the scheme to images, too. On paper, and in a program that knows no schemes,
    the figure keeps the colours of a light page.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.

    Examples
    --------
    >>> in_scheme('<svg width="9"><path style="fill: #ffffff"/></svg>')[-50:]
    '</style><path style="fill: var(--cffffff)"/></svg>'
    """
    used = {_TEXT} | {
        colour
        for style in _STYLE.findall(svg)
        for colour in _COLOUR.findall(style)
        if colour in DARK
    }
    body = _STYLE.sub(lambda style: _COLOUR.sub(_variable, style[0]), svg)
    order = sorted(used)
    light = ";".join(f"--c{c[1:]}:{c}" for c in order)
    dark = ";".join(f"--c{c[1:]}:{DARK[c]}" for c in order)
    rules = (
        f"<style>:root{{{light}}}text{{fill:var(--c{_TEXT[1:]})}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    )
    start = body.index(">", body.index("<svg")) + 1
    return f"{body[:start]}{rules}{body[start:]}"


def _variable(colour: re.Match[str]) -> str:
    return f"var(--c{colour[0][1:]})" if colour[0] in DARK else colour[0]
