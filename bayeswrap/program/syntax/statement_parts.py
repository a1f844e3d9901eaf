"""The expressions that a statement is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Call,
    Declaration,
    Loop,
    Target,
    Tilde,
)

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Expression, Statement

__all__ = [
    "expressions_of",
]


def expressions_of(statement: Statement) -> tuple[Expression, ...]:  # noqa: PLR0911
    """Return the expressions that stand in a statement itself, not in those inside it.

    Of an addition, ``x += y``, it is `y` and the indices of `x`: it does not read what it adds to.
    """
    match statement:
        case Declaration(dims=dims, bounds=bounds, value=value):
            return (*dims, *bounds, *((value,) if value else ()))
        case Assign(lhs=lhs, rhs=rhs):
            is_addition = rhs.head == "BinOp" and rhs.name == "Plus" and rhs.args[0] == lhs
            indices = lhs.args[1:] if lhs.head == "Indexed" else ()
            return (*indices, *rhs.args[1:]) if is_addition else (lhs, rhs)
        case Tilde(outcome=outcome, args=args, truncation=truncation):
            return (outcome, *args, *truncation)
        case Target(expression=expression):
            return (expression,)
        case Call(args=args):
            return args
        case Branch(condition=condition):
            return (condition,)
        case Loop(bounds=bounds, over=over):
            return (*bounds, *((over,) if over else ()))
        case _:
            return ()
