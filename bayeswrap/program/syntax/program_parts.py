"""Programs cut down to what some evaluations need, so that they read few data.

What is left computes the same numbers: a declaration that nothing names can be left out.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.rewriting import parameters_without
from bayeswrap.program.syntax.tokens import block_opening, code_tokens, matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "ProgramPart",
    "derives_quantities",
    "parameters_alone",
    "without_statements_of",
]

# words that say nothing about which variables are used
_TYPES = frozenset(
    {"int", "real", "complex", "vector", "row_vector", "matrix", "array", "tuple"}
    | {"lower", "upper", "offset", "multiplier", "for", "in", "if", "else", "while", "return"}
)
_NO_USE = frozenset({"functions", "data", "transformed data"})


@dataclass(frozen=True, slots=True)
class ProgramPart:
    """A program that needs only some of the data.

    Attributes
    ----------
    text : str
        The program.
    data : frozenset of str
        The variables of its data block.
    """

    text: str
    data: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    start: int
    opening: Token
    inside: tuple[Token, ...]
    end: int

    @property
    def words(self) -> frozenset[str]:
        return frozenset(t.text for t in self.inside if t.kind == "name")


def _blocks(source: str) -> list[_Block]:
    tokens, blocks, i = code_tokens(source), [], 0
    while i < len(tokens):
        name, opening = block_opening(tokens, i)
        close = matching(tokens, opening)
        inside = tuple(tokens[opening + 1 : close])
        blocks.append(_Block(name, tokens[i].start, tokens[opening], inside, tokens[close].end))
        i = close + 1
    return blocks


@functools.lru_cache(maxsize=128)
def derives_quantities(source: str) -> bool:
    """Return whether a program has transformed parameters or generated quantities.

    Examples
    --------
    >>> derives_quantities("parameters { real a; } model { a ~ normal(0, 1); }")
    False
    """
    return any(
        block.inside and block.name in {"transformed parameters", "generated quantities"}
        for block in _blocks(source)
    )


@functools.lru_cache(maxsize=128)
def parameters_alone(source: str) -> ProgramPart:
    """Return the program of the parameters block: transforms and their Jacobian.

    Parameters
    ----------
    source : str
        A program that stanc accepts.

    Examples
    --------
    >>> part = parameters_alone("data { int N, K; vector[N] y; } parameters { vector[K] b; }"
    ...                         "model { y ~ normal(sum(b), 1); }")
    >>> part.text, sorted(part.data)
    ('data {int N, K; } parameters {vector[K] b;} model {}', ['K', 'N'])
    """
    has_parameters = any(block.name == "parameters" for block in _blocks(source))
    return _with_needed_data(parameters_without(source, ()) if has_parameters else source)


@functools.lru_cache(maxsize=128)
def without_statements_of(source: str, weight: str) -> ProgramPart:
    """Return a weighted program without the statements that one weight of 0 skips.

    Parameters
    ----------
    source : str
        The weighted program.
    weight : str
        Name of the weight.

    Examples
    --------
    >>> text = "data { real w; real y; } model { { if (w == 1) { y ~ normal(0, 1); } } }"
    >>> without_statements_of(text, "w").text
    'data {} model { {} }'
    """
    tokens, units, end = code_tokens(source), [], 0
    for i, token in enumerate(tokens):
        before = [t.text for t in tokens[max(0, i - 3) : i]]
        if token.text == weight and before == ["{", "if", "("] and token.start >= end:
            units.append(source[end : tokens[i - 3].end])
            end = tokens[matching(tokens, i - 3)].start
    return _with_needed_data(
        _without_block("".join([*units, source[end:]]), "generated quantities")
    )


def _with_needed_data(source: str) -> ProgramPart:
    """Leave out data that nothing names, and transformed data that nothing names."""
    blocks = {block.name: block for block in _blocks(source)}
    if "data" not in blocks:
        return ProgramPart(source, frozenset())
    data, made = blocks["data"], blocks.get("transformed data")
    statements = _statements(data.inside)
    given = frozenset[str]().union(*(_declared(s) for s in statements))
    used = frozenset[str]().union(*(b.words for b in blocks.values() if b.name not in _NO_USE))
    is_made_used = made is not None and bool((made.words & used) - given - _TYPES)
    if made is not None and is_made_used:
        used |= made.words
    needed, size = set(used), -1
    while len(needed) > size:
        size = len(needed)
        for statement in statements:
            if _declared(statement) & needed:
                needed |= {t.text for t in statement if t.kind == "name"}
    kept = [s for s in statements if _declared(s) & needed]
    body = "".join(source[s[0].start : s[-1].end] + " " for s in kept)
    text = source[: data.opening.end] + body + source[data.end - 1 :]
    if made is not None and not is_made_used:
        text = _without_block(text, "transformed data")
    return ProgramPart(text, frozenset[str]().union(*(_declared(s) for s in kept)))


def _without_block(source: str, name: str) -> str:
    """Return a program without one of its blocks."""
    for block in _blocks(source):
        if block.name == name:
            return source[: block.start] + source[block.end :]
    return source


def _statements(inside: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens of each declaration, its semicolon last."""
    statements, start = [], 0
    for i, token in enumerate(inside):
        if token.text == ";":
            statements.append(list(inside[start : i + 1]))
            start = i + 1
    return statements


def _declared(statement: Sequence[Token]) -> frozenset[str]:
    """Return the names of a declaration, ``vector[N] x, y;``, which stand at its end."""
    first = len(statement) - 2
    while statement[first - 1].text == ",":
        first -= 2
    return frozenset(t.text for t in statement[first:-1:2])
