"""The program that lists the log likelihood of each observation as generated quantities.

The user's blocks stand as they are; the body of the model block is repeated in generated
quantities, without its priors, and each likelihood statement stores what it would add to
``target``, element by element.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.errors import EstimandError
from bayeswrap.program.listings.likelihood_statements import model_statements
from bayeswrap.program.listings.stored_statements import (
    INDICES,
    Emit,
    Lister,
    ObservationSite,
    not_outside,
    stored_statement,
)
from bayeswrap.program.listings.vectorised_calls import RewriteContext
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.places import location_of
from bayeswrap.program.syntax.rewriting import full_densities
from bayeswrap.program.syntax.tokens import code_tokens
from bayeswrap.program.syntax.tree import Declaration, flat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.scan import Scan
    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "PointwiseSource",
    "listing_of",
    "pointwise",
]


# start and end of what is replaced, and the new text
_Edit: TypeAlias = tuple[int, int, str]


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
    sites : tuple of ObservationSite
        Where its observations come from; the first number of a key is the position here, from 1.
    """

    text: str
    prefix: str
    sites: tuple[ObservationSite, ...]

    def data(self, observations: int, *, keys: bool = False) -> dict[str, float]:
        """Return the added data: how many observations are stored, and whether with their keys."""
        return {f"{self.prefix}_n": observations, f"{self.prefix}_m": observations * keys}


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


def listing_of(program: Program, store: Emit) -> PointwiseSource:
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
    if not program.of_role(Role.LIKELIHOOD) or roles.scan.model is None:
        raise EstimandError(
            f"program {program.name!r} has no likelihood statement, so no observation has a "
            "likelihood",
            do="name the likelihood statement with roles=",
        )
    _refuse_reads(program, roles.scan)
    writing, statements = _writing(program, roles.scan), model_statements(program, roles)
    sites: list[ObservationSite] = []
    lister = Lister(program, writing, store, sites)
    edits = [(s.span.start, s.span.end, stored_statement(lister, s)) for s in statements]
    body = _body(program.source, roles.scan.model, edits)
    text = _assembled(program.source, roles.scan, writing, body)
    return PointwiseSource(text, writing.prefix, tuple(sites))


def _refuse_reads(program: Program, scan: Scan) -> None:
    for read in scan.reads:
        if scan.model and scan.model[0] <= read.start < scan.model[1]:
            at = location_of(program.source, read.start, read.end, program.lines)
            raise not_outside(program, at, "target() is read")


def _writing(program: Program, scan: Scan) -> RewriteContext:
    functions, tree = program.tree.functions, program.tree

    def declared(*blocks: str) -> frozenset[str]:
        inner = (s for block in blocks for s in flat(tree.blocks[block]))
        return frozenset(s.name for s in inner if isinstance(s, Declaration))

    return RewriteContext(
        prefix=scan.free_prefix,
        functions=frozenset(functions),
        local=declared("model"),
        data=declared("data", "transformed data"),
        suffix=program.density_suffix,
    )


def _body(source: str, model: tuple[int, int], edits: Sequence[_Edit]) -> str:
    """Return the body of the model block with its target statements replaced."""
    tokens = code_tokens(source, *model)
    changes = [*edits, *_without(source, tokens, frozenset({"target", "jacobian"}))]
    changes += [
        (t.start, t.end, full_densities(t.text))
        for t in tokens
        if t.kind == "name" and full_densities(t.text) != t.text
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


def _assembled(source: str, scan: Scan, writing: RewriteContext, body: str) -> str:
    prefix, open_at = writing.prefix, scan.model[0] if scan.model else 0
    declared = f" int<lower=0> {prefix}_n; int<lower=0> {prefix}_m; "
    at = scan.functions_end if scan.data_open is None else scan.data_open
    data = f" data {{{declared}}} " if scan.data_open is None else declared
    tokens = code_tokens(source, 0, open_at)
    # the log Jacobian counts in no likelihood, and stanli takes it in the model alone
    changes = [(at, at, data), *_without(source, tokens, frozenset({"jacobian"}))]
    return (
        f"{_edited(source, (0, open_at), changes)}{{ }}\ngenerated quantities {{ "
        # one element more than there are: stanli is slow with arrays of length 0
        f"int {prefix}_count = 0; array[{prefix}_n + 1] real {prefix}_log_lik; "
        f"array[{prefix}_m + 1, {1 + INDICES}] int {prefix}_keys; {body} }}\n"
    )
