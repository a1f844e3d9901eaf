"""The generated quantities block, taken apart: the program with only some of its quantities.

A slice for a set of variables keeps the statements that write to them or to what they are made of
(Weiser 1984, Program slicing, IEEE TSE 10, 352-357, doi:10.1109/TSE.1984.5010248), without regard
to order. A ``reject()`` guards what it reads: it is kept with any of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import (
    LINE_END,
    block_opening,
    code_tokens,
    matching,
    outermost,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "GeneratedQuantities",
    "Statement",
    "generated_quantities",
]

_BLOCK = "generated quantities"
_HEADED = frozenset({"for", "while", "if", "profile"})
_LEAVES_A_LOOP = frozenset({"break", "continue"})
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", ".*=", "./="})
_CONTAINERS = (
    "vector row_vector matrix complex_vector complex_row_vector complex_matrix array tuple"
)
_CONSTRAINED = (
    "simplex ordered positive_ordered unit_vector sum_to_zero_vector sum_to_zero_matrix "
    "column_stochastic_matrix row_stochastic_matrix cholesky_factor_corr cholesky_factor_cov "
    "corr_matrix cov_matrix"
)
_TYPES = frozenset({"int", "real", "complex", *_CONTAINERS.split(), *_CONSTRAINED.split()})


@dataclass(frozen=True, slots=True)
class Statement:
    """A simple statement of the block, or a loop that a ``break`` leaves.

    Attributes
    ----------
    start, end : int
        Offsets in the program; the semicolon counts.
    line : int
        Line of the program, from 1.
    text : str
        As the program has it.
    declared, written : frozenset of str
        Names that it declares; names that it gives a value or declares.
    names : frozenset of str
        All names in it and in the conditions around it.
    """

    start: int
    end: int
    line: int
    text: str
    declared: frozenset[str]
    written: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Compound:
    start: int
    end: int
    parts: tuple[_Compound | Statement, ...]


@dataclass(frozen=True)
class GeneratedQuantities:
    """The block of a program.

    Parameters
    ----------
    source : str
        A program that stanc accepts.
    parts : tuple
        The statements at the top of the block.
    """

    source: str
    parts: tuple[_Compound | Statement, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All simple statements, in the order of the text."""
        return tuple(_simple(self.parts))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The quantities: names that are declared at the top of the block."""
        top = (part for part in self.parts if isinstance(part, Statement))
        return tuple(name for part in top for name in sorted(part.declared))

    @cached_property
    def _own_names(self) -> frozenset[str]:
        return frozenset[str]().union(*(s.declared for s in self.statements))

    def slice(self, variables: Collection[str]) -> tuple[Statement, ...]:
        """Return the statements that make some quantities, in the order of the text.

        Parameters
        ----------
        variables : collection of str
            Names of quantities.
        """
        needed, size = set(variables), -1
        kept: list[Statement] = []
        while len(needed) > size:
            size = len(needed)
            # a statement that writes nothing may refuse what it reads
            kept = [s for s in self.statements if (s.written or s.names) & needed]
            needed |= self._own_names & frozenset[str]().union(
                *(s.names - s.declared for s in kept)
            )
        return tuple(kept)

    def spans_line(self, line: int) -> bool:
        """Return whether a line of the program, from 1, belongs to a statement of the block."""
        return any(
            s.line <= line <= s.line + len(LINE_END.findall(s.text)) for s in self.statements
        )

    def program_with(self, variables: Collection[str]) -> str:
        """Return the program with these quantities alone; its lines keep their numbers.

        Parameters
        ----------
        variables : collection of str
            Names of quantities; none leaves the block empty.
        """
        kept = {s.start for s in self.slice(variables)}
        units, end = [], 0
        for start, stop in _cuts(self.parts, kept):
            lines = "\n" * len(LINE_END.findall(self.source, start, stop))
            units += [self.source[end:start], ";", lines]
            end = stop
        return "".join([*units, self.source[end:]])


def generated_quantities(source: str) -> GeneratedQuantities:
    """Take the generated quantities block of a program apart; without a block it has no parts.

    Parameters
    ----------
    source : str
        A program that stanc accepts.

    Examples
    --------
    >>> code = "generated quantities { real a = 1; real b = 2; real c = a; }"
    >>> generated_quantities(code).program_with(["c"])
    'generated quantities { real a = 1; ; real c = a; }'
    """
    tokens, i = code_tokens(source), 0
    while i < len(tokens):
        block, opening = block_opening(tokens, i)
        close = matching(tokens, opening)
        if block == _BLOCK:
            inside = _Reader(source, tokens).all(opening + 1, close, frozenset())
            return GeneratedQuantities(source, inside)
        i = close + 1
    return GeneratedQuantities(source, ())


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str
    tokens: Sequence[Token]

    def all(self, i: int, stop: int, around: frozenset[str]) -> tuple[_Compound | Statement, ...]:
        """Read statements up to a closing brace; `around` are the names of the conditions."""
        parts = []
        while i < stop:
            part, i = self.one(i, around)
            parts.append(part)
        return tuple(parts)

    def one(self, i: int, around: frozenset[str]) -> tuple[_Compound | Statement, int]:
        """Read the statement at token `i`; return it and the position after it."""
        tokens, first = self.tokens, self.tokens[i]
        if first.text == "{":
            close = matching(tokens, i)
            inside = self.all(i + 1, close, around)
            return _Compound(first.start, tokens[close].end, inside), close + 1
        if first.text not in _HEADED or tokens[i + 1].text != "(":
            return self._simple(i, around)
        close = matching(tokens, i + 1)
        within = around | _names(tokens[i + 2 : close])
        part, after = self.one(close + 1, within)
        parts = [part]
        if first.text == "if" and tokens[after].text == "else":
            part, after = self.one(after + 1, within)
            parts.append(part)
        if first.text in {"for", "while"} and _names(tokens[i:after]) & _LEAVES_A_LOOP:
            return self._whole(i, after, tuple(parts), within), after
        return _Compound(first.start, tokens[after - 1].end, tuple(parts)), after

    def _simple(self, i: int, around: frozenset[str]) -> tuple[Statement, int]:
        after = i
        while self.tokens[after].text != ";":
            after = matching(self.tokens, after) + 1
        inside = self.tokens[i:after]
        declared = frozenset(_declared(inside))
        written = declared or frozenset(_assigned(inside))
        return self._statement(i, after + 1, declared, written, around), after + 1

    def _whole(
        self, i: int, after: int, parts: tuple[_Compound | Statement, ...], within: frozenset[str]
    ) -> Statement:
        inside = tuple(_simple(parts))
        declared = frozenset[str]().union(*(s.declared for s in inside))
        written = frozenset[str]().union(*(s.written for s in inside))
        return self._statement(i, after, declared, written, within)

    def _statement(
        self,
        i: int,
        after: int,
        declared: frozenset[str],
        written: frozenset[str],
        around: frozenset[str],
    ) -> Statement:
        inside = self.tokens[i:after]
        start, end = inside[0].start, inside[-1].end
        return Statement(
            start=start,
            end=end,
            line=1 + len(LINE_END.findall(self.source, 0, start)),
            text=self.source[start:end],
            declared=declared,
            written=written,
            names=_names(inside) | around,
        )


def _names(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(t.text for t in tokens if t.kind == "name")


def _declared(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names of a declaration, ``array[N] real<lower=0> a, b = 1``."""
    if not tokens or tokens[0].text not in _TYPES:
        return
    i = 0
    while i < len(tokens) and tokens[i].text in _TYPES:
        i += 1
        if i < len(tokens) and tokens[i].text == "<":
            i = next(k for k in range(i, len(tokens)) if _closes_bounds(tokens, i, k)) + 1
        while i < len(tokens) and tokens[i].text in {"[", "("}:
            i = matching(tokens, i) + 1
    expected = True
    for k in outermost(tokens[i:]):
        token = tokens[i + k]
        if expected and token.kind == "name":
            yield token.text
        expected = token.text == ","


def _closes_bounds(tokens: Sequence[Token], opening: int, k: int) -> bool:
    """Return whether token `k` is the ``>`` that ends ``<lower=..., upper=...>``."""
    return tokens[k].text == ">" and k - opening in set(outermost(tokens[opening : k + 1]))


def _assigned(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names on the left of an assignment; of a tuple all its names."""
    outer = [k for k in outermost(tokens) if tokens[k].text in _ASSIGNMENTS]
    if not outer:
        return
    left = tokens[: outer[0]]
    if left and left[0].text == "(":
        yield from _names(left)
    elif left:
        yield left[0].text


def _simple(parts: Sequence[_Compound | Statement]) -> Iterator[Statement]:
    for part in parts:
        if isinstance(part, Statement):
            yield part
        else:
            yield from _simple(part.parts)


def _cuts(
    parts: Sequence[_Compound | Statement], kept: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield the places of the statements that are left out."""
    for part in parts:
        inside = [part] if isinstance(part, Statement) else list(_simple(part.parts))
        if not any(s.start in kept for s in inside):
            yield part.start, part.end
        elif isinstance(part, _Compound):
            yield from _cuts(part.parts, kept)
