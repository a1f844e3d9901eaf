"""Densities of old programs: ``normal_log(y, mu, s)``, and functions that users named so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.program.migration.declarations import Declarations
    from bayeswrap.program.migration.draft import Draft

__all__ = [
    "own_densities",
    "rewrite_densities",
]


_CUMULATIVE = {"_ccdf_log": "_lccdf", "_cdf_log": "_lcdf"}
_OLD = re.compile(r"(?P<family>\w+?)(?P<suffix>_ccdf_log|_cdf_log|_log)$")
_BARRED = re.compile(r"(?P<family>\w+)_(?:lu?p[dm]f|l?c?cdf)$")


def own_densities(
    draft: Draft, declarations: Declarations, families: Mapping[str, str], *, old: bool
) -> dict[str, str]:
    """Return the new names of the user's own functions whose name ends with ``_log``.

    Parameters
    ----------
    draft : Draft
        The program.
    declarations : Declarations
        Where its functions are.
    families : mapping of str to str
        ``lpdf`` or ``lpmf`` of Stan's own distributions.
    old : bool
        Whether other old syntax stands in the program: else only densities that a ``~`` names
        are taken for densities.
    """
    outcomes = {draft.word(i + 1) for i in range(len(draft.tokens)) if draft.word(i) == "~"}
    defined = {draft.word(name) for _, name in declarations.functions}
    renamed = dict[str, str]()
    for kind, name in declarations.functions:
        match = _OLD.match(draft.word(name))
        if not match or draft.word(kind) != "real" or draft.word(kind + 1) == "[":
            continue
        family, suffix = match["family"], match["suffix"]
        needed = bool(outcomes & {family, match[0]}) or (old and bool(draft.commas(name + 1)))
        # Stan has a distribution of that name today, which may be another one
        free = f"{family}_" if family in families else family
        new = free + (_CUMULATIVE.get(suffix) or f"_{_kind(draft, name)}")
        if needed and new not in defined:
            renamed[draft.word(name)] = new
    return renamed


def _kind(draft: Draft, name: int) -> str:
    """Return ``lpmf`` where the first argument of a function is of integers."""
    first = draft.commas(name + 1)
    end = first[0] if first else draft.close(name + 1)
    return "lpmf" if any(draft.word(i) == "int" for i in range(name + 2, end)) else "lpdf"


def rewrite_densities(
    draft: Draft, declarations: Declarations, own: Mapping[str, str], families: Mapping[str, str]
) -> None:
    """Rename densities where they are defined and called, and set the bar after the outcome."""
    definitions = {name for _, name in declarations.functions}
    defined = {draft.word(name) for name in definitions}
    for i in range(len(draft.tokens) - 1):
        word = draft.word(i)
        if draft.word(i - 1) == "~":
            _drop_suffix(draft, i, own, families)
            continue
        if not draft.is_name(i):
            continue
        new = own.get(word, "")
        if draft.word(i + 1) == "(" and word not in defined:
            new = _today(word, families)
        if new:
            draft.texts[i] = new
            draft.note(i, "_log densities")
        if draft.word(i + 1) == "(" and i not in definitions:
            _set_bar(draft, i, new or word, defined | set(own.values()), families)


def _drop_suffix(draft: Draft, i: int, own: Mapping[str, str], families: Mapping[str, str]) -> None:
    """Write ``y ~ normal(...)`` for ``y ~ normal_log(...)``; ``poisson_log`` is a family too."""
    word = draft.word(i)
    shadowed = own.get(f"{word}_log")
    match = _BARRED.match(shadowed or own.get(word) or _today(word, families) or word)
    if not match or match["family"] == word or (word in families and not shadowed):
        return
    if shadowed or word in own or match["family"] in families:
        draft.texts[i] = match["family"]
        draft.note(i, "_log densities")


def _today(word: str, families: Mapping[str, str]) -> str:
    """Return today's name of a density of Stan's library; nothing where it has its name."""
    match = _OLD.match(word)
    if not match or match["family"] not in families:
        return ""
    return match["family"] + (_CUMULATIVE.get(match["suffix"]) or f"_{families[match['family']]}")


def _set_bar(
    draft: Draft, i: int, name: str, defined: set[str], families: Mapping[str, str]
) -> None:
    """Write a bar for the comma after the outcome of a density."""
    match = _BARRED.match(name)
    commas = draft.commas(i + 1)
    if not match or not commas or not (match["family"] in families or name in defined):
        return
    first = commas[0]
    if all(draft.word(k) != "|" for k in _outer(draft, i + 2, first)):
        draft.texts[first] = "|" if draft.gaps[first] else " |"
        if name == draft.word(i):
            draft.note(i, "a comma after the outcome of a density")


def _outer(draft: Draft, start: int, end: int) -> list[int]:
    found, i = list[int](), start
    while i < end:
        found.append(i)
        i = draft.close(i) + 1
    return found
