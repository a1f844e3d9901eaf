"""The program that lists the log likelihood of each observation as generated quantities.

The user's blocks stand as they are; the body of the model block is repeated in generated
quantities, without its priors, and each likelihood statement stores what it would add to
``target``, element by element. Imports `elements`, `indexing`, `pieces`, `roles`, `terms`,
`text`, `walk` and `weighting`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.errors import EstimandError
from bayeswrap.program.elements import Element, element_of_term, element_of_tilde, label
from bayeswrap.program.indexing import Writing, full, rank
from bayeswrap.program.pieces import gathering_locals
from bayeswrap.program.roles import Role
from bayeswrap.program.syntax import Assign, Call, Declaration, Target, Tilde, flat
from bayeswrap.program.terms import term_spans
from bayeswrap.program.text import place, scan, tokens_of
from bayeswrap.program.walk import Setting, TargetNode, follow, gathering, summands
from bayeswrap.program.weighting import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.program.classify import Classified
    from bayeswrap.program.program import Program
    from bayeswrap.program.roles import TargetStatement
    from bayeswrap.program.syntax import Expression
    from bayeswrap.program.terms import TermSpan
    from bayeswrap.program.text import Place, Scan, Span, Token

__all__ = ["PointwiseSource", "Site", "Store", "listing_of", "pointwise"]

# start and end of what is replaced, and the new text
_Edit: TypeAlias = tuple[int, int, str]
# text that lists what is wanted of an element, given the way to list one number
Store: TypeAlias = "Callable[[Element, Callable[[str], str], Writing], str]"

_INDICES = 4  # of an observation's name; more are left out


@dataclass(frozen=True, slots=True)
class Site:
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
class PointwiseSource:
    """A program that lists log likelihoods.

    Attributes
    ----------
    text : str
        The program.
    prefix : str
        Of the names that it adds: data ``_n`` and ``_m``, quantities ``_count``, ``_log_lik`` and
        ``_keys``.
    sites : tuple of Site
        Where its observations come from; the first number of a key is the position here, from 1.
    """

    text: str
    prefix: str
    sites: tuple[Site, ...]

    def data(self, observations: int, *, keys: bool = False) -> dict[str, float]:
        """Return the added data: how many observations are stored, and whether with their keys."""
        return {f"{self.prefix}_n": observations, f"{self.prefix}_m": observations * keys}


@dataclass(frozen=True, slots=True)
class _Found:
    """A target statement of the model block: where, what, and which terms are likelihood."""

    span: Span
    node: TargetNode
    terms: tuple[int, ...] | None
    """Positions of the likelihood terms; None for the whole statement, empty for none."""


@dataclass(frozen=True, slots=True)
class _Lister:
    """What is needed to rewrite a statement; its sites are added to `sites`."""

    program: Program
    writing: Writing
    store: Store
    sites: list[Site]


def pointwise(program: Program) -> PointwiseSource:
    """Write the program that lists the log likelihood of each observation.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.

    Raises
    ------
    EstimandError
        There is no likelihood, or a statement's value cannot be computed outside the model block.
    """
    return listing_of(program, lambda element, keep, _: keep(element.value))


def listing_of(program: Program, store: Store) -> PointwiseSource:
    """Write the program that lists numbers of each observation, in the place of ``_log_lik``.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.
    store : callable
        Of an element, the way to list one number, and what text is written with: text that lists
        what is wanted of the element.

    Raises
    ------
    EstimandError
        As for `pointwise`.
    """
    roles = program.classified
    if not program.of_role(Role.LIKELIHOOD) or roles.found.model is None:
        raise EstimandError(
            f"program {program.name!r} has no likelihood statement, so no observation has a "
            "likelihood",
            do="say which statement is the likelihood with roles=",
        )
    _refuse_reads(program, roles.found)
    writing, found = _writing(program, roles.found), _statements(program, roles)
    sites: list[Site] = []
    lister = _Lister(program, writing, store, sites)
    edits = [(f.span.start, f.span.end, _rewritten(lister, f)) for f in found]
    body = _body(program.source, roles.found.model, edits)
    text = _assembled(program.source, roles.found, writing, body)
    return PointwiseSource(text, writing.prefix, tuple(sites))


def _refuse_reads(program: Program, found: Scan) -> None:
    for read in found.reads:
        if found.model and found.model[0] <= read.start < found.model[1]:
            at = place(program.source, read.start, read.end, program.lines)
            raise _not_outside(program, at, "target() is read")


def _writing(program: Program, found: Scan) -> Writing:
    functions, tree = program.tree.functions, program.tree

    def declared(*blocks: str) -> frozenset[str]:
        inner = (s for block in blocks for s in flat(tree.blocks[block]))
        return frozenset(s.name for s in inner if isinstance(s, Declaration))

    return Writing(
        prefix=found.free_prefix,
        functions=frozenset(functions),
        local=declared("model"),
        data=declared("data", "transformed data"),
        suffix=program.density_suffix,
    )


def _statements(program: Program, roles: Classified) -> list[_Found]:
    """Return the statements of the model block; a local that gathers the likelihood is opened."""
    rows: dict[int, list[TargetStatement]] = {}
    for row in roles.statements:
        rows.setdefault(roles.found.spans[row.position].start, []).append(row)
    spans, nodes = _opened(program, roles, rows)
    return [
        _Found(span, node, _likelihood_terms(rows.get(span.start)))
        for span, node in zip(spans, nodes, strict=True)
        if span.block == "model"
    ]


def _likelihood_terms(rows: Sequence[TargetStatement] | None) -> tuple[int, ...] | None:
    if rows is None:
        return None  # an addition to a local that gathers nothing but the likelihood
    mine = [row for row in rows if row.role is Role.LIKELIHOOD]
    if any(not row.summands for row in mine):
        return None
    return tuple(sorted(i for row in mine for i in row.summands))


def _opened(
    program: Program, roles: Classified, rows: dict[int, list[TargetStatement]]
) -> tuple[Sequence[Span], Sequence[TargetNode]]:
    """Return statements with additions to a number that gathers the likelihood in its place."""
    spans, nodes = roles.found.spans, roles.nodes
    gathered = {
        re.split(r"\W", program.source[s.start : s.end])[0] for s in spans if s.kind == "gather"
    }
    wholes = {
        gathering(node.node.expression)
        for span, node in zip(spans, nodes, strict=True)
        if isinstance(node.node, Target)
        and node.node.expression.head == "Variable"
        and node.outcome_type == "real"
        and _likelihood_terms(rows[span.start]) is None
    }
    wholes &= gathering_locals(program.tree)
    if not wholes:
        return spans, nodes
    names = frozenset(gathered | wholes)
    more = scan(program.source, names).spans
    followed = follow(program.tree, Setting(gathered=names)).nodes
    # ``lp = lp + x`` is an addition to the tree and none to the text
    return (more, followed) if len(more) == len(followed) else (spans, nodes)


def _rewritten(lister: _Lister, found: _Found) -> str:
    """Return what stands in the place of a statement."""
    if found.terms == ():
        return "{ }"
    span, program = found.span, lister.program
    at = place(program.source, span.start, span.end, program.lines)
    elements = _elements(program, found, lister.writing)
    if elements is None:
        raise _not_outside(program, at, "the value of this statement is no expression")
    stored = [_stored(element, at, found, lister) for element in elements]
    return "{ " + " ".join(stored) + " }"


def _elements(program: Program, found: _Found, writing: Writing) -> list[Element] | None:
    span, node = found.span, found.node.node
    body = program.source[span.start : span.end]
    match node:
        case Tilde():
            element = element_of_tilde(node, body, span.operator - span.start, writing)
            return None if element is None else [element]
        case Target(expression=expression):
            return _of_sum(program.source, found, expression, writing)
        case Assign(rhs=rhs):
            return _of_sum(program.source, found, rhs.args[1], writing)
        case Call():
            return None


def _of_sum(
    source: str, found: _Found, expression: Expression, writing: Writing
) -> list[Element] | None:
    """Return the elements of what is added: of each term where all of them can be split."""
    span = found.span
    text = source[span.operator + 2 : span.end - 1]
    spans, terms = term_spans(source, span), summands(expression)
    if rank(expression.type) != 0 or len(spans) != len(terms):
        element = element_of_term(text, expression, writing)
        return None if element is None else [element]
    chosen = range(len(terms)) if found.terms is None else found.terms
    elements, signs = [], [spans[i].sign for i in chosen]
    for i in chosen:
        element = element_of_term(source[spans[i].start : spans[i].end], terms[i], writing)
        if element is None:
            return None
        elements.append(element)
    if all(element.length for element in elements):
        return [_signed(e, sign) for e, sign in zip(elements, signs, strict=True)]
    return [_together(source, [spans[i] for i in chosen], elements)]


def _signed(element: Element, sign: str) -> Element:
    return element if sign == "+" else replace(element, value=f"-({element.value})")


def _together(source: str, spans: Sequence[TermSpan], elements: Sequence[Element]) -> Element:
    """Return one element for terms that go together."""
    texts = (f"{s.sign} ({full(on_one_line(source[s.start : s.end]))})" for s in spans)
    return Element(
        value=" ".join(texts).removeprefix("+ "),
        observed=next((e.observed for e in elements if e.observed is not None), None),
        gathers=any(e.gathers or e.length for e in elements),
    )


def _stored(element: Element, at: Place, found: _Found, lister: _Lister) -> str:
    """Return the text that stores an element, or a loop over elements."""
    writing, sites = lister.writing, lister.sites
    name, indices = label(element, writing)
    kept, prefix = indices[:_INDICES], writing.prefix
    note = _note(element, at, found)
    sites.append(Site(name or f"line {at.line}", at.line, len(kept), note))
    key = ", ".join([str(len(sites)), *kept, *["0"] * (_INDICES - len(kept))])

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


def _note(element: Element, at: Place, found: _Found) -> str:
    if element.gathers and not found.node.in_loop:
        return (
            f"line {at.line} is one number for all that it observes, not pointwise: {at.text}; "
            "declare log_lik in generated quantities for one number an observation"
        )
    missing = [d.outcome.parameters for d in found.node.densities if d.outcome.merged]
    if missing:
        named = ", ".join(sorted(frozenset[str]().union(*missing)))
        return f"line {at.line} observes missing values too: {named} are among its elements"
    return ""


def _body(source: str, model: tuple[int, int], edits: Sequence[_Edit]) -> str:
    """Return the body of the model block with its target statements replaced."""
    tokens = [t for t in tokens_of(source, *model) if t.kind != "comment"]
    changes = [*edits, *_without(source, tokens, frozenset({"target", "jacobian"}))]
    changes += [
        (t.start, t.end, full(t.text))
        for t in tokens
        if t.kind == "name" and full(t.text) != t.text
    ]
    return _edited(source, model, changes)


def _without(source: str, tokens: Sequence[Token], names: frozenset[str]) -> list[_Edit]:
    """Take out what is added: terms of a local that was gathered are stored where they stand."""
    return [
        (token.start, source.index(";", after.end) + 1, "{ }")
        for token, after in itertools.pairwise(tokens)
        if token.text in names and after.text == "+="
    ]


def _edited(source: str, limits: tuple[int, int], changes: Sequence[_Edit]) -> str:
    """Return a part of the text with its changes; inside another one they do not count."""
    text, (end, last) = "", limits
    for start, stop, new in sorted(changes, key=lambda c: (c[0], -c[1])):
        if start >= end:
            text += source[end:start] + new
            end = stop
    return text + source[end:last]


def _assembled(source: str, found: Scan, writing: Writing, body: str) -> str:
    prefix, open_at = writing.prefix, found.model[0] if found.model else 0
    declared = f" int<lower=0> {prefix}_n; int<lower=0> {prefix}_m; "
    at = found.functions_end if found.data_open is None else found.data_open
    data = f" data {{{declared}}} " if found.data_open is None else declared
    tokens = [t for t in tokens_of(source, 0, open_at) if t.kind != "comment"]
    # the log Jacobian counts in no likelihood, and stanli takes it in the model alone
    changes = [(at, at, data), *_without(source, tokens, frozenset({"jacobian"}))]
    return (
        f"{_edited(source, (0, open_at), changes)}{{ }}\ngenerated quantities {{ "
        # one element more than there are: stanli is slow with arrays of length 0
        f"int {prefix}_count = 0; array[{prefix}_n + 1] real {prefix}_log_lik; "
        f"array[{prefix}_m + 1, {1 + _INDICES}] int {prefix}_keys; {body} }}\n"
    )


def _not_outside(program: Program, at: Place, why: str) -> EstimandError:
    return EstimandError(
        f"the log likelihood of single observations cannot be derived: {why}",
        where=f"{at.file or f'{program.name}.stan'}:{at.line}:{at.column}  {at.text}",
        do="declare log_lik in generated quantities, one element an observation",
    )
