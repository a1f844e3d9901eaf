"""What a statement adds to ``target``, written as one expression, so that it can be weighted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.program.syntax.rewriting import full_densities
from bayeswrap.program.syntax.tokens import split_arguments, split_call

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.program.syntax.scan import Span

__all__ = [
    "Contribution",
    "Suffix",
    "added_by",
    "on_one_line",
    "truncation_bounds",
]


Suffix: TypeAlias = "Callable[[str, str], str]"

_COMMENT = re.compile(r"//[^\n\r]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a statement adds, and what it leaves out.

    Attributes
    ----------
    to : str
        ``target``, or the local that gathers its terms.
    expression : str
        What is added; empty where the statement is not one expression.
    normalized : str
        The same with all constants.
    constants : str
        Statement that adds the constants which are left out; empty where there are none.
    """

    to: str
    expression: str
    normalized: str
    constants: str

    @classmethod
    def of(cls, to: str, expression: str) -> Contribution:
        """Return what ``to += expression`` adds."""
        full = full_densities(expression)
        left_out = "" if full == expression else f"{to} += ({full}) - ({expression});"
        return cls(to=to, expression=expression, normalized=full, constants=left_out)


def on_one_line(body: str) -> str:
    """Return a statement without its comments, on one line."""
    return _COMMENT.sub(lambda m: " " * len(m[0]), body).replace("\n", " ").replace("\r", " ")


def added_by(span: Span, body: str, outcome_type: str, suffix: Suffix) -> Contribution:
    """Return what a statement adds.

    Parameters
    ----------
    span : Span
        Where it stands.
    body : str
        Its text.
    outcome_type : str
        Type of the outcome of a ``~``, or of what is added; empty where it is not known.
    suffix : callable
        Density suffix (``lpdf`` or ``lpmf``) of a distribution's name and its outcome's type.
    """
    plain = on_one_line(body)
    if span.kind == "tilde":
        return _of_tilde(plain, span.operator - span.start, outcome_type, suffix)
    if span.kind == "call":
        return Contribution(to="target", expression="", normalized="", constants="")
    at = span.operator - span.start
    added = Contribution.of(plain[:at].strip(), plain[at + 2 :].strip().removesuffix(";").strip())
    if outcome_type.startswith("array"):
        # Stan adds up arrays, but does not multiply them by a number
        full, dropped = (f"sum(to_array_1d({e}))" for e in (added.normalized, added.expression))
        left_out = f"{added.to} += {full} - {dropped};" if added.constants else ""
        return Contribution(to=added.to, expression="", normalized="", constants=left_out)
    return added


def _of_tilde(plain: str, tilde: int, outcome_type: str, suffix: Suffix) -> Contribution:
    """Rewrite ``outcome ~ name(args) T[...];`` as a density, with the term of its truncation."""
    outcome, rest = plain[:tilde].strip(), plain[tilde + 1 :]
    name, args, truncation = split_call(rest.strip().removesuffix(";"))
    args = args.strip()
    kind = suffix(name, outcome_type)
    full = f"{name}_{kind}({outcome} | {args})"
    dropped = f"{name}_{kind.replace('lp', 'lup')}({outcome} | {args})"
    constants = f"target += {full} - {dropped};"
    bounds = truncation_bounds(truncation)
    if not any(bounds):
        return Contribution(to="target", expression=dropped, normalized=full, constants=constants)
    if outcome_type not in {"int", "real"}:
        return Contribution(to="target", expression="", normalized="", constants=constants)
    frame = _truncated(outcome, name, args, kind, bounds)
    return Contribution(
        to="target",
        expression=frame.format(density=dropped),
        normalized=frame.format(density=full),
        constants=constants,
    )


def truncation_bounds(truncation: str) -> list[str]:
    """Return lower and upper bound of ``T[L, U]``, empty where one is missing; none of no text."""
    opening = truncation.find("[")
    return split_arguments(truncation[opening + 1 : -1]) if truncation else []


def _truncated(outcome: str, name: str, args: str, kind: str, bounds: Sequence[str]) -> str:
    """Return a truncated density as Stan defines it, around the place of the density itself.

    Stan Reference Manual, "Truncated distributions": a lower bound of a discrete distribution is
    inside the support.
    """
    lower, upper = bounds
    outside = [f"({outcome}) < ({lower})"] * bool(lower) + [f"({outcome}) > ({upper})"] * bool(
        upper
    )
    below = f"{name}_lcdf({upper} | {args})"
    at_lower = f"{name}_{kind}({lower} | {args})"
    if lower and upper:
        mass = f"log_diff_exp({below}, {name}_lcdf({lower} | {args}))"
    elif lower:
        mass = f"{name}_lccdf({lower} | {args})"
    else:
        mass = below
    if lower and kind == "lpmf":
        mass = f"log_sum_exp({mass}, {at_lower})"
    braced = mass.replace("{", "{{").replace("}", "}}")
    outside_text = " || ".join(outside).replace("{", "{{").replace("}", "}}")
    return f"{outside_text} ? negative_infinity() : {{density}} - {braced}"
