"""Compare two freezes: print every difference with its path, and count them (see README.md)."""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLERANCE = 1e-9  # relative: below it a number is the same
_NUMBER = "numbers that differ"
_ROUNDING = "numbers that differ by rounding"
_TEXT = "texts that differ"
_VALUE = "values that differ"
_GONE = "names that went"
_NEW = "names that came"
_LATE = "items that timed out once"
_KINDS = (_NUMBER, _VALUE, _GONE, _NEW, _TEXT, _ROUNDING, _LATE)
_HARMLESS = frozenset({_TEXT, _ROUNDING, _LATE})
_TIMED_OUT = {"timed out": True}
_WORD = re.compile(r"[\w.]*")  # a status, a flag, a class: one word is a value, more are prose

Difference = tuple[str, str, str]


def main() -> int:
    """Print all differences; return 1 where anything but texts differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--ignore", metavar="REGEX", help="paths that may differ")
    parser.add_argument(
        "--renamed", nargs="+", default=[], metavar="OLD=NEW", help="names that are others now"
    )
    asked = parser.parse_args()
    before, after = (json.loads(p.read_text(encoding="utf-8")) for p in (asked.before, asked.after))
    if asked.renamed:
        before = _renamed(before, dict(pair.split("=") for pair in asked.renamed))
    counts = Counter[str]()
    for kind, path, told in _differences(before, after, ""):
        if asked.ignore and re.search(asked.ignore, path):
            continue
        counts[kind] += 1
        sys.stdout.write(f"{path}\n    {kind}: {told}\n")
    for kind in _KINDS:
        sys.stdout.write(f"{counts[kind]:6d} {kind}\n")
    return int(any(counts[kind] for kind in _KINDS if kind not in _HARMLESS))


def _renamed(tree: Any, names: dict[str, str]) -> Any:
    """Return a freeze with new names in place of old ones, in texts word by word."""
    if isinstance(tree, dict):
        return {names.get(k, k): _renamed(v, names) for k, v in tree.items()}
    if isinstance(tree, list):
        return [_renamed(v, names) for v in tree]
    if isinstance(tree, str):
        return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), tree)
    return tree


def _differences(before: Any, after: Any, path: str) -> Iterator[Difference]:
    if before != after and _TIMED_OUT in (before, after):
        yield _LATE, path, "not compared"
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _of_names(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        named = [{f"[{i}]": v for i, v in enumerate(values)} for values in (before, after)]
        yield from _of_names(*named, path)
    elif _is_number(before) and _is_number(after):
        yield from _of_numbers(before, after, path)
    elif isinstance(before, str) and isinstance(after, str):
        yield from _of_texts(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield _VALUE, path, f"{_short(before)} -> {_short(after)}"


def _of_names(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[Difference]:
    for name, value in before.items():
        here = f"{path}/{name}"
        if name in after:
            yield from _differences(value, after[name], here)
        else:
            yield _GONE, here, _short(value)
    for name in after.keys() - before.keys():
        yield _NEW, f"{path}/{name}", _short(after[name])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _of_numbers(before: float, after: float, path: str) -> Iterator[Difference]:
    if before == after or (math.isnan(before) and math.isnan(after)):
        return
    gap = abs(after - before)
    size = max(abs(before), abs(after))
    relative = gap / size if math.isfinite(gap) else math.inf
    kind = _ROUNDING if relative <= _TOLERANCE else _NUMBER
    told = f"{before!r} -> {after!r} (absolute {gap:.3g}, relative {relative:.3g})"
    yield kind, path, told


def _of_texts(before: str, after: str, path: str) -> Iterator[Difference]:
    if before == after:
        return
    if _WORD.fullmatch(before) and _WORD.fullmatch(after):
        yield _VALUE, path, f"{before!r} -> {after!r}"
    else:
        yield _TEXT, path, f"{_set_off(before)}\n    ->{_set_off(after)}"


def _set_off(text: str) -> str:
    return "".join(f"\n        {line}" for line in text.splitlines() or [""])


def _short(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if len(told) <= 100 else told[:97] + "..."


if __name__ == "__main__":
    sys.exit(main())
