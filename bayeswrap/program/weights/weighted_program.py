"""The weighted program: the user's own text with each part behind a weight that is data.

A part of weight 1 is the user's statement as it stands; one of weight 0 is skipped, for 0 times
minus infinity is no number; any other weight multiplies what the statement adds. No newline is
added, so that Stan's messages keep pointing to the user's lines.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.rewriting import full_densities
from bayeswrap.program.syntax.sum_terms import term_spans
from bayeswrap.program.syntax.tokens import LINE_END
from bayeswrap.program.weights.contributions import Contribution, Suffix, added_by, on_one_line
from bayeswrap.program.weights.part_weights import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.roles.classification import Classification
    from bayeswrap.program.roles.role import TargetStatement
    from bayeswrap.program.syntax.scan import Scan, Span
    from bayeswrap.program.weights.part_weights import PartWeights

__all__ = [
    "WeightedSource",
    "switch",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedSource:
    """The weighted text and the prefix of the data variables that it adds.

    Attributes
    ----------
    text : str
        What is compiled.
    prefix : str
        Of the data variables that it adds.
    with_constants : str
        The same with the constants that the user's own functions and locals leave out; data
        cannot switch them on there. For single points, not for sampling.
    """

    text: str
    prefix: str
    with_constants: str

    def data(self, parts: PartWeights) -> dict[str, float]:
        """Return the values of the added data variables."""
        weights = {self.weight_of(name): float(getattr(parts, name)) for name in WEIGHTED}
        return {**weights, f"{self.prefix}_normalized": int(parts.normalized)}

    def weight_of(self, name: str) -> str:
        """Return the name of the data variable that is the weight of a part."""
        return f"{self.prefix}_{name}_weight"

    def has(self, name: str) -> bool:
        """Return whether some statement stands behind the weight of a part."""
        return self.text.count(self.weight_of(name)) > 1

    def distinct(self, parts: PartWeights) -> PartWeights:
        """Return weights that give the same density, with 1 for parts that the program lacks."""
        return replace(
            parts,
            prior=parts.prior if self.has("prior") else 1.0,
            population=parts.population if self.has("population") else 1.0,
            likelihood=parts.likelihood if self.has("likelihood") else 1.0,
        )


def switch(source: str, classified: Classification, suffix: Suffix) -> WeightedSource:
    """Put every decided statement, or term of a sum, behind the weight of its role.

    Parameters
    ----------
    source : str
        Program text, includes expanded.
    classified : Classification
        Its statements with their roles, and where they stand.
    suffix : callable
        Density suffix (``lpdf`` or ``lpmf``) of a distribution's name and its outcome's type.
    """
    scan = classified.scan
    prefix = scan.free_prefix
    edits = [(*_data_edit(scan, prefix), "")]
    rows = itertools.groupby(classified.statements, key=lambda s: s.position)
    for position, group in rows:
        members, span = list(group), scan.spans[position]
        if members[0].role is Role.ADJUSTMENT:
            continue
        body = source[span.start : span.end]
        if members[0].summands:
            new = _split(source, span, members, prefix)
        else:
            outcome = classified.nodes[position].outcome_type
            added = added_by(span, body, outcome, suffix)
            new = _whole(body, added, f"{prefix}_{members[0].role}_weight", prefix)
        edits.append((span.start, new, body))
    return WeightedSource(
        text=_edited(source, edits),
        prefix=prefix,
        with_constants=_edited(source, [*edits, *_constants(source, scan, suffix)]),
    )


def _edited(source: str, edits: Sequence[tuple[int, str, str]]) -> str:
    """Return the text with each (offset, new, old) put in its place."""
    text = source
    for start, new, old in sorted(edits, reverse=True):
        text = text[:start] + new + text[start + len(old) :]
    return text


def _constants(source: str, scan: Scan, suffix: Suffix) -> Iterator[tuple[int, str, str]]:
    """Yield the edits that restore constants outside the program's own target statements."""
    for span in scan.in_functions:
        body = source[span.start : span.end]
        if span.kind == "tilde":
            # what is truncated is a scalar
            added = added_by(span, body, "real", suffix)
            yield span.start, f"target += {added.normalized};", body
    tildes = [span for span in scan.in_functions if span.kind == "tilde"]
    covered = [*tildes, *scan.spans]
    for token in scan.unnormalised:
        if not any(span.start <= token.start < span.end for span in covered):
            yield token.start, full_densities(token.text), token.text


def _data_edit(scan: Scan, prefix: str) -> tuple[int, str]:
    weights = " ".join(f"real<lower=0> {prefix}_{kind}_weight;" for kind in WEIGHTED)
    declared = f"{weights} int<lower=0, upper=1> {prefix}_normalized;"
    if scan.data_open is None:
        return scan.functions_end, f" data {{ {declared} }} "
    return scan.data_open, f" {declared}"


def _whole(body: str, added: Contribution, weight: str, prefix: str) -> str:
    constants = f" if ({prefix}_normalized == 1) {added.constants}" if added.constants else ""
    # the outer braces keep an `else` of the user's with its own `if`
    return (
        f"{{ if ({weight} == 1) {{ {body}{constants} }} "
        f"else if ({weight} > 0) {{ {_weighted(body, added, constants, weight, prefix)} }} }}"
    )


def _weighted(body: str, added: Contribution, constants: str, weight: str, prefix: str) -> str:
    if not added.expression:
        # what the statement adds is not one expression: it is measured
        before, gain = f"{prefix}_before", f"{prefix}_gain"
        return (
            f"real {before} = target(); {on_one_line(body)}{constants} "
            f"real {gain} = target() - {before}; "
            # a density of zero stays one
            f"if ({gain} > negative_infinity()) target += ({weight} - 1) * {gain};"
        )
    plain = f"{added.to} += {weight} * ({added.expression});"
    if added.normalized == added.expression:
        return plain
    full = f"{added.to} += {weight} * ({added.normalized});"
    return f"if ({prefix}_normalized == 1) {{ {full} }} else {{ {plain} }}"


def _split(source: str, span: Span, rows: Sequence[TargetStatement], prefix: str) -> str:
    """Write each term of a sum as a statement of its own."""
    body = source[span.start : span.end]
    to = "target" if span.kind == "target" else on_one_line(body).split("+=")[0].strip()
    terms, written = term_spans(source, span), []
    for row in rows:
        weight = f"{prefix}_{row.role}_weight"
        for i in row.summands:
            text = f"{terms[i].sign}({on_one_line(source[terms[i].start : terms[i].end])})"
            added = Contribution.of(to, text.removeprefix("+"))
            written.append(_whole(f"{to} += {added.expression};", added, weight, prefix))
    # the lines below keep their numbers
    return "{ " + " ".join(written) + "\n" * len(LINE_END.findall(body)) + " }"
