"""What a statement adds to ``target``, element by element of what it observes.

A vectorised density is a sum over elements: its containers are indexed in a loop. What no rule
here can take apart stays one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.listings.outcomes import gathers_observations, observed_outcomes
from bayeswrap.program.listings.vectorised_calls import (
    Part,
    RewriteContext,
    as_variable,
    index_call,
    length_of,
    of_type,
    parts_of,
    rank,
    without_predictor,
)
from bayeswrap.program.syntax.patterns import PARTIAL_SUMS
from bayeswrap.program.syntax.rewriting import full_densities
from bayeswrap.program.syntax.scan import Span
from bayeswrap.program.syntax.tokens import (
    CLOSE,
    OPEN,
    code_tokens,
    matching,
    outermost,
    split_arguments,
    split_call,
)
from bayeswrap.program.weights.contributions import added_by, on_one_line, truncation_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.syntax.tree import Expression, Tilde

__all__ = [
    "ObservationTerm",
    "element_of_term",
    "element_of_tilde",
]


_DENSITY = re.compile(r"_lu?p([dm]f)$")
_CALLS = frozenset({"FunApp", "CondDistApp"})
_LINEAR = frozenset({"*", "/", "+", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationTerm:
    """The log density of one element, as Stan text.

    Attributes
    ----------
    value : str
        The expression; of the element at the loop's index, where there are several.
    before : str
        Declarations that stand before the loop.
    length : str
        How many elements there are; empty for one.
    observed : Expression or None
        The outcome.
    gathers : bool
        Whether one number may hold several observations.
    """

    value: str
    before: str = ""
    length: str = ""
    observed: Expression | None = None
    gathers: bool = False


def element_of_tilde(
    node: Tilde, body: str, at: int, writing: RewriteContext
) -> ObservationTerm | None:
    """Return the element of ``outcome ~ name(args) T[...];``; None where it cannot be written.

    Parameters
    ----------
    node : Tilde
        The statement.
    body : str
        Its text.
    at : int
        Offset of the ``~`` in it.
    writing : RewriteContext
        What it is written with.
    """
    plain = on_one_line(body)
    name, arguments, truncation = split_call(plain[at + 1 :].strip().removesuffix(";"))
    bounds = truncation_bounds(truncation)
    limits = [text for text in bounds if text]
    texts = [plain[:at].strip(), *split_arguments(arguments), *limits]
    parts = parts_of(texts, (node.outcome, *node.args, *node.truncation))
    name, parts = without_predictor(name, parts)
    split = index_call(name, parts, writing)
    if split is None:
        span = Span("model", "tilde", 0, len(plain), at)
        value = added_by(span, plain, node.outcome.type, writing.suffix).normalized
        gathers = any(rank(part.expression.type) for part in parts)
        whole = ObservationTerm(value=value, observed=node.outcome, gathers=gathers)
        return whole if value else None
    count = len(parts) - len(limits)
    outcome, *rest = split.texts[:count]
    text = f"{outcome} ~ {name}({', '.join(rest)}){_truncation(bounds, split.texts[count:])};"
    span = Span("model", "tilde", 0, len(text), len(outcome) + 1)
    return ObservationTerm(
        value=added_by(span, text, _scalar(node.outcome.type), writing.suffix).normalized,
        before=split.before,
        length=split.length,
        observed=node.outcome,
    )


def _truncation(bounds: Sequence[str], texts: Sequence[str]) -> str:
    """Return ``T[L, U]`` with new texts in the place of the bounds that are there."""
    limits = iter(texts)
    joined = ", ".join(next(limits) if text else "" for text in bounds)
    return f" T[{joined}]" if bounds else ""


def _scalar(outcome_type: str) -> str:
    return "int" if outcome_type.endswith("int") else "real"


def element_of_term(
    text: str, expression: Expression, writing: RewriteContext
) -> ObservationTerm | None:
    """Return the element of a term that is added to ``target``; None where there is no way.

    Parameters
    ----------
    text : str
        The term.
    expression : Expression
        The same in stanc's tree.
    writing : RewriteContext
        What it is written with.
    """
    whole = _bare(Part(full_densities(on_one_line(text)).strip(), expression))
    if rank(whole.expression.type) != 0:
        return _values(whole, writing)
    place = _call_in(whole)
    if place is not None:
        start, end, call = place
        inner = _element_of_call(Part(whole.text[start:end], call), writing)
        if inner is not None and inner.length:
            value = f"{whole.text[:start]}{inner.value}{whole.text[end:]}"
            return ObservationTerm(
                value=value, before=inner.before, length=inner.length, observed=inner.observed
            )
    return ObservationTerm(
        value=whole.text,
        observed=next(observed_outcomes(whole.expression, writing), None),
        gathers=gathers_observations(whole.expression, writing),
    )


def _bare(part: Part) -> Part:
    """Take the brackets around the whole away."""
    text, expression = part.text, part.expression
    while expression.head == "Paren":
        text, expression = text[1:-1].strip(), expression.args[0]
    return Part(text, expression)


def _element_of_call(call: Part, writing: RewriteContext) -> ObservationTerm | None:
    """Return the element of a call that is a sum over elements."""
    name, opening = call.expression.name, call.text.index("(")
    parts = parts_of(split_arguments(call.text[opening + 1 : -1]), call.expression.args)
    if name == "sum":
        return _values(parts[0], writing)
    if name == "dot_product":
        pairs = [as_variable(part, f"{writing.prefix}_a{i}") for i, part in enumerate(parts)]
        return ObservationTerm(
            value="({})".format(" * ".join(f"{base}[{writing.index}]" for _, base in pairs)),
            before=" ".join(declared for declared, _ in pairs if declared),
            length=length_of(pairs[0][1], parts[0].expression.type),
        )
    if name in PARTIAL_SUMS:
        return _partial_sum(parts, writing)
    suffix = _DENSITY.search(name)
    if suffix is None:
        return None
    family, parts = without_predictor(name[: suffix.start()], parts)
    split = index_call(family, parts, writing)
    if split is None:
        return None
    outcome, *arguments = split.texts
    return ObservationTerm(
        value=f"{family}_lp{suffix[1]}({outcome} | {', '.join(arguments)})",
        before=split.before,
        length=split.length,
        observed=call.expression.args[0],
    )


def _values(part: Part, writing: RewriteContext) -> ObservationTerm | None:
    """Return the element of a container of log densities; None where it has no flat form."""
    kind = part.expression.type
    flattened = part
    if kind == "matrix":
        flattened = Part(f"to_vector({part.text})", of_type(part.expression, "vector"))
    elif kind.startswith("array array") and kind.endswith(("int", "real")):
        flat = f"array {kind.split()[-1]}"
        flattened = Part(f"to_array_1d({part.text})", of_type(part.expression, flat))
    if rank(flattened.expression.type) != 1:
        return None
    declared, base = as_variable(flattened, f"{writing.prefix}_a")
    return ObservationTerm(
        value=f"{base}[{writing.index}]",
        before=declared,
        length=f"num_elements({base})",
        observed=part.expression,
    )


def _partial_sum(parts: Sequence[Part], writing: RewriteContext) -> ObservationTerm:
    """Return one term of ``reduce_sum``: by its contract any slices add up to the same."""
    function, sliced, _, *others = parts
    i = writing.index
    declared, base = as_variable(sliced, f"{writing.prefix}_a")
    bar = " |" if _DENSITY.search(function.text) else ","
    arguments = ", ".join([i, i, *(part.text for part in others)])
    return ObservationTerm(
        value=f"{function.text}({base}[{i}:{i}]{bar} {arguments})",
        before=declared,
        length=length_of(base, sliced.expression.type),
        observed=sliced.expression,
    )


def _call_in(term: Part) -> tuple[int, int, Expression] | None:
    """Return the one call in a product that may be a sum over elements, and where it stands."""
    calls = [e for e in _factors(term.expression) if _may_split(e)]
    tokens = code_tokens(term.text)
    outer = list(outermost(tokens))
    at = [i for i in outer if len(calls) == 1 and tokens[i].text == full_densities(calls[0].name)]
    operators = {tokens[i].text for i in outer if tokens[i].kind == "operator"} - OPEN - CLOSE
    if len(at) != 1 or not operators <= _LINEAR:
        return None
    start = at[0]
    if start and tokens[start - 1].text == "/":
        return None
    return tokens[start].start, tokens[matching(tokens, start + 1)].end, calls[0]


def _factors(expression: Expression) -> Iterator[Expression]:
    """Yield the factors of a product."""
    product = expression.head == "BinOp" and expression.name in {"Times", "Divide"}
    if product or (expression.head == "PrefixOp" and expression.name in {"PMinus", "PPlus"}):
        for part in expression.args:
            yield from _factors(part)
    else:
        yield expression


def _may_split(e: Expression) -> bool:
    if e.head not in _CALLS:
        return False
    named = e.name in {"sum", "dot_product"} | PARTIAL_SUMS
    return e.type in {"real", "int"} and (named or _DENSITY.search(e.name) is not None)
