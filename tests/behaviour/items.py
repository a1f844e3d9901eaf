"""What is frozen, item by item; each item is recorded in a process of its own."""

from __future__ import annotations

import functools
import html.parser
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plain import DROPPED, attempt, frame, plain, text, told
from samples import GOLD, RESULTS, Samples
from saved import SUFFIX, neutral
from surface import surface

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable

# likelihoods that are written without a density: their role must be said
_SAID = {"glm/lmm_sleepstudy_intercept": {"26": "likelihood", "28": "likelihood"}}


def all_items() -> dict[str, Callable[[], Any]]:
    """Return what can be frozen, by name, the quickest kinds first."""
    found: dict[str, Callable[[], Any]] = {"public": _public}
    found |= {f"result/{name}": functools.partial(_sample, name) for name in RESULTS}
    found["result/html"] = _html
    saved = sorted((GOLD / "saved").glob(f"*{SUFFIX}"))
    found |= {f"saved/{p.stem}": functools.partial(_loaded, p) for p in saved}
    found |= {f"library/{name}": functools.partial(_library, name) for name in bw.library}
    found |= {f"gold/{name}": functools.partial(_gold, name, p) for name, p in _programs().items()}
    return found


def _programs() -> dict[str, Path]:
    """Return the gold programs by name; those of a second folder where they are others."""
    found: dict[str, Path] = {}
    texts = set[tuple[bytes, bytes]]()
    for root in (GOLD, Path(os.environ.get("BAYESWRAP_GOLD", GOLD))):
        for path in sorted(root.glob("*/*/program*.stan")):
            data = path.with_name("data.json")
            if not data.is_file():
                continue
            both = path.read_bytes(), data.read_bytes()
            if both not in texts:
                texts.add(both)
                more = path.stem.removeprefix("program")
                found[f"{path.parent.relative_to(root)}{more}"] = path
    return found


def _public() -> dict[str, Any]:
    samples = Samples()
    made = [attempt(lambda name=name: samples.made(name)) for name in RESULTS]
    return surface(made)


def _sample(name: str) -> dict[str, Any]:
    samples = Samples()
    found = attempt(lambda: told(samples.made(name)))
    return {**found, "warnings": [text(w) for w in samples.heard(name)]}


def _loaded(path: Path) -> dict[str, Any]:
    return told(bw.load(path))


def _library(name: str) -> dict[str, Any]:
    entry = bw.library[name]
    source = {"engine": "stanli", **entry.columns}
    found: dict[str, Any] = {"card": text(str(entry.card)), "roles": told(entry.program.roles())}
    if not entry.program.variables_in("parameters"):
        model = bw.Model(entry.program, entry.example_data, **source)
        return {**found, "enumeration": told(model.enumerate())}
    comparison = bw.analyze(
        entry.program,
        entry.example_data,
        seed=1,
        show_progress=False,
        **source,
    )
    return {**found, **_compared(comparison), "facts": _facts(comparison)}


def _gold(name: str, path: Path) -> dict[str, Any]:
    program = bw.Program.from_file(path).with_roles(_SAID.get(name))
    data = path.with_name("data.json")
    if not program.variables_in("parameters"):
        return {"enumeration": told(bw.Model(program, data, engine="stanli").enumerate())}
    return _compared(bw.analyze(program, data, engine="stanli", seed=1, show_progress=False))


def _compared(comparison: Any) -> dict[str, Any]:
    verdict = comparison.verdict
    return {
        "flags": plain(verdict.flags),
        "point_is_enough": verdict.point_is_enough,
        "summary": text(verdict.summary),
        "checks": plain(verdict.checks),
        "missing": plain(comparison.missing),
        "notes": plain(comparison.notes),
        "table": frame(comparison.to_frame()),
        "shown": text(str(comparison)),
        "censuses": {k: frame(c.to_frame()) for k, c in comparison.censuses.items()},
        "results": {r.title: _result(r) for r in comparison.results},
    }


def _result(result: Any) -> dict[str, Any]:
    kept = {"type": type(result).__name__, "warnings": plain(result.warnings)}
    kept["table"] = frame(result.to_frame())
    if hasattr(result, "log_parts"):
        kept |= {
            "status": result.status.name,
            "log_likelihood": plain(result.log_likelihood),
            "log_prior": plain(result.log_prior),
            "log_population": plain(result.log_population),
        }
    if hasattr(result, "diagnostics"):
        kept["diagnostics"] = plain(result.diagnostics)
    return kept


def _facts(comparison: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = comparison.report(Path(folder) / "report.json")
        return _steady(json.loads(path.read_text(encoding="utf-8")))


def _steady(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {k: _steady(v) for k, v in tree.items() if k not in DROPPED}
    return [_steady(v) for v in tree] if isinstance(tree, list) else plain(tree)


def _html() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        comparison = neutral(Samples().made("comparison"))
        path = comparison.report(Path(folder) / "report.html")
        reader = _Words()
        reader.feed(path.read_text(encoding="utf-8"))
    return {"words": [text(w) for w in reader.words], "tags": reader.tags}


class _Words(html.parser.HTMLParser):
    """Reads the words of a page and counts its tags, figures and styles left out."""

    _SKIPPED = ("style", "script", "svg")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: dict[str, int] = {}
        self._within: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in self._SKIPPED:
            self._within.append(tag)
        if not self._within:
            self.tags[tag] = self.tags.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._within[-1]:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._within:
            self.words.append(" ".join(data.split()))
