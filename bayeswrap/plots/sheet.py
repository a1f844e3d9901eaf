"""Sheets of panels with one style and one legend. The only importer of matplotlib."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "CHAIN_COLOURS",
    "COLOURS",
    "DASHED",
    "Dashes",
    "FigureSheet",
    "ImageFormat",
    "SeriesStyle",
    "figure_image",
    "key_of",
    "svg_text",
]


# Okabe & Ito's palette: distinct with any colour vision; the markers differ in grey print
COLOURS = {
    "posterior": "#0072B2",
    "mle": "#D55E00",
    "map_constrained": "#00795A",
    "map_unconstrained": "#00795A",
    "laplace": "#A8487F",
    "pathfinder": "#B07D00",
    "prior": "#6E6E6E",
}
CHAIN_COLOURS = ("#0072B2", "#D55E00", "#00795A", "#A8487F", "#56B4E9", "#B07D00")

Dashes: TypeAlias = str | tuple[int, tuple[int, int]]
DASHED: Dashes = (0, (4, 2))
ImageFormat: TypeAlias = Literal["svg", "png", "pdf"]

_STYLE = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.edgecolor": "#444444",
    "axes.labelcolor": "#222222",
    "axes.titlesize": 9.0,
    "axes.titleweight": "normal",
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-4, 5),
    "svg.fonttype": "none",
    "svg.hashsalt": "bayeswrap",
    "pdf.fonttype": 42,  # TrueType: journals refuse matplotlib's own fonts of type 3
}
_PNG_DPI = 160  # pixels an inch: sharp at the width of a page
# what would make two files of the same figure differ
_NO_METADATA = {
    "svg": ("Date", "Creator", "Format", "Type"),
    "png": ("Software",),
    "pdf": ("CreationDate", "Creator", "Producer"),
}
_PANEL_HEIGHT = 2.25
_WIDTHS = {1: 5.6, 2: 8.0, 3: 9.2, 4: 10.4}
_LEGEND_COLUMNS = {1: 1, 2: 2, 3: 2, 4: 3}
_FEW, _MANY = 4, 12
_LEGEND_HEIGHT = 0.24
_LEFT, _BETWEEN, _BELOW = 0.45, 0.3, 0.52  # inches beside and below a panel of a plain sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStyle:
    """How one series is drawn, and its label in the legend."""

    colour: str
    label: str
    marker: str = ""
    line: Dashes = "-"
    filled: bool = True
    patch: bool = False


class FigureSheet:
    """A figure with one panel a parameter, under one legend.

    Parameters
    ----------
    count : int
        Panels; at least one.
    styles : sequence of SeriesStyle
        Entries of the legend.
    plain : bool, optional
        Whether no panel has long ticks at its left, nor a title: the margins are then known, and
        nothing is drawn twice to find them.
    """

    def __init__(self, count: int, styles: Sequence[SeriesStyle], *, plain: bool = False) -> None:
        # matplotlib takes half a second to import: only who draws waits for it
        import matplotlib as mpl  # noqa: PLC0415 - see above
        from matplotlib.figure import Figure  # noqa: PLC0415 - see above

        columns = _columns(count)
        rows = -(-count // columns)
        legend_columns = min(len(styles), _LEGEND_COLUMNS[columns])
        legend = _LEGEND_HEIGHT * -(-len(styles) // max(legend_columns, 1))
        with mpl.rc_context(_STYLE):
            width, height = _WIDTHS[columns], _PANEL_HEIGHT * rows + legend + 0.35
            self.figure = Figure(figsize=(width, height), layout=None if plain else "constrained")
            grid = self.figure.subplots(rows, columns, squeeze=False).ravel()
            if plain:
                self._set_margins(width, height, legend, (rows, columns))
            for spare in grid[count:]:
                spare.remove()
            self.figure.legend(
                handles=[key_of(style) for style in styles],
                loc="upper left" if plain else "outside upper left",
                ncols=legend_columns,
            )
        _show_in_notebooks(self.figure)
        self.panels: list[Axes] = list(grid[:count])
        self.leftmost = frozenset(range(0, count, columns))

    def _set_margins(
        self, width: float, height: float, legend: float, grid: tuple[int, int]
    ) -> None:
        """Give each panel the same room, in inches, for its ticks and its name."""
        rows, columns = grid
        below, above = 0.12 + _BELOW, legend + 0.25
        tall = (height - below - above - (rows - 1) * _BELOW) / rows
        wide = (width - _LEFT - 0.15 - (columns - 1) * _BETWEEN) / columns
        self.figure.subplots_adjust(
            left=_LEFT / width,
            right=1 - 0.15 / width,
            bottom=below / height,
            top=1 - above / height,
            hspace=_BELOW / tall,
            wspace=_BETWEEN / wide,
        )

    def label_x(self, panel: int, text: str) -> None:
        """Name the horizontal axis: a user's own word, never read as mathematics."""
        from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - see FigureSheet

        self.panels[panel].set_xlabel(text, parse_math=False)
        self.panels[panel].xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))

    def label_y(self, panel: int, text: str) -> None:
        """Name the vertical axis, once a row."""
        if panel in self.leftmost:
            self.panels[panel].set_ylabel(text)

    def note(self, text: str) -> None:
        """Write a line under the panels."""
        if text:
            self.figure.supxlabel(text, fontsize=8, color="#444444", parse_math=False, wrap=True)


def _columns(count: int) -> int:
    if count <= _FEW:
        return {1: 1, 3: 3}.get(count, 2)
    return 3 if count <= _MANY else 4


def key_of(style: SeriesStyle) -> Artist:
    """Return the legend's handle for a style."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - see FigureSheet
    from matplotlib.patches import Patch  # noqa: PLC0415 - see FigureSheet

    if style.patch:
        return Patch(facecolor=style.colour, alpha=0.35, edgecolor=style.colour, label=style.label)
    return Line2D(
        [],
        [],
        color=style.colour,
        linestyle=style.line,
        linewidth=1.6,
        marker=style.marker or "",
        markersize=5.5,
        markerfacecolor=style.colour if style.filled else "white",
        label=style.label,
    )


def _show_in_notebooks(figure: Figure) -> None:
    """Give a figure its picture: without pyplot no notebook knows how to show it."""
    vars(figure)["_repr_png_"] = partial(figure_image, figure, "png")


def svg_text(figure: Figure) -> str:
    """Return a figure as an SVG document without dates, the same for the same figure.

    Examples
    --------
    >>> svg_text(FigureSheet(1, []).figure).startswith("<?xml")
    True
    """
    return figure_image(figure, "svg").decode()


def figure_image(figure: Figure, file_format: ImageFormat) -> bytes:
    """Return a figure as a file of this format, the same for the same figure."""
    import matplotlib as mpl  # noqa: PLC0415 - see FigureSheet

    stream = io.BytesIO()
    nothing = dict.fromkeys(_NO_METADATA[file_format])
    with mpl.rc_context(_STYLE):
        figure.savefig(stream, format=file_format, metadata=nothing, dpi=_PNG_DPI)
    return stream.getvalue()
