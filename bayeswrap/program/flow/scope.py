"""`Scope`: the state of a walk over a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.program.flow.parameter_cells import NO_CELLS, Cells, Range
from bayeswrap.program.flow.values import Flow, nonlinear_flow, sum_flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.program.syntax.tree import Function

__all__ = [
    "Environment",
    "Scope",
]


Environment: TypeAlias = dict[str, Flow]


@dataclass(slots=True)
class Scope:
    """The flow of each variable at a point of the program, and what the walk has noted so far."""

    functions: Mapping[str, tuple[Function, ...]]
    environment: Environment
    plain: frozenset[str]
    """Unconstrained parameters: data that index them say where an effect belongs."""
    walk_body: Callable[[Function, Sequence[Flow], Scope], Flow]
    """Follows the body of a function for given arguments."""
    cells: Cells = NO_CELLS
    """How the parameters are cut."""
    in_function: bool = False
    """Whether names are those of a function's arguments and locals, not of parameters."""
    ranges: Mapping[str, Range] = field(default_factory=dict)
    """Of the counters of the loops around."""
    products: dict[str, frozenset[frozenset[str]]] = field(default_factory=dict)
    positive: set[str] = field(default_factory=set)
    calls: dict[tuple[object, ...], Flow | None] = field(default_factory=dict)
    """Calls already data_flow; None while one is under way, which is a recursion."""

    def call_flow(self, name: str, flows: Sequence[Flow]) -> Flow:
        """Return what a function of the user's makes of its arguments."""
        overloads = [f for f in self.functions[name] if len(f.arguments) == len(flows)]
        results = [self._followed(f, i, flows) for i, f in enumerate(overloads)]
        if not results or None in results:
            # a recursion, or no such function: nothing is assumed of what it computes
            return nonlinear_flow(flows, doubtful=True)
        return sum_flow([f for f in results if f is not None])

    def _followed(self, function: Function, overload: int, flows: Sequence[Flow]) -> Flow | None:
        key = (function.name, overload, *flows)
        if key not in self.calls:
            self.calls[key] = None
            self.calls[key] = self.walk_body(function, flows, self)
        return self.calls[key]
