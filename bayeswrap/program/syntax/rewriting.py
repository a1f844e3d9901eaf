"""Programs rewritten as text: without prints, without parameters, with all constants."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import LINE_END, Token, block_opening, code_tokens, matching

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "full_densities",
    "parameters_without",
    "with_step_limit",
    "without_prints",
]


# of Stan's solvers of differential equations: how many arguments come before those of the user's
# function, and Stan's own tolerance, relative and absolute (functions reference)
_SOLVERS = {
    "ode_rk45": (4, "1e-6"),
    "ode_ckrk": (4, "1e-6"),
    "ode_bdf": (4, "1e-10"),
    "ode_adams": (4, "1e-10"),
    "dae": (5, "1e-10"),
}
_UNNORMALISED = re.compile(r"_lup([dm]f)\b")


def full_densities(text: str) -> str:
    """Return Stan text whose densities carry all their constants.

    Examples
    --------
    >>> full_densities("normal_lupdf(y | 0, 1) + poisson_lupmf(n | 2)")
    'normal_lpdf(y | 0, 1) + poisson_lpmf(n | 2)'
    """
    return _UNNORMALISED.sub(r"_lp\1", text)


@functools.lru_cache(maxsize=128)
def without_prints(source: str) -> str:
    """Return a program that prints nothing; its lines keep their numbers.

    Examples
    --------
    >>> without_prints('model { if (1) print("here; ", 2); }')
    'model { if (1) { } }'
    """
    tokens = code_tokens(source)
    units, end = [], 0
    for i, token in enumerate(tokens[:-1]):
        if token.text == "print" and token.kind == "name" and tokens[i + 1].text == "(":
            # the semicolon follows the bracket
            stop = tokens[matching(tokens, i + 1) + 1].end
            lines = "\n" * len(LINE_END.findall(source, token.start, stop))
            units += [source[end : token.start], "{ }", lines]
            end = stop
    return "".join([*units, source[end:]])


def with_step_limit(source: str, steps: int) -> str:
    """Return a program whose differential equations are given up after some steps.

    Stan's own limit between two output times is a million steps for ``ode_rk45`` and a hundred
    million for ``ode_bdf``: minutes of one evaluation at a point of no interest. A call that names
    its limit, as ``ode_rk45_tol`` does, stays as it is. Lines keep their numbers.

    Examples
    --------
    >>> with_step_limit("z = ode_rk45(f, y0, 0, ts, r, K);", 10000)
    'z = ode_rk45_tol(f, y0, 0, ts, 1e-6, 1e-6, 10000, r, K);'
    """
    tokens = code_tokens(source)
    places: list[tuple[int, str]] = []
    for i, token in enumerate(tokens[:-1]):
        if token.kind == "name" and token.text in _SOLVERS and tokens[i + 1].text == "(":
            count, tolerance = _SOLVERS[token.text]
            end = _end_of_argument(tokens, i + 1, count)
            places += [
                (token.end, "_tol"),
                (end, f", {tolerance}, {tolerance}, {steps}"),
            ]
    units, done = [], 0
    for at, text in sorted(places):
        units += [source[done:at], text]
        done = at
    return "".join([*units, source[done:]])


def _end_of_argument(tokens: Sequence[Token], opening: int, count: int) -> int:
    """Return where the argument of that number ends, in characters."""
    i, seen, last = opening + 1, 1, matching(tokens, opening)
    while i < last and not (tokens[i].text == "," and seen == count):
        seen += tokens[i].text == ","
        i = (matching(tokens, i) if tokens[i].text in {"(", "[", "{"} else i) + 1
    return tokens[i - 1].end


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
    tokens = code_tokens(source)
    block, opening = block_opening(tokens, 0)
    while block != "parameters":
        block, opening = block_opening(tokens, matching(tokens, opening) + 1)
    inside, declarations = tokens[opening + 1 : matching(tokens, opening)], []
    while inside:
        stop = next(k for k, t in enumerate(inside) if t.text == ";")
        declarations.append(_declaration_without(source, inside[:stop], names))
        inside = inside[stop + 1 :]
    return source[: tokens[opening].end] + "".join(declarations) + "} model {}"


def _declaration_without(source: str, tokens: Sequence[Token], names: Collection[str]) -> str:
    """Return the text of one declaration, ``real a, b``, without some of what it declares."""
    first = len(tokens) - 1
    while tokens[first - 1].text == ",":
        first -= 2
    declared = [t.text for t in tokens[first::2] if t.text not in names]
    head = source[tokens[0].start : tokens[first].start]
    return f"{head}{', '.join(declared)};" if declared else ""
