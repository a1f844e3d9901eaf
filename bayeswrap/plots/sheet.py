"""Sheets of panels with one style and one legend. The only importer of matplotlib."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "CHAIN_COLOURS",
    "COLOURS",
    "DASHED",
    "MARKERS",
    "Canvas",
    "Dashes",
    "FigureSheet",
    "ImageFormat",
    "SeriesStyle",
    "figure_image",
    "key_of",
    "style_of",
    "svg_text",
]


# Okabe & Ito's palette: distinct with any colour vision; the markers differ in grey print
COLOURS = {
    "posterior": "#0072B2",
    "mle": "#D55E00",
    "marginal_mle": "#D55E00",
    "map_constrained": "#00795A",
    "map_unconstrained": "#00795A",
    "marginal_map": "#00795A",
    "laplace": "#A8487F",
    "pathfinder": "#B07D00",
    "prior": "#6E6E6E",
    "data": "#222222",
}
MARKERS = {
    "posterior": "o",
    "mle": "s",
    "marginal_mle": "s",
    "map_constrained": "D",
    "map_unconstrained": "D",
    "marginal_map": "P",
    "laplace": "^",
    "pathfinder": "v",
}
_OPEN = frozenset({"map_unconstrained", "marginal_mle"})  # drawn with a white face
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
# inches: left of the panels, between them, below each, and more above the first ones
_PLAIN = (0.45, 0.3, 0.52, 0.0)
_TITLED = (0.72, 0.72, 0.78, 0.2)
_COLUMN = 4.4  # inches: what is narrower is a column of a journal
_LEGEND_ENTRY = 3.1  # inches
_NARROW_HEIGHTS = {1: 2.0, 2: 1.7}  # of a panel, by the number beside each other
_NARROW_ALONE = 3  # as many panels stand below each other in a column
_SMALL = 7.0  # points
_NARROW_LEGEND = 0.155  # inches: a line of that size


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStyle:
    """How one series is drawn, and its label in the legend."""

    colour: str
    label: str
    marker: str = ""
    line: Dashes = "-"
    filled: bool = True
    patch: bool = False


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a figure is drawn: on axes of the user's own, or on a new figure of some width.

    Attributes
    ----------
    axes : sequence of Axes, or None
        One a panel; None for a new figure.
    width : float or None
        Of a new figure, in inches: 3.35 is a column of 85 mm. None for what the panels need.
    """

    axes: Sequence[Axes] | None = None
    width: float | None = None

    @classmethod
    def of(cls, axes: Axes | Iterable[Axes] | None, width: float | None = None) -> Canvas:
        """Return the canvas of one axes, of an array of axes, or of a new figure."""
        if axes is None:
            return cls(None, width)
        if hasattr(axes, "plot"):
            return cls((axes,), width)  # type: ignore[arg-type]  # one axes
        flat = axes.ravel() if hasattr(axes, "ravel") else axes
        return cls(tuple(flat), width)


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
    titled : bool, optional
        The same where each panel has a title, and short ticks and a name at its left.
    canvas : Canvas, optional
        Where it is drawn; a new figure by default.
    heights : sequence of float, optional
        Of panels below each other, in inches.

    Raises
    ------
    UsageError
        Fewer axes than panels.
    """

    def __init__(
        self,
        count: int,
        styles: Sequence[SeriesStyle],
        *,
        plain: bool = False,
        titled: bool = False,
        canvas: Canvas | None = None,
        heights: Sequence[float] | None = None,
    ) -> None:
        self._margins = _TITLED if titled else _PLAIN
        canvas = Canvas() if canvas is None else canvas
        self.panels: list[Axes]
        self.leftmost = frozenset(range(count))
        self.narrow = canvas.width is not None and canvas.width < _COLUMN
        self.is_new = canvas.axes is None
        if canvas.axes is None:
            known = (plain or titled) and heights is None
            self._make(count, styles, canvas.width, heights, plain=known)
        else:
            self._take(count, styles, canvas.axes)

    def _take(self, count: int, styles: Sequence[SeriesStyle], axes: Sequence[Axes]) -> None:
        """Draw on axes that exist, with the legend in the first of them."""
        if len(axes) < count:
            raise UsageError(
                "too few axes",
                where="axes=",
                got=f"{len(axes)} axes",
                expected=f"{count}, one a panel",
                do=f"pass {count} axes, or fewer parameters",
            )
        self.panels = [*axes[:count]]
        self.figure: Figure = self.panels[0].figure  # type: ignore[assignment]  # or a part of one
        for panel in self.panels:
            panel.spines[["top", "right"]].set_visible(False)
        if styles:
            handles = [key_of(style) for style in styles]
            self.panels[0].legend(handles=handles, fontsize=_SMALL, frameon=False)

    def _make(
        self,
        count: int,
        styles: Sequence[SeriesStyle],
        width: float | None,
        heights: Sequence[float] | None,
        *,
        plain: bool,
    ) -> None:
        """Make a figure with its panels, under the legend."""
        # matplotlib takes half a second to import: only who draws waits for it
        import matplotlib as mpl  # noqa: PLC0415 - see above
        from matplotlib.figure import Figure  # noqa: PLC0415 - see above

        columns = 1 if heights is not None else _columns(count, narrow=self.narrow)
        rows = -(-count // columns)
        wide = _WIDTHS[columns] if width is None else width
        per_line = _LEGEND_COLUMNS[columns] if width is None else int(wide / _LEGEND_ENTRY)
        legend_columns = max(min(len(styles), per_line), 1)
        line = _NARROW_LEGEND if self.narrow else _LEGEND_HEIGHT
        legend = line * -(-len(styles) // legend_columns)
        panel = _NARROW_HEIGHTS[columns] if self.narrow else _PANEL_HEIGHT
        high = (sum(heights) if heights is not None else panel * rows) + legend + 0.35
        with mpl.rc_context(_STYLE):
            self.figure = Figure(figsize=(wide, high), layout=None if plain else "constrained")
            ratios = {} if heights is None else {"height_ratios": heights}
            grid = self.figure.subplots(rows, columns, squeeze=False, gridspec_kw=ratios).ravel()
            if plain:
                self._set_margins(wide, high, legend, (rows, columns))
            for spare in grid[count:]:
                spare.remove()
            self.figure.legend(
                handles=[key_of(style) for style in styles],
                loc="upper left" if plain else "outside upper left",
                ncols=legend_columns,
                fontsize=_SMALL if self.narrow else _STYLE["legend.fontsize"],
            )
        _show_in_notebooks(self.figure)
        self.panels = list(grid[:count])
        self.leftmost = frozenset(range(0, count, columns))

    def _set_margins(
        self, width: float, height: float, legend: float, grid: tuple[int, int]
    ) -> None:
        """Give each panel the same room, in inches, for its ticks and its name."""
        rows, columns = grid
        left, between, gap, more = self._margins
        below, above = 0.12 + _PLAIN[2], legend + 0.25 + more
        tall = (height - below - above - (rows - 1) * gap) / rows
        wide = (width - left - 0.15 - (columns - 1) * between) / columns
        self.figure.subplots_adjust(
            left=left / width,
            right=1 - 0.15 / width,
            bottom=below / height,
            top=1 - above / height,
            hspace=gap / tall,
            wspace=between / wide,
        )

    def label_x(self, panel: int, text: str) -> None:
        """Name the horizontal axis: a user's own word, never read as mathematics."""
        from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - see FigureSheet

        self.panels[panel].set_xlabel(text, parse_math=False)
        ticks = MaxNLocator(nbins=4 if self.narrow else 5, steps=[1, 2, 5, 10])
        self.panels[panel].xaxis.set_major_locator(ticks)

    def label_y(self, panel: int, text: str) -> None:
        """Name the vertical axis, once a row."""
        if panel in self.leftmost:
            self.panels[panel].set_ylabel(text)

    def note(self, text: str) -> None:
        """Write a line under the panels of a new figure; others keep what they have."""
        if text and self.is_new:
            self.figure.supxlabel(text, fontsize=8, color="#444444", parse_math=False, wrap=True)


def _columns(count: int, *, narrow: bool) -> int:
    if narrow:
        return 1 if count <= _NARROW_ALONE else 2
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


def style_of(kind: str, label: str, line: Dashes = "-") -> SeriesStyle:
    """Return how a kind of estimate is drawn wherever it is drawn.

    Parameters
    ----------
    kind : str
        A key of `MARKERS`.
    label : str
        For the legend.
    line : str or tuple, optional
        Of its interval.

    Examples
    --------
    >>> style_of("mle", "MLE").marker, style_of("map_unconstrained", "MAP").filled
    ('s', False)
    """
    return SeriesStyle(
        colour=COLOURS[kind],
        label=label,
        marker=MARKERS[kind],
        line=line,
        filled=kind not in _OPEN,
    )


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
