"""Take the pictures of reports in the documentation: ``python tools/take_pictures.py [name ...]``.

Chromium shows a report without all but one section, unfolded, and writes what it shows into
``docs/pictures``. Run it again where the page has changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from PIL import Image, ImageChops

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 128  # of a picture
MARGIN = 16  # pixels below what is shown
WIDTH = 1000  # pixels of the page

# what is left of the page, and its height as the title of the document
_SCRIPT = """
<script>
const kept = new Set();
for (const one of document.querySelectorAll(%s)) {
  for (let n = one; n; n = n.parentElement) kept.add(n);
  for (const within of one.querySelectorAll("*")) kept.add(within);
  for (let n = one; n; n = n.parentElement) if (n.tagName === "DETAILS") n.open = true;
  const first = one.querySelector("details");
  if (first) first.open = true;
}
for (const one of document.body.querySelectorAll("*")) if (!kept.has(one)) one.remove();
for (const one of document.querySelectorAll(%s)) one.open = true;
document.title = "height " + Math.ceil(document.body.getBoundingClientRect().bottom);
</script>
"""


@dataclass(frozen=True)
class Picture:
    """A picture: of which report, which parts of it, which folds are open, how fine."""

    report: str
    parts: str
    unfolded: str = "none"
    scale: int = 1
    width: int = WIDTH


FIRST_SCREEN = "header, section.verdict, #overview"
PICTURES_OF = {
    "wells": Picture("wells", FIRST_SCREEN, scale=2),
    "first-screen": Picture("scores", FIRST_SCREEN),
    "first-screen-with-flags": Picture("separated", FIRST_SCREEN),
    "results": Picture("wells", "#results", "#results details"),
    "agreement": Picture("scores", "#agreement", width=1120),
    "model-fit": Picture("scores", "#fit"),
    "prior": Picture("scores", "#prior"),
    "computation": Picture("scores", "#computation", "#searches details"),
    "checks": Picture("separated", "#checks"),
    "program": Picture("scores", "#program"),
    "methods": Picture("scores", "#methods"),
}


def wells() -> bw.Comparison:
    """Return a regression of many rows, where all estimates agree."""
    frame = bw.library["logistic_regression"].example_data
    formula = "switched ~ dist100 + arsenic"
    return bw.analyze(bw.glm(formula, frame, family="bernoulli", engine="stanli"), seed=1)


def scores() -> bw.Comparison:
    """Return a regression with predictions."""
    entry = bw.library["linear_regression"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    return bw.analyze(model, seed=1)


def separated() -> bw.Comparison:
    """Return a small trial whose outcomes a predictor separates."""
    dose = np.repeat([0.5, 1.0, 2.0, 4.0], 5)
    frame = pd.DataFrame({"cured": (dose > 1.5).astype(int), "dose": dose})  # noqa: PLR2004
    return bw.analyze(bw.glm("cured ~ dose", frame, family="bernoulli", engine="stanli"), seed=1)


REPORTS: dict[str, Callable[[], bw.Comparison]] = {
    "wells": wells,
    "scores": scores,
    "separated": separated,
}


def take(names: Sequence[str]) -> None:
    """Write the pictures of these names."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages: dict[str, str] = {}
        for name in names:
            picture = PICTURES_OF[name]
            if picture.report not in pages:
                path = REPORTS[picture.report]().report(Path(folder) / f"{picture.report}.html")
                pages[picture.report] = path.read_text(encoding="utf-8")
            shot(pages[picture.report], picture, PICTURES / f"{name}.png", Path(folder))
            print(name, (PICTURES / f"{name}.png").stat().st_size)


def shot(page: str, picture: Picture, to: Path, folder: Path) -> None:
    """Show the parts of a page, and keep what chromium shows."""
    script = _SCRIPT % (repr(picture.parts), repr(picture.unfolded))
    shown = folder / "shown.html"
    shown.write_text(page.replace("</body>", f"{script}</body>"), encoding="utf-8")
    found = re.search(r"<title>height (\d+)", _chromium(shown, picture, 2000, "--dump-dom"))
    height = int(found.group(1)) if found else WIDTH
    raw = folder / "raw.png"
    _chromium(shown, picture, height + 8, f"--screenshot={raw}")
    with Image.open(raw) as image:
        picture_only = image.convert("RGB")
        blank = Image.new("RGB", picture_only.size, picture_only.getpixel((0, 0)))
        *_, bottom = ImageChops.difference(picture_only, blank).getbbox() or picture_only.size
        picture_only = picture_only.crop((0, 0, picture_only.width, bottom + MARGIN))
        # of rare colours, as those of thin lines, none is lost
        picture_only.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(to, optimize=True)


def _chromium(page: Path, picture: Picture, height: int, what: str) -> str:
    browser = shutil.which("chromium") or sys.exit("chromium is missing: make page-tools")
    arguments = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        f"--force-device-scale-factor={picture.scale}",
        f"--window-size={picture.width},{height}",
        "--virtual-time-budget=3000",
    )
    command = [str(browser), *arguments, what, page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return done.stdout


if __name__ == "__main__":
    take(sys.argv[1:] or list(PICTURES_OF))
