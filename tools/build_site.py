"""Build the documentation site: ``python tools/build_site.py [folder]``, by default ``out/site``.

The pages are laid out beside it, in ``<folder>-pages``. A broken link, a page without a place in
the navigation and an API entry that does not exist stop the build.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import site_pages

SITE = Path(__file__).parent / "site"


def build(folder: Path) -> int:
    """Build the site into a folder; return the exit code of the builder."""
    source = folder.with_name(f"{folder.name}-pages")
    settings = prepare(source, folder)
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(settings)]
    # the API pages describe this copy of the package; the theme's news are no warnings about pages
    environment = os.environ | {"PYTHONPATH": str(SITE.parents[1]), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, check=False, env=environment).returncode


def prepare(source: Path, folder: Path) -> Path:
    """Lay out the pages and write the builder's settings; return their file."""
    names = site_pages.lay_out(source)
    for path in SITE.glob("*.*"):
        if path.suffix != ".yml":
            site_pages.copy(path, source / path.name)
    settings = source.with_suffix(".json")  # JSON is YAML
    content = {
        "INHERIT": str(SITE / "mkdocs.yml"),
        "docs_dir": str(source),
        "site_dir": str(folder),
        "nav": site_pages.navigation(names),
    }
    settings.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return settings


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1] if len(sys.argv) > 1 else "out/site").resolve()))
