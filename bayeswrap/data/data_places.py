"""Where the values in a message stand: element of which variable, row of which file, which line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.syntax.evaluate import ELEMENTWISE, NotEvaluable, unparse
from bayeswrap.program.syntax.places import first_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.data.loop_values import LoopValues
    from bayeswrap.data.row_names import Origin
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "DataPlaces",
    "Element",
    "element_of",
    "value_text",
]


@dataclass(frozen=True, slots=True)
class Element:
    """One number of a data variable, by its position from 0."""

    variable: str
    at: tuple[int, ...]

    def __str__(self) -> str:
        """Write it as in Stan: ``y[3]``."""
        indices = ", ".join(str(i + 1) for i in self.at)
        return f"{self.variable}[{indices}]" if indices else self.variable


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPlaces:
    """Names of elements, rows and lines of one program and its data.

    Attributes
    ----------
    program : Program
        The program.
    origins : mapping of str to Origin
        Where values stand in a table, for variables that came from one.
    """

    program: Program
    origins: Mapping[str, Origin]

    def row(self, element: Element | None) -> str:
        """Return column and row of an element of a table; empty for others."""
        origin = self.origins.get(element.variable) if element else None
        return origin.place(element.at) if origin and element and element.at else ""

    def line(self, text: str) -> str:
        """Return the line of the user's file where a piece of the program stands first."""
        place = first_place(self.program.source, text, self.program.lines)
        if place is None:
            return f"{self.program.name}.stan"
        return f"line {place.line} of {place.file or f'{self.program.name}.stan'}"

    def where(self, text: str, element: Element | None) -> str:
        """Return statement, line, and the row of an element."""
        row = self.row(element)
        return f"`{text}`, {self.line(text)}" + (f"; {row}" if row else "")


def element_of(expression: Expression, at: Sequence[int], known: LoopValues) -> Element | None:
    """Return the element of which variable is one number of an expression's value.

    Parameters
    ----------
    expression : Expression
        A variable, elements of one, or a function of these element by element.
    at : sequence of int
        Position in the value, from 0.
    known : LoopValues
        The values there.
    """
    while expression.head == "Paren" or (
        expression.head == "FunApp" and expression.name in ELEMENTWISE
    ):
        expression = expression.args[0]
    base = expression
    while base.head == "Indexed":
        base = base.args[0]
    definition = known.definitions.get(base.name)
    if base.head != "Variable":
        return None
    if expression is base and definition is not None:
        return element_of(definition, at, known)
    element = _element(expression, base.name, at, known)
    if element is None or definition is None:
        return element
    return element_of(definition, element.at, known) or element


def _element(
    expression: Expression, name: str, at: Sequence[int], known: LoopValues
) -> Element | None:
    """Return which element of a variable stands at a position of a part of it."""
    if name not in known.shared:
        return None
    shape = np.shape(known.shared[name])
    positions = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
    renamed = replace(known, shared={**known.shared, name: positions})
    try:
        number = int(renamed.value(expression).array[tuple(at)])
    except (NotEvaluable, IndexError):
        return None
    return Element(name, tuple(int(i) for i in np.unravel_index(number, shape)))


def value_text(
    expression: Expression, number: float, element: Element | None, known: LoopValues
) -> str:
    """Write a value with the element that it comes from: ``log(y) = -inf (y[3] = 0)``.

    Parameters
    ----------
    expression : Expression
        What has the value.
    number : float
        The value.
    element : Element or None
        The element of data that it is made of.
    known : LoopValues
        The values there.
    """
    if not any(e.head == "Variable" for e in expression.walk()):
        return f"{number:g}"
    own = known.shared.get(element.variable) if element else None
    if element is None or own is None:
        return f"{unparse(expression)} = {number:g}"
    given = own[element.at]
    if given == number:
        return f"{element} = {number:g}"
    return f"{unparse(expression)} = {number:g} ({element} = {given:g})"
