"""Programs rewritten as text: without prints, without parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import (
    _TOKEN,
    LINE_END,
    Token,
    _block_name,
    _skip_group,
    tokens_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "parameters_without",
    "without_prints",
]


def without_prints(source: str) -> str:
    """Return a program that prints nothing; its lines keep their numbers.

    Examples
    --------
    >>> without_prints('model { if (1) print("here; ", 2); }')
    'model { if (1) { } }'
    """
    tokens = [t for t in tokens_of(source) if t.kind != "comment"]
    pieces, end = [], 0
    for i, token in enumerate(tokens[:-1]):
        if token.text == "print" and token.kind == "name" and tokens[i + 1].text == "(":
            stop = tokens[_skip_group(tokens, i + 1)].end
            lines = "\n" * len(LINE_END.findall(source, token.start, stop))
            pieces += [source[end : token.start], "{ }", lines]
            end = stop
    return "".join([*pieces, source[end:]])


def parameters_without(source: str, names: Collection[str]) -> str:
    """Return the program up to its parameters block, without the declarations of some names.

    Parameters
    ----------
    source : str
        A program that stanc accepts.
    names : collection of str
        Parameters to leave out.

    Examples
    --------
    >>> parameters_without("parameters { real a, b; vector[2] c; } model { c ~ normal(a, 1); }",
    ...                    ["b", "c"])
    'parameters {real a;} model {}'
    """
    tokens = [Token(str(m.lastgroup), m[0], m.start(), m.end()) for m in _TOKEN.finditer(source)]
    tokens = [t for t in tokens if t.kind != "comment"]
    i, block = 0, ""
    while block != "parameters":
        block, i = _block_name(tokens, i)
        start, end = i + 1, _skip_group(tokens, i)
        i = end
    inside, kept = tokens[start : end - 1], []
    while inside:
        stop = next(k for k, t in enumerate(inside) if t.text == ";")
        kept.append(_declaration_without(source, inside[:stop], names))
        inside = inside[stop + 1 :]
    return source[: tokens[start - 1].end] + "".join(kept) + "} model {}"


def _declaration_without(source: str, tokens: Sequence[Token], names: Collection[str]) -> str:
    """Return the text of one declaration, ``real a, b``, without some of what it declares."""
    first = len(tokens) - 1
    while tokens[first - 1].text == ",":
        first -= 2
    declared = [t.text for t in tokens[first::2] if t.text not in names]
    head = source[tokens[0].start : tokens[first].start]
    return f"{head}{', '.join(declared)};" if declared else ""
