"""A row of a forest plot as a few bytes of SVG, coloured by the page's own style sheet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bayeswrap.report.document.parts import Interval, Strip

__all__ = [
    "key_svg",
    "strip_svg",
]


_WIDTH, _MARGIN = 240, 7
_LANE = 9  # height of a lane, for one kind of estimate
_ELEMENTS = 66  # height of a caterpillar plot
_SIZE = 3.2  # half a marker
_SHAPES = {
    "posterior": "M{x} {y}m-{s} 0a{s} {s} 0 1 0 {d} 0a{s} {s} 0 1 0 -{d} 0z",
    "mle": "M{x} {y}m-{s} -{s}h{d}v{d}h-{d}z",
    "map": "M{x} {y}m0 -{s}l{s} {s}l-{s} {s}l-{s} -{s}z",
}


def strip_svg(strip: Strip) -> Markup:
    """Return the strip as an image in the page, with its words for those who cannot see it."""
    height = _ELEMENTS if strip.elements else _LANE * max(len(strip.marks), 1) + 4
    body = "".join([*_zero(strip, height), *_elements(strip, height), *_marks(strip)])
    return Markup(
        '<svg class="strip" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="{2}">{3}</svg>'
    ).format(_WIDTH, height, strip.words, Markup(body))  # noqa: S704 - numbers and fixed shapes alone


def key_svg(kind: str) -> Markup:
    """Return the marker of a kind of estimate, for the key of a table."""
    shape = _marker(kind, 14.0, 6.0)
    line = f'<path class="k-{escape(kind)}" d="M2 6h24"/>'
    head = '<svg class="key" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">'
    return Markup("{}").format(Markup(f"{head}{line}{shape}</svg>"))  # noqa: S704 - fixed shapes alone


def _place(strip: Strip, value: float) -> float:
    """Return where a value lies, at most at the edge of the strip."""
    span = strip.high - strip.low
    share = 0.5 if not span > 0 else (value - strip.low) / span
    return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * min(max(share, 0.0), 1.0), 1)


def _zero(strip: Strip, height: int) -> Iterator[str]:
    if strip.low < 0 < strip.high:
        yield f'<path class="zero" d="M{_place(strip, 0.0):g} 0v{height}"/>'


def _marks(strip: Strip) -> Iterator[str]:
    for lane, mark in enumerate(strip.marks):
        y = 2 + _LANE * (lane + 0.5)
        if math.isfinite(mark.lower) and math.isfinite(mark.upper):
            path = _line(strip, mark, y)
            yield f'<path class="k-{mark.kind}" d="{path}"/>'
        if math.isfinite(mark.value):
            outside = not strip.low <= mark.value <= strip.high
            x = _place(strip, mark.value)
            yield _arrow(mark, x, y, strip) if outside else _marker(mark.kind, x, y)


def _line(strip: Strip, mark: Interval, y: float) -> str:
    return f"M{_place(strip, mark.lower):g} {y:g}H{_place(strip, mark.upper):g}"


def _marker(kind: str, x: float, y: float) -> str:
    shape = _SHAPES[kind].format(x=f"{x:g}", y=f"{y:g}", s=_SIZE, d=2 * _SIZE)
    return f'<path class="m-{kind}" d="{shape}"/>'


def _arrow(mark: Interval, x: float, y: float, strip: Strip) -> str:
    """Return an arrow at the edge for an estimate that lies beyond it."""
    step = _MARGIN if mark.value > strip.high else -_MARGIN
    path = f"M{x:g} {y - _SIZE:g}l{step} {_SIZE}l{-step} {_SIZE}z"
    return f'<path class="m-{mark.kind}" d="{path}"/>'


def _elements(strip: Strip, height: int) -> Iterator[str]:
    """Draw the elements of a vector below each other, in ascending order, as two paths."""
    if not strip.elements:
        return
    kind = strip.elements[0].kind
    lines = [
        (mark, 2 + (height - 4) * (1 - (i + 0.5) / len(strip.elements)))
        for i, mark in enumerate(strip.elements)
    ]
    drawn = ((m, y) for m, y in lines if math.isfinite(m.lower) and math.isfinite(m.upper))
    yield f'<path class="e-{kind}" d="{_joined(_line(strip, m, round(y, 1)) for m, y in drawn)}"/>'
    dots = (f"M{_place(strip, m.value):g} {y:.1f}h0" for m, y in lines if math.isfinite(m.value))
    yield f'<path class="d-{kind}" d="{_joined(dots)}"/>'


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)
