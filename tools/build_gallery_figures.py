"""Draw the figures of the pages in docs/gallery and docs/concepts from the code on these pages.

Run it from the project's root: ``python tools/build_gallery_figures.py [page ...]``, all pages by
default. The examples of a page run as its tests do. What they call ``figure`` at the end becomes
``pictures/<page>.png`` beside it.
"""

from __future__ import annotations

import doctest
import io
import os
import sys
import tempfile
import warnings
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

DOCS = Path(__file__).parents[1] / "docs"
FOLDERS = ("gallery", "concepts")
LARGEST = 80_000  # bytes of a picture, which git keeps for ever

_PIXELS = 100  # an inch
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def pages() -> list[Path]:
    """Return the pages that have a figure."""
    found = (path for folder in FOLDERS for path in sorted((DOCS / folder).glob("*.md")))
    return [path for path in found if path.stem != "index"]


def picture_of(page: Path) -> Path:
    """Return where the figure of a page is stored."""
    return page.parent / "pictures" / f"{page.stem}.png"


def figure_of(page: Path) -> Figure:
    """Run the examples of a page, whose outputs its own test compares, and return its figure."""
    text = page.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page.stem, str(page), 0)
    runner = doctest.DocTestRunner(verbose=False, optionflags=_FLAGS)
    differences = io.StringIO()
    # examples may write files
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        runner.run(test, out=differences.write, clear_globs=False)
    figure: Figure | None = test.globs.get("figure")
    if figure is None:
        sys.exit(f"{page} makes no figure\n{differences.getvalue()}")
    return figure


def main(names: Sequence[str]) -> None:
    """Draw the figures of some pages, or of all."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    warnings.simplefilter("error")
    for page in pages():
        if names and page.stem not in names:
            continue
        picture = picture_of(page)
        picture.parent.mkdir(exist_ok=True)
        figure_of(page).savefig(picture, dpi=_PIXELS)
        print(f"{picture.relative_to(DOCS)}: {picture.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
