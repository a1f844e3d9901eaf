"""Parameters of kinds that stanli does not know, as parameters of kinds that it knows.

A stochastic matrix is an array of simplexes, a complex number is a vector of two, a tuple is its
parts. The unconstrained coordinates are the same numbers, up to their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from bayeswrap.program.syntax.program_parts import ProgramPart, parameters_alone
from bayeswrap.program.syntax.tokens import (
    block_opening,
    code_tokens,
    matching,
    split_arguments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "Substitute",
    "substituted_parameters",
]

Kind: TypeAlias = Literal["same", "rows", "columns", "complex"]

_KINDS: dict[str, Kind] = {
    "row_stochastic_matrix": "rows",
    "column_stochastic_matrix": "columns",
    "complex": "complex",
    "complex_vector": "complex",
    "complex_row_vector": "complex",
}


@dataclass(frozen=True, slots=True)
class Substitute:
    """A parameter that stands for another one, or for a part of it.

    Attributes
    ----------
    name : str
        Its name in the program that is left.
    original : str
        What it stands for, ``t.1`` for a part of a tuple.
    kind : str
        ``"same"``; ``"rows"`` or ``"columns"`` of a stochastic matrix; ``"complex"``.
    text : str
        Its declaration.
    """

    name: str
    original: str
    kind: Kind
    text: str


def substituted_parameters(source: str) -> tuple[ProgramPart, tuple[Substitute, ...]] | None:
    """Return the program of the parameters block with other parameters in it.

    Parameters
    ----------
    source : str
        A program that stanc accepts.

    Returns
    -------
    program : ProgramPart
        Without what stanli does not know.
    substitutes : tuple of Substitute
        All parameters, in their order.
    None
        For kinds that have no substitute: arrays of tuples, complex matrices.

    Examples
    --------
    >>> _, found = substituted_parameters(
    ...     "parameters { row_stochastic_matrix[2, 3] G; tuple(complex, real) t; } model { }")
    >>> [s.text for s in found]
    ['array[2] simplex[3] G;', 'vector[2] t__1;', 'real t__2;']
    """
    part = parameters_alone(source)
    tokens = code_tokens(part.text)
    block, opening = block_opening(tokens, 0)
    while block != "parameters":
        block, opening = block_opening(tokens, matching(tokens, opening) + 1)
    close = matching(tokens, opening)
    substitutes: list[Substitute] = []
    start = opening + 1
    for i in range(opening + 1, close):
        if tokens[i].text == ";":
            found = list(_of_declaration(part.text, tokens[start:i]))
            if not all(found):
                return None
            substitutes += [s for s in found if s is not None]
            start = i + 1
    body = " ".join(s.text for s in substitutes)
    text = f"{part.text[: tokens[opening].end]} {body} {part.text[tokens[close].start :]}"
    return ProgramPart(text, part.data), tuple(substitutes)


def _of_declaration(source: str, tokens: list[Token]) -> Iterator[Substitute | None]:
    first = len(tokens) - 1
    while tokens[first - 1].text == ",":
        first -= 2
    declared = source[tokens[0].start : tokens[first].start].strip()
    for token in tokens[first::2]:
        yield from _expanded(declared, token.text, token.text)


def _expanded(declared: str, name: str, original: str) -> Iterator[Substitute | None]:
    """Yield what stands for one parameter, or for a part of a tuple; None for nothing."""
    tokens = code_tokens(declared)
    at, arrays = 0, list[str]()
    if tokens[0].text == "array":
        end = matching(tokens, 1)
        arrays = split_arguments(declared[tokens[1].end : tokens[end].start])
        at = end + 1
    base, rest = tokens[at].text, tokens[at + 1 :]
    kind = _KINDS.get(base)
    if base == "tuple":
        inside = declared[rest[0].end : tokens[-1].start]
        for i, part in enumerate(split_arguments(inside), start=1):
            yield from ([None] if arrays else _expanded(part, f"{name}__{i}", f"{original}.{i}"))
    elif kind is None:
        is_known = base != "complex_matrix"
        yield Substitute(name, original, "same", f"{declared} {name};") if is_known else None
    else:
        sizes = split_arguments(declared[rest[0].end : rest[-1].start]) if rest else []
        yield Substitute(name, original, kind, _text(kind, arrays, sizes, name))


def _text(kind: Kind, arrays: list[str], sizes: list[str], name: str) -> str:
    if kind == "complex":
        arrays, own = [*arrays, *sizes], "vector[2]"
    else:
        rows, columns = sizes if kind == "rows" else sizes[::-1]
        arrays, own = [*arrays, rows], f"simplex[{columns}]"
    return (f"array[{', '.join(arrays)}] " if arrays else "") + f"{own} {name};"
