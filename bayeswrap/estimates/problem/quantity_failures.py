"""Generated quantities that fail at a point: what else can be computed there, and what failed why.

Stan computes all generated quantities in one call, and one that throws takes the others with it.
Here the program is evaluated again with some of them alone.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.data_text import encoded
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate
from bayeswrap.program.syntax.parse import tree
from bayeswrap.program.syntax.quantity_slices import generated_quantities
from bayeswrap.program.syntax.tree import Declaration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bayeswrap.engine.data_text import DataText
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.quantity_slices import GeneratedQuantities, Statement
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "FailingQuantities",
    "QuantityFailure",
    "draw_warnings",
    "failure_sentence",
    "point_warnings",
]

_TEXT_MAX = 60  # characters of a statement that a message shows


@dataclass(frozen=True, slots=True)
class QuantityFailure:
    """A generated quantity that cannot be computed at a point.

    Attributes
    ----------
    variable : str
        Its name.
    line : int
        Line of the statement in the program, from 1.
    statement : str
        Its text.
    reason : str
        What Stan says.
    """

    variable: str
    line: int
    statement: str
    reason: str


@dataclass(slots=True)
class FailingQuantities:
    """The generated quantities of one program on one data set, where some fail.

    Parameters
    ----------
    source : str
        The program, without prints.
    data : callable
        Returns JSON of its data.
    name : str
        Model name for messages.
    """

    source: str
    data: Callable[[], str | DataText]
    name: str
    _block: GeneratedQuantities | None = field(default=None, init=False, repr=False)
    _densities: dict[frozenset[str], InProcessDensity] = field(
        default_factory=dict, init=False, repr=False
    )

    @property
    def block(self) -> GeneratedQuantities:
        """The block of the program."""
        if self._block is None:
            self._block = generated_quantities(self.source)
        return self._block

    def never_computed(self, names: Iterable[str]) -> tuple[QuantityFailure, ...]:
        """Return the quantities that the engine gives up before any point, such as a wrong index.

        It then leaves all of them out; each that is there alone can be computed.

        Parameters
        ----------
        names : iterable of str
            The scalars that the whole program has.
        """
        variables = self.block.variables
        if not variables or {variable_of(n) for n in names} & set(variables):
            return ()
        declared = {
            d.name: d.dims
            for d in tree(self.source, self.name).blocks["generated quantities"]
            if isinstance(d, Declaration)
        }
        lost = [v for v in variables if not self._holds(v)]
        return tuple(
            QuantityFailure(v, s.line, s.text, "cannot be computed with these data")
            for v in lost
            if not any(self._is_empty(dim) for dim in declared.get(v, ()))
            for s in [self._guilty(v, "", set())]
        )

    def _holds(self, variable: str) -> bool:
        names = self.density(frozenset([variable])).names(derived=True)
        return any(variable_of(name) == variable for name in names)

    def _is_empty(self, size: Expression) -> bool:
        """Return whether a size is 0, or is not known here."""
        values = {
            n: np.asarray(v) for n, v in json.loads(encoded(self.data())).items() if _is_number(v)
        }
        try:
            return bool(np.asarray(evaluate(size, values)).min() <= 0)
        except NotEvaluable:
            return True

    def density(self, variables: frozenset[str] = frozenset()) -> InProcessDensity:
        """Return the density of the program with these generated quantities alone."""
        if variables not in self._densities:
            mir = translate(self.block.program_with(variables), self.name)
            self._densities[variables] = InProcessDensity(
                mir, self.data(), self.name, transforms_alone=True
            )
        return self._densities[variables]

    def constrain(self, q: np.ndarray, names: Sequence[str], seed: int = 1) -> np.ndarray:
        """Map a position to named scalars; NaN for quantities that cannot be computed there.

        Parameters
        ----------
        q : (dimension,) array
            Unconstrained position.
        names : sequence of str
            The scalars wanted, in Stan's spelling.
        seed : int, optional
            Of the generated quantities.

        Raises
        ------
        EngineError
            A transformed parameter cannot be computed there.
        """
        bare = self._values(frozenset(), q, seed)
        if set(names) <= set(bare):
            return np.array([bare[name] for name in names])
        reasons = self._reasons(q, seed)
        values = self._values(frozenset(v for v, r in reasons.items() if not r), q, seed)
        return np.array([values.get(name, np.nan) for name in names])

    def _reasons(self, q: np.ndarray, seed: int) -> dict[str, str]:
        """Return why each quantity cannot be computed at a position; empty where it can.

        Random numbers come out otherwise beside others: where quantities that can be computed
        alone cannot be computed together, they are added one after the other.
        """
        variables = self.block.variables
        reasons = {v: self._reason(frozenset([v]), q, seed) for v in variables}
        kept = frozenset(v for v in variables if not reasons[v])
        if not self._reason(kept, q, seed):
            return reasons
        kept = frozenset()
        for v in variables:
            reasons[v] = self._reason(kept | {v}, q, seed)
            kept |= frozenset() if reasons[v] else {v}
        return reasons

    def _values(self, variables: frozenset[str], q: np.ndarray, seed: int) -> dict[str, float]:
        density = self.density(variables)
        values = density.constrain(q, derived=True, seed=seed)
        return dict(zip(density.names(derived=True), values, strict=True))

    def failures(self, q: np.ndarray, seed: int = 1) -> tuple[QuantityFailure, ...]:
        """Return what cannot be computed at a position.

        Parameters
        ----------
        q : (dimension,) array
            Unconstrained position.
        seed : int, optional
            Of the generated quantities.
        """
        reasons = self._reasons(q, seed)
        sound = {s.start for v, r in reasons.items() if not r for s in self.block.slice([v])}
        failures = []
        for variable, reason in reasons.items():
            if reason:
                guilty = self._guilty(variable, reason, sound)
                failures.append(QuantityFailure(variable, guilty.line, guilty.text, reason))
        return tuple(failures)

    def _reason(self, variables: frozenset[str], q: np.ndarray, seed: int) -> str:
        """Return why quantities cannot be computed together at a position; empty where they can."""
        try:
            self.density(variables).constrain(q, derived=True, seed=seed)
        except EngineError as error:
            return " ".join((error.got or str(error)).split())
        return ""

    def _guilty(self, variable: str, reason: str, sound: set[int]) -> Statement:
        """Return the statement that fails, as far as the reason names what it calls or declares."""
        own = self.block.slice([variable])
        suspects = [s for s in own if s.start not in sound] or list(own)
        words = reason.replace(":", " ").replace("[", " ").replace("(", " ").split()
        named = [s for word in words for s in suspects if word in s.names]
        work = [s for s in suspects if not s.declared or "=" in s.text]
        return next(iter([*named, *work, *suspects]))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def draw_warnings(
    program: Program, failures: Iterable[tuple[QuantityFailure, ...]], total: int
) -> tuple[str, ...]:
    """Say which generated quantities are missing at some draws, with line and reason.

    Parameters
    ----------
    program : Program
        Knows which file a line came from.
    failures : iterable of tuple of QuantityFailure
        What failed, by draw.
    total : int
        How many draws there are.
    """
    by_draw = [failure for failures_of_draw in failures for failure in failures_of_draw]
    counts = Counter(failure.variable for failure in by_draw)
    return tuple(
        f"{subject} missing at {max(counts[f.variable] for f in group)} of {total} draws; "
        + failure_sentence(group[0], program)
        for subject, group in _by_statement(by_draw)
    )


def point_warnings(program: Program, failures: Iterable[QuantityFailure]) -> tuple[str, ...]:
    """Say which generated quantities are missing at an estimate, with line and reason.

    Parameters
    ----------
    program : Program
        Knows which file a line came from.
    failures : iterable of QuantityFailure
        What failed there.
    """
    return tuple(
        f"{subject} missing at the estimate; {failure_sentence(group[0], program)}"
        for subject, group in _by_statement(failures)
    )


def _by_statement(
    failures: Iterable[QuantityFailure],
) -> Iterator[tuple[str, list[QuantityFailure]]]:
    """Yield the quantities that one statement loses, as a subject with its verb."""
    groups = dict[tuple[int, str], dict[str, QuantityFailure]]()
    for failure in failures:
        group = groups.setdefault((failure.line, failure.statement), {})
        group.setdefault(failure.variable, failure)
    for group in groups.values():
        several = len(group) > 1
        subject = "generated quantities " if several else "generated quantity "
        yield subject + ", ".join(group) + (" are" if several else " is"), [*group.values()]


def failure_sentence(failure: QuantityFailure, program: Program) -> str:
    """Word a failure: the line of the user's program, the statement, the reason.

    Parameters
    ----------
    failure : QuantityFailure
        What failed.
    program : Program
        Knows which file a line came from.
    """
    file, line = program.lines.at(failure.line)
    statement = " ".join(failure.statement.split())
    shown = statement if len(statement) <= _TEXT_MAX else statement[: _TEXT_MAX - 4] + " ..."
    return f"line {line}{f' of {file}' if file else ''}, `{shown}`: {failure.reason}"
