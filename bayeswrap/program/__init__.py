"""The Stan program: its text, its variables, and the roles of its statements."""

from bayeswrap.program.program import Program, RoleTable, Variable
from bayeswrap.program.roles import Role, TargetStatement
from bayeswrap.program.switches import Parts, SwitchedSource

__all__ = [
    "Parts",
    "Program",
    "Role",
    "RoleTable",
    "SwitchedSource",
    "TargetStatement",
    "Variable",
]
