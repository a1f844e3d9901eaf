"""Where Stan is on this machine, and which homes have been assembled."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.engine.installation.home import (
    Candidate,
    Manifest,
    StanHome,
    candidates,
    engines_root,
    read_manifest,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "EngineStatus",
    "status",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """Where Stan is, and what has been assembled.

    Attributes
    ----------
    home : StanHome or None
        The home in use.
    candidates : tuple of Candidate
        Every place where Stan was looked for, with the reason why it was passed over.
    assembled : tuple of (Path, Manifest)
        The assembled homes, also those of earlier versions and compilers.
    root : Path
        The folder of the assembled homes.
    """

    home: StanHome | None
    candidates: tuple[Candidate, ...]
    assembled: tuple[tuple[Path, Manifest], ...]
    root: Path

    def __str__(self) -> str:
        used = f"{self.home.path}\n  {self.home.description}" if self.home else "none"
        lines = [f"Stan in use: {used}", "Looked for, in this order:"]
        lines += [f"  {c.origin}: {c.path}: {c.reason or 'usable'}" for c in self.candidates]
        lines += [f"Assembled in {self.root}:"]
        lines += [f"  {path.name}: {_cost(made)}" for path, made in self.assembled] or ["  nothing"]
        return "\n".join(lines)


def _cost(made: Manifest) -> str:
    return (
        f"Stan {made.stan_version}, front end {made.frontend_hash}, {made.compiler}; "
        f"{made.megabytes} MB, built in {made.seconds:.0f} s "
        f"({made.cpu_seconds:.0f} CPU s, peak {made.peak_megabytes} MB)"
    )


def status() -> EngineStatus:
    """Return where Stan is, and what has been assembled."""
    places, root = candidates(), engines_root()
    folders = sorted(root.iterdir()) if root.is_dir() else []
    manifests = ((folder, _manifest(folder)) for folder in folders)
    return EngineStatus(
        home=next((c.home for c in places if c.home), None),
        candidates=places,
        assembled=tuple((folder, manifest) for folder, manifest in manifests if manifest),
        root=root,
    )


def _manifest(folder: Path) -> Manifest | None:
    # a damaged one counts as none here: `judge` reports it, and the next build replaces it
    with contextlib.suppress(OSError, ValueError, TypeError):
        return read_manifest(folder)
    return None
