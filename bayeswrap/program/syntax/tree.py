"""The syntax tree of a Stan program, as far as roles and data need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.program.syntax.constraints import Constraint, constraint_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Assign",
    "Branch",
    "Call",
    "Declaration",
    "Expression",
    "Function",
    "Group",
    "Loop",
    "Return",
    "Statement",
    "Target",
    "Tilde",
    "Tree",
    "Variable",
    "flat",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of the program's outer scope.

    Attributes
    ----------
    name, block : str
        Its name and the block that declares it.
    declaration : Declaration
        Type, sizes and constraint as stanc reads them.
    """

    name: str
    block: str
    declaration: Declaration


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression: stanc's constructor, its name, operator or numeral, and its parts."""

    head: str
    name: str = ""
    args: tuple[Expression, ...] = ()
    type: str = ""
    """``real``, ``vector``, ``array array int``, ...; empty where stanc gives none."""

    def walk(self) -> Iterator[Expression]:
        """Yield this expression and everything inside it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared variable: its type, sizes, constraint and initial value."""

    name: str
    base: str
    """``int``, ``real``, ``complex``, ``vector``, ``row_vector``, ``matrix`` or ``tuple``."""
    dims: tuple[Expression, ...]
    """Array sizes first, then those of the vector or matrix."""
    array_rank: int
    transform: str
    """Stan's constraint: ``Identity``, ``Lower``, ``Simplex``, ..."""
    bounds: tuple[Expression, ...]
    value: Expression | None = None

    @property
    def constraint(self) -> Constraint:
        """The properties of its constraint."""
        return constraint_of(self.transform)


@dataclass(frozen=True, slots=True)
class Assign:
    """``lhs = rhs``; ``lhs += x`` and its kin are read as ``lhs = lhs + x``."""

    name: str
    """The variable that is assigned to."""
    lhs: Expression
    rhs: Expression
    updates: bool
    """True for assignment to a part: the rest of the old value lives on."""


@dataclass(frozen=True, slots=True)
class Tilde:
    """``outcome ~ distribution(args) T[...]``."""

    outcome: Expression
    distribution: str
    args: tuple[Expression, ...]
    truncation: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """``target += expression`` or ``jacobian += expression``."""

    expression: Expression
    is_jacobian: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call that returns nothing."""

    name: str
    args: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """``return expression;``; a bare ``return`` has none."""

    expression: Expression | None


@dataclass(frozen=True, slots=True)
class Branch:
    """``if``/``else``."""

    condition: Expression
    branches: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """``for``, ``foreach`` or ``while``; ``over`` is the container of a foreach."""

    variable: str
    bounds: tuple[Expression, ...]
    over: Expression | None
    body: Statement


@dataclass(frozen=True, slots=True)
class Group:
    """A block of statements."""

    statements: tuple[Statement, ...]


Statement: TypeAlias = Declaration | Assign | Tilde | Target | Call | Return | Branch | Loop | Group


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the user's: the names of its arguments and its body."""

    name: str
    arguments: tuple[str, ...]
    body: Statement


@dataclass(frozen=True, slots=True)
class Tree:
    """A program: statements by block, and the user's functions by name, overloads together."""

    blocks: dict[str, tuple[Statement, ...]]
    functions: dict[str, tuple[Function, ...]]


def flat(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield statements and all that stand inside them."""
    for statement in statements:
        yield statement
        match statement:
            case Group(statements=inner) | Branch(branches=inner):
                yield from flat(inner)
            case Loop(body=body):
                yield from flat((body,))
