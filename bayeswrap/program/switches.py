"""The switched program: the user's own text with each part behind a data switch.

No newline is added, so that Stan's messages keep pointing to the user's lines. Imports `text` and
`roles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.program.roles import TargetStatement
    from bayeswrap.program.text import Scan, Span

__all__ = ["Parts", "SwitchedSource", "switch"]

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_UNNORMALISED = re.compile(r"_lup([dm]f)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which parts of the program are on.

    Parameters
    ----------
    prior, population, likelihood : bool
        Whether the statements of that role are in ``target``.
    normalized : bool
        Whether densities carry all their constants.
    """

    prior: bool = True
    population: bool = True
    likelihood: bool = True
    normalized: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedSource:
    """The switched text and the prefix of the data variables that it adds."""

    text: str
    prefix: str

    def data(self, parts: Parts) -> dict[str, int]:
        """Return the values of the added data variables."""
        return {
            f"{self.prefix}_prior": int(parts.prior),
            f"{self.prefix}_population": int(parts.population),
            f"{self.prefix}_likelihood": int(parts.likelihood),
            f"{self.prefix}_normalized": int(parts.normalized),
        }


def switch(
    source: str,
    found: Scan,
    statements: Sequence[TargetStatement],
    suffix: Callable[[str], str],
) -> SwitchedSource:
    """Put every decided statement behind the switch of its role.

    Parameters
    ----------
    source : str
        Program text, includes expanded.
    found : Scan
        Where its statements stand.
    statements : sequence of TargetStatement
        Their roles, in the same order.
    suffix : callable
        Density suffix (``lpdf`` or ``lpmf``) of a distribution's name.
    """
    prefix = _free_prefix(found.names)
    edits = [(*_data_edit(found, prefix), "")]
    for span, statement in zip(found.spans, statements, strict=True):
        if statement.role is not Role.ADJUSTMENT:
            body = source[span.start : span.end]
            new = _switched(span, body, f"{prefix}_{statement.role}", prefix, suffix)
            edits.append((span.start, new, body))
    text = source
    for start, new, old in sorted(edits, reverse=True):
        text = text[:start] + new + text[start + len(old) :]
    return SwitchedSource(text=text, prefix=prefix)


def _free_prefix(names: frozenset[str]) -> str:
    n, prefix = 1, "bw"
    while any(name.startswith(f"{prefix}_") for name in names):
        n += 1
        prefix = f"bw{n}"
    return prefix


def _data_edit(found: Scan, prefix: str) -> tuple[int, str]:
    kinds = ("prior", "population", "likelihood", "normalized")
    declared = " ".join(f"int<lower=0, upper=1> {prefix}_{kind};" for kind in kinds)
    if found.data_open is None:
        return found.functions_end, f" data {{ {declared} }} "
    return found.data_open, f" {declared}"


def _switched(span: Span, body: str, flag: str, prefix: str, suffix: Callable[[str], str]) -> str:
    # the outer braces keep an `else` of the user's with its own `if`
    constants = _constants(span, body, suffix)
    extra = f" if ({prefix}_normalized == 1) {constants}" if constants else ""
    return f"{{ if ({flag} == 1) {{ {body}{extra} }} }}"


def _constants(span: Span, body: str, suffix: Callable[[str], str]) -> str:
    """Return the statement that adds what ``~`` and ``_lupdf`` leave out, on one line."""
    plain = _COMMENT.sub(lambda m: " " * len(m[0]), body).replace("\n", " ")
    if span.kind == "tilde":
        full = _as_call(plain, span.tilde - span.start, suffix)
        dropped = re.sub(r"_lp([dm]f)\(", r"_lup\1(", full, count=1)
        return f"target += {full} - {dropped};"
    if span.kind == "target" and _UNNORMALISED.search(plain):
        expression = plain[plain.index("+=") + 2 :].strip().removesuffix(";").strip()
        full = _UNNORMALISED.sub(r"_lp\1", expression)
        return f"target += ({full}) - ({expression});"
    return ""


def _as_call(plain: str, tilde: int, suffix: Callable[[str], str]) -> str:
    """Rewrite ``outcome ~ name(args) T[...];`` as ``name_lpdf(outcome | args)``."""
    outcome, rest = plain[:tilde].strip(), plain[tilde + 1 :]
    opening = rest.index("(")
    closing = _closing(rest, opening)
    name = rest[:opening].strip()
    return f"{name}_{suffix(name)}({outcome} | {rest[opening + 1 : closing].strip()})"


def _closing(text: str, opening: int) -> int:
    """Return the offset of the bracket that closes the one at `opening`."""
    depth, at = 0, opening
    while True:
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
        at += 1
