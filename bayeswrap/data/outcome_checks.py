"""Outcomes and arguments of densities held against what the densities take, before Stan runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.data_places import element_of, value_text
from bayeswrap.data.density_supports import DENSITIES, SETS
from bayeswrap.errors import DataError
from bayeswrap.program.syntax.evaluate import NotEvaluable, unparse
from bayeswrap.program.syntax.patterns import family
from bayeswrap.program.syntax.tree import Expression, Statement, Target, Tilde

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.data.data_places import DataPlaces
    from bayeswrap.data.density_supports import DensityRule
    from bayeswrap.data.loop_values import LoopValues, Value

__all__ = [
    "DensityCall",
    "densities_of",
    "require_supported",
]

_DENSITY = ("_lpdf", "_lpmf", "_lupdf", "_lupmf")
_SUMS = frozenset({"Plus", "Minus"})
_LITERALS = frozenset({"IntNumeral", "RealNumeral"})


def require_supported(
    statement: Statement, known: LoopValues, places: DataPlaces, own: Mapping[str, object]
) -> None:
    """Refuse data that a density of a statement cannot take.

    Parameters
    ----------
    statement : Statement
        A statement that surely runs.
    known : LoopValues
        The values there.
    places : DataPlaces
        Where values come from, for the message.
    own : mapping
        The user's functions by name: their densities are not Stan's.

    Raises
    ------
    DataError
        An outcome or an argument is outside; variable, element, row and line are named.
    """
    for call in densities_of(statement):
        rule = DENSITIES.get(call.name)
        if rule is None or any(call.name + suffix in own for suffix in _DENSITY):
            continue
        check = _Check(call, known, places)
        if not check.has_parameters:
            continue  # a constant, which Stan leaves out
        check.member(call.outcome, rule.outcome, "outside the support of")
        for argument, kind in zip(call.args, rule.arguments, strict=False):
            if kind:
                check.member(argument, kind, "no argument for")
        check.limits(rule)
        check.categories(rule)


@dataclass(frozen=True, slots=True)
class DensityCall:
    """A density that a statement adds: its name, outcome and arguments, and its text."""

    name: str
    outcome: Expression
    args: tuple[Expression, ...]
    text: str


def densities_of(statement: Statement) -> Iterator[DensityCall]:
    """Yield the densities that a statement surely adds.

    Those inside another function, such as ``log_mix``, may be zero without harm.
    """
    match statement:
        case Tilde(outcome=outcome, distribution=name, args=args):
            yield DensityCall(name, outcome, args, f"{unparse(outcome)} ~ {name}(...)")
        case Target(expression=expression, is_jacobian=False):
            for term in _terms(expression):
                if term.head == "CondDistApp" and term.name.endswith(_DENSITY):
                    outcome, args = term.args[0], term.args[1:]
                    text = f"{term.name}({unparse(outcome)} | ...)"
                    yield DensityCall(family(term.name), outcome, args, text)


def _terms(expression: Expression) -> Iterator[Expression]:
    if expression.head == "Paren" or (expression.head == "BinOp" and expression.name in _SUMS):
        for part in expression.args:
            yield from _terms(part)
    else:
        yield expression


class _Check:
    """The checks of one density."""

    def __init__(self, call: DensityCall, known: LoopValues, places: DataPlaces) -> None:
        self.call, self.known, self.places = call, known, places

    @property
    def has_parameters(self) -> bool:
        """Whether outcome or arguments depend on more than the data."""
        parts = (self.call.outcome, *self.call.args)
        names = {e.name for part in parts for e in part.walk() if e.head == "Variable"}
        return not names <= {*self.known.shared, *self.known.passes}

    def _value(self, expression: Expression) -> Value | None:
        try:
            return self.known.value(expression)
        except NotEvaluable:
            return None

    def member(self, expression: Expression, kind: str, relation: str) -> None:
        """Refuse a value outside a set of numbers."""
        value = self._value(expression)
        if value is None:
            return
        outside = SETS[kind].is_outside(value.array)
        if outside.any():
            self._refuse(expression, value, outside, relation, SETS[kind].name)

    def limits(self, rule: DensityRule) -> None:
        """Refuse an outcome beyond an argument that bounds it: ``y > n`` in a binomial."""
        outcome, args = self.call.outcome, self.call.args
        value = self._value(outcome)
        for at, side in zip(rule.limits, (-1, 1), strict=True):
            limit = self._value(args[at]) if 0 <= at < len(args) else None
            if value is None or limit is None:
                continue
            if value.by_pass != limit.by_pass and value.own_rank and limit.own_rank:
                continue
            try:
                beyond = np.broadcast_to(side * (value.array - limit.array) > 0, value.array.shape)
            except ValueError:
                continue
            if not beyond.any():
                continue
            first = tuple(np.argwhere(beyond)[0])
            number = np.broadcast_to(limit.array, value.array.shape)[first]
            sign = "<=" if side > 0 else ">="
            literal = args[at].head in _LITERALS
            expected = f"{sign} {unparse(args[at])}" + ("" if literal else f" = {number:g}")
            self._refuse(outcome, value, beyond, "outside the support of", expected)

    def categories(self, rule: DensityRule) -> None:
        """Refuse a category beyond the number of categories."""
        outcome, args = self.call.outcome, self.call.args
        if not 0 <= rule.categories < len(args):
            return
        value, cuts = self._value(outcome), args[rule.categories]
        shape = self.known.shapes.get(cuts.name) if cuts.head == "Variable" else None
        if value is None or not shape or len(shape) != 1 or shape[0] is None:
            return
        count = shape[0] + rule.more_categories
        beyond = value.array > count
        if beyond.any():
            more = " + 1" if rule.more_categories else ""
            expected = f"at most {count}, the size of {cuts.name}{more}"
            self._refuse(outcome, value, beyond, "beyond the categories of", expected)

    def _refuse(
        self, expression: Expression, value: Value, bad: np.ndarray, relation: str, expected: str
    ) -> None:
        count, at = int(bad.sum()), tuple(int(i) for i in np.argwhere(bad)[0])
        number, element = float(value.array[at]), element_of(expression, at, self.known)
        got = value_text(expression, number, element, self.known)
        several = f" ({count} such values)" if count > 1 else ""
        subject = str(element) if element else "the program"
        raise DataError(
            f"{got} is {relation} the {self.call.name} distribution{several}",
            where=self.places.where(self.call.text, element),
            expected=expected,
            got=got,
            do=f"correct {subject}, or use a distribution that takes {number:g}",
        )
