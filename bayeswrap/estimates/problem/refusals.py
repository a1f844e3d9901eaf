"""Why a density has no start: which statement Stan refuses, and in which words.

The program is evaluated with one target statement at a time, so that the one at fault has a line
even where Stan's message has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import DataError, EngineError
from bayeswrap.program.syntax.external_functions import for_evaluation
from bayeswrap.program.syntax.places import location_of
from bayeswrap.program.syntax.tokens import LINE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.engine.compiled_density import CompiledDensity
    from bayeswrap.engine.data_text import DataText
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.scan import Span

__all__ = [
    "Refusal",
    "refusal_of",
    "refusal_sentence",
    "statement_place",
]

_SHRINKAGE = 0.1  # of the points tried, so near the origin that nothing overflows
_TEXT_MAX = 60  # characters of a statement that a message shows


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a point has no usable density.

    Attributes
    ----------
    kind : str
        ``"error"`` where Stan refuses to evaluate, ``"zero"`` where the log density is infinite
        or no number, ``"slope"`` where it is finite and its gradient is not.
    reason : str
        Stan's words; empty where it has none.
    place : str
        Line and text of the statement; empty where no single one is at fault.
    """

    kind: Literal["error", "zero", "slope"]
    reason: str = ""
    place: str = ""


def refusal_of(problem: Problem) -> Refusal | None:
    """Return why the density of a problem is not usable near the origin; None where it is.

    Parameters
    ----------
    problem : Problem
        Program, data and weights.
    """
    if problem.density.without_slope:
        return Refusal("slope", place=problem.density.without_slope)
    q = _point(problem)
    whole = _judged(lambda: problem.density.of(problem.weights), q)
    if whole is None or problem.density.executable is not None:
        return whole  # a program for each statement would have to be compiled
    data, program = problem.data.text(), problem.program
    spans = program.classified.scan.spans
    bare = _judged(lambda: _density(program, spans, None, data), q)
    if bare is not None:
        return bare
    for span in spans:
        alone = _judged(lambda s=span: _density(program, spans, s, data), q)  # type: ignore[misc]
        if alone is not None:
            return Refusal(alone.kind, alone.reason, statement_place(program, span))
    return whole


def _point(problem: Problem) -> np.ndarray:
    """Return the user's initial values, or a point near the origin."""
    rng = np.random.default_rng(problem.seed)
    q = _SHRINKAGE * rng.uniform(-1, 1, problem.density.transforms.dimension)
    if problem.start is not None:
        return problem.start
    if not problem.inits:
        return q
    try:
        values = problem.coordinates.arrays(q) | dict(problem.inits)
        return problem.density.transforms.unconstrain(values)
    except DataError:
        return q


def _judged(make: Callable[[], object], q: np.ndarray) -> Refusal | None:
    """Return what is wrong with a density at a point."""
    try:
        density: InProcessDensity | CompiledDensity = make()  # type: ignore[assignment]  # these
    except (EngineError, DataError) as error:
        return Refusal("error", " ".join((error.got or error.what).split()))
    reason = density.refusal(q)
    if reason:
        return Refusal("error", reason)
    value, gradient = density.evaluate(q)
    if not np.isfinite(value):
        return Refusal("zero")
    return None if np.isfinite(gradient).all() else Refusal("slope")


def _density(
    program: Program, spans: Sequence[Span], kept: Span | None, data: DataText
) -> InProcessDensity:
    """Return the density of the program with one of its target statements, or none."""
    units, end = [], 0
    for span in spans:
        if span is kept:
            continue
        lines = "\n" * len(LINE_END.findall(program.source, span.start, span.end))
        units += [program.source[end : span.start], "{ }", lines]
        end = span.end
    source = "".join([*units, program.source[end:]])
    return InProcessDensity(translate(for_evaluation(source), program.name), data, program.name)


def statement_place(program: Program, span: Span) -> str:
    """Return line and text of a target statement, for a message.

    Parameters
    ----------
    program : Program
        The program.
    span : Span
        Where the statement stands in its text.
    """
    at = location_of(program.source, span.start, span.end, program.lines)
    text = at.text if len(at.text) <= _TEXT_MAX else f"{at.text[: _TEXT_MAX - 4]} ..."
    return f"line {at.line} of {at.file or f'{program.name}.stan'}, `{text}`"


def refusal_sentence(refusal: Refusal) -> str:
    """Word why a point has no usable density.

    Examples
    --------
    >>> refusal_sentence(Refusal("zero"))
    'the log density is infinite or not a number there'
    """
    if refusal.kind == "error":
        return f"Stan says there: {refusal.reason}"
    if refusal.kind == "zero":
        return "the log density is infinite or not a number there"
    return "the log density is finite there, and its gradient is not a number"
