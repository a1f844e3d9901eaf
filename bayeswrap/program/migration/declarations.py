"""Arrays of old programs: sizes stood after the name, ``real x[N]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.program.migration.draft import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.migration.draft import Draft

__all__ = [
    "Declarations",
    "declarations_of",
    "move_sizes",
    "move_unsized",
]


_KIND = "array sizes after the name"


@dataclass(slots=True)
class Declarations:
    """Where the program declares: variables with their types, functions with their names."""

    variables: list[tuple[int, int]] = field(default_factory=list)
    """Position of the type, and of the name after it."""
    functions: list[tuple[int, int]] = field(default_factory=list)


def declarations_of(draft: Draft, starts: Sequence[int]) -> Declarations:
    """Return what the statements that begin at `starts` declare."""
    found = Declarations()
    for start in starts:
        kind = start
        if draft.word(kind) == "array" and draft.word(kind + 1) == "[":
            kind = draft.groups(kind + 1)
        name = kind + 1 if draft.word(kind) == "void" else _type_end(draft, kind)
        if name is None or not draft.is_name(name):
            continue
        list_of = found.functions if draft.word(name + 1) == "(" else found.variables
        list_of.append((kind, name))
    return found


def _type_end(draft: Draft, start: int) -> int | None:
    """Return the position after a type with its constraint and sizes; None where none stands."""
    if draft.word(start) not in TYPES:
        return None
    i = start + 1
    if draft.word(i) == "<":
        while draft.word(i) not in {">", ";", ""}:
            i = draft.close(i) + 1
        i += 1
    return draft.groups(i)


def move_unsized(draft: Draft) -> None:
    """Rewrite types without sizes: ``real[,] x`` of arguments, and of results of functions."""
    for i in range(len(draft.tokens) - 2):
        unsized = draft.word(i + 1) == "[" and draft.word(i + 2) in {",", "]"}
        if unsized and draft.word(i) in TYPES:
            end = draft.close(i + 1) + 1
            draft.note(i, _KIND)
            sizes = draft.take(i + 1, end)
            draft.texts[i] = f"array{sizes} {draft.texts[i]}"


def move_sizes(draft: Draft, declarations: Declarations) -> None:
    """Rewrite declarations whose sizes stand after the name, and their ``<-``."""
    for start, first in declarations.variables:
        name, head = first, draft.one_line(start, first)
        sizes = _sizes(draft, name)
        if sizes:
            draft.texts[start] = f"array[{sizes}] {draft.texts[start]}"
        while (comma := _declarator_end(draft, name)) is not None:
            name, before = comma + 1, sizes
            sizes = _sizes(draft, name)
            if sizes != before:
                draft.texts[comma] = ";"
                array = f"array[{sizes}] " if sizes else ""
                draft.texts[name] = f"{array}{head} {draft.texts[name]}"


def _sizes(draft: Draft, name: int) -> str:
    """Take the sizes after a declared name away, and return them."""
    end = draft.groups(name + 1)
    if end == name + 1:
        return ""
    draft.note(name, _KIND)
    inner, i = list[str](), name + 1
    while i < end:
        close = draft.close(i)
        inner.append(draft.one_line(i + 1, close))
        i = close + 1
    draft.take(name + 1, end)
    return ", ".join(inner)


def _declarator_end(draft: Draft, name: int) -> int | None:
    """Return the comma after a declared name and its value; None where the statement ends."""
    i = draft.groups(name + 1)
    if draft.is_assignment(i):
        draft.assign(i)
        i += 2
    while draft.word(i) not in {",", ";", ""}:
        i = draft.close(i) + 1
    return i if draft.word(i) == "," and draft.is_name(i + 1) else None
