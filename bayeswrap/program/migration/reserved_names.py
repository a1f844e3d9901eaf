"""Names that were free once and are Stan's own today: ``offset``, ``array``, ``norm2``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.program.migration.draft import Draft

if TYPE_CHECKING:
    from bayeswrap.program.migration.declarations import Declarations

__all__ = [
    "rename_function",
    "rename_reserved",
]


_RESERVED = frozenset(
    {
        *("array", "complex", "complex_matrix", "complex_row_vector", "complex_vector"),
        *("export", "fatal_error", "jacobian", "lower", "multiplier", "offset", "profile"),
        *("sum_to_zero_matrix", "sum_to_zero_vector", "target", "tuple", "upper"),
    }
)

_DENSITIES = ("_lpdf", "_lpmf")
_SUFFIX = re.compile(r"_(?:lp[dm]f|l?c?cdf|rng|lp)$")


def rename_reserved(draft: Draft, declarations: Declarations) -> None:
    """Give names that are reserved today an underscore; data of that name are named."""
    places = [name for _, name in declarations.variables] + _arguments(draft, declarations)
    declared = {draft.word(name) for name in places}
    names = {draft.word(i) for i in range(len(draft.tokens)) if draft.is_name(i)}
    for word in sorted(declared & _RESERVED):
        new = f"{word}_"
        while new in names:
            new += "_"
        for i in range(len(draft.tokens)):
            if draft.word(i) == word and not _is_keyword(draft, i):
                draft.texts[i] = new
                draft.note(i, f"the name {word}")
        for i in draft.data_block():
            if draft.word(i) == word and i in places:
                draft.leave(i, f"{word} is a word of the language: name it {new} in the data")


def rename_function(source: str, name: str) -> tuple[str, list[int]]:
    """Give a function of the user another name, and return the text and the lines it stands on.

    Parameters
    ----------
    source : str
        The program.
    name : str
        A function that Stan's library has with the same arguments.

    Examples
    --------
    >>> rename_function("real norm2(vector x) { return 1; }", "norm2")
    ('real norm2_(vector x) { return 1; }', [1])
    """
    draft, lines = Draft(source), list[int]()
    match = _SUFFIX.search(name)
    family, suffix = (name[: match.start()], match[0]) if match else (name, "")
    new = f"{family}_"
    while any(token.text.startswith(new + suffix) for token in draft.tokens):
        new += "_"
    for i in range(len(draft.tokens)):
        drawn = suffix in _DENSITIES and draft.word(i - 1) == "~" and draft.word(i) == family
        if drawn or draft.word(i) == name:
            draft.texts[i] = new if drawn else new + suffix
            lines.append(draft.line(i))
    return draft.text(), lines


def _arguments(draft: Draft, declarations: Declarations) -> list[int]:
    """Return the names of arguments in definitions of functions."""
    return [
        i
        for _, name in declarations.functions
        for i in range(name + 2, draft.close(name + 1))
        if draft.is_name(i) and draft.word(i + 1) in {",", ")"}
    ]


def _is_keyword(draft: Draft, i: int) -> bool:
    """Whether a name opens a constraint, ``<lower=0``, or calls a function."""
    equals = draft.word(i + 1) == "=" and draft.word(i + 2) != "="
    return (equals and draft.word(i - 1) in {"<", ","}) or draft.word(i + 1) == "("
