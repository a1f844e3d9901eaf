"""The text that stores numbers of each observation in the place of a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.errors import EstimandError
from bayeswrap.program.listings.elements import (
    ObservationTerm,
    element_of_term,
    element_of_tilde,
)
from bayeswrap.program.listings.outcomes import label
from bayeswrap.program.listings.vectorised_calls import RewriteContext, rank
from bayeswrap.program.syntax.patterns import summands
from bayeswrap.program.syntax.places import location_of
from bayeswrap.program.syntax.rewriting import full_densities
from bayeswrap.program.syntax.sum_terms import term_spans
from bayeswrap.program.syntax.tree import Assign, Call, Target, Tilde
from bayeswrap.program.weights.contributions import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.program.listings.likelihood_statements import ModelStatement
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.places import Location
    from bayeswrap.program.syntax.sum_terms import TermSpan
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "INDICES",
    "Emit",
    "Lister",
    "ObservationSite",
    "not_outside",
    "stored_statement",
]


# text that lists what is wanted of an element, given the way to list one number
Emit: TypeAlias = "Callable[[ObservationTerm, Callable[[str], str], RewriteContext], str]"

INDICES = 4  # of an observation's name; more are left out


@dataclass(frozen=True, slots=True)
class ObservationSite:
    """A place in the program that makes observations.

    Attributes
    ----------
    name : str
        The variable observed; ``line 12`` where it is none.
    line : int
        Of its statement.
    indices : int
        How many indices tell its observations apart.
    note : str
        Why it is not pointwise; empty where it is.
    """

    name: str
    line: int
    indices: int
    note: str


@dataclass(frozen=True, slots=True)
class Lister:
    """What is needed to rewrite a statement; its sites are added to `sites`."""

    program: Program
    writing: RewriteContext
    store: Emit
    sites: list[ObservationSite]


def stored_statement(lister: Lister, statement: ModelStatement) -> str:
    """Return what stands in the place of a statement."""
    if statement.terms == ():
        return "{ }"
    span, program = statement.span, lister.program
    at = location_of(program.source, span.start, span.end, program.lines)
    elements = _elements(program, statement, lister.writing)
    if elements is None:
        raise not_outside(program, at, "the value of this statement is no expression")
    stored = [_stored(element, at, statement, lister) for element in elements]
    return "{ " + " ".join(stored) + " }"


def _elements(
    program: Program, statement: ModelStatement, writing: RewriteContext
) -> list[ObservationTerm] | None:
    span, node = statement.span, statement.node.node
    body = program.source[span.start : span.end]
    match node:
        case Tilde():
            element = element_of_tilde(node, body, span.operator - span.start, writing)
            return None if element is None else [element]
        case Target(expression=expression):
            return _of_sum(program.source, statement, expression, writing)
        case Assign(rhs=rhs):
            return _of_sum(program.source, statement, rhs.args[1], writing)
        case Call():
            return None


def _of_sum(
    source: str, statement: ModelStatement, expression: Expression, writing: RewriteContext
) -> list[ObservationTerm] | None:
    """Return the elements of what is added: of each term where all of them can be split."""
    span = statement.span
    text = source[span.operator + 2 : span.end - 1]
    spans, terms = term_spans(source, span), summands(expression)
    if rank(expression.type) != 0 or len(spans) != len(terms):
        element = element_of_term(text, expression, writing)
        return None if element is None else [element]
    chosen = range(len(terms)) if statement.terms is None else statement.terms
    elements, signs = [], [spans[i].sign for i in chosen]
    for i in chosen:
        element = element_of_term(source[spans[i].start : spans[i].end], terms[i], writing)
        if element is None:
            return None
        elements.append(element)
    if all(element.length for element in elements):
        return [_signed(e, sign) for e, sign in zip(elements, signs, strict=True)]
    return [_together(source, [spans[i] for i in chosen], elements)]


def _signed(element: ObservationTerm, sign: str) -> ObservationTerm:
    return element if sign == "+" else replace(element, value=f"-({element.value})")


def _together(
    source: str, spans: Sequence[TermSpan], elements: Sequence[ObservationTerm]
) -> ObservationTerm:
    """Return one element for terms that go together."""
    texts = (f"{s.sign} ({full_densities(on_one_line(source[s.start : s.end]))})" for s in spans)
    return ObservationTerm(
        value=" ".join(texts).removeprefix("+ "),
        observed=next((e.observed for e in elements if e.observed is not None), None),
        gathers=any(e.gathers or e.length for e in elements),
    )


def _stored(
    element: ObservationTerm, at: Location, statement: ModelStatement, lister: Lister
) -> str:
    """Return the text that stores an element, or a loop over elements."""
    writing, sites = lister.writing, lister.sites
    name, indices = label(element.observed, element.length, writing)
    shown, prefix = indices[:INDICES], writing.prefix
    note = _note(element, at, statement)
    sites.append(ObservationSite(name or f"line {at.line}", at.line, len(shown), note))
    key = ", ".join([str(len(sites)), *shown, *["0"] * (INDICES - len(shown))])

    def keep(value: str) -> str:
        return (
            f"{prefix}_count += 1; "
            f"if ({prefix}_count <= {prefix}_n) {prefix}_log_lik[{prefix}_count] = {value}; "
            f"if ({prefix}_count <= {prefix}_m) {prefix}_keys[{prefix}_count] = {{{key}}};"
        )

    store = lister.store(element, keep, writing)
    if not element.length:
        return store
    return f"{{ {element.before} for ({writing.index} in 1:{element.length}) {{ {store} }} }}"


def _note(element: ObservationTerm, at: Location, statement: ModelStatement) -> str:
    if element.gathers and not statement.node.in_loop:
        return (
            f"line {at.line} is one number for all that it observes, not pointwise: {at.text}; "
            "declare log_lik in generated quantities for one number an observation"
        )
    missing = [d.outcome.parameters for d in statement.node.densities if d.outcome.merged]
    if missing:
        named = ", ".join(sorted(frozenset[str]().union(*missing)))
        return f"line {at.line} observes missing values too: {named} are among its elements"
    return ""


def not_outside(program: Program, at: Location, why: str) -> EstimandError:
    """Return the error of a place whose value cannot be computed outside the model block."""
    return EstimandError(
        f"the log likelihood of single observations cannot be derived: {why}",
        where=f"{at.file or f'{program.name}.stan'}:{at.line}:{at.column}  {at.text}",
        do="declare log_lik in generated quantities, one element an observation",
    )
