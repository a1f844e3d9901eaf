"""`ModelStatement`: the target statements of the model block, and which terms are likelihood.

Where a local gathers the likelihood, it is the additions to it that count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.flow.propagation import Setting, TargetNode, propagate
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.units import gathering_locals
from bayeswrap.program.syntax.patterns import gathering
from bayeswrap.program.syntax.scan import scan
from bayeswrap.program.syntax.tree import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.program import Program
    from bayeswrap.program.roles.classification import Classification
    from bayeswrap.program.roles.role import TargetStatement
    from bayeswrap.program.syntax.scan import Span

__all__ = [
    "ModelStatement",
    "model_statements",
]


@dataclass(frozen=True, slots=True)
class ModelStatement:
    """A target statement of the model block: where, what, and which terms are likelihood."""

    span: Span
    node: TargetNode
    terms: tuple[int, ...] | None
    """Positions of the likelihood terms; None for the whole statement, empty for none."""


def model_statements(program: Program, roles: Classification) -> list[ModelStatement]:
    """Return the statements of the model block; a local that gathers the likelihood is opened."""
    rows: dict[int, list[TargetStatement]] = {}
    for row in roles.statements:
        rows.setdefault(roles.scan.spans[row.position].start, []).append(row)
    spans, nodes = _opened(program, roles, rows)
    return [
        ModelStatement(span, node, _likelihood_terms(rows.get(span.start)))
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
    program: Program, roles: Classification, rows: dict[int, list[TargetStatement]]
) -> tuple[Sequence[Span], Sequence[TargetNode]]:
    """Return statements with additions to a number that gathers the likelihood in its place."""
    spans, nodes = roles.scan.spans, roles.nodes
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
    data_flow = propagate(program.tree, Setting(gathered=names)).nodes
    # ``lp = lp + x`` is an addition to the tree and none to the text
    return (more, data_flow) if len(more) == len(data_flow) else (spans, nodes)
