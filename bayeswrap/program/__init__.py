"""The Stan program: its text, its variables, and the roles of its statements."""

from bayeswrap.program.program import Program, Variable
from bayeswrap.program.roles import Role, TargetStatement
from bayeswrap.program.switches import Parts, SwitchedSource
from bayeswrap.program.table import RoleTable

__all__ = [
    "Parts",
    "Program",
    "Role",
    "RoleTable",
    "SwitchedSource",
    "TargetStatement",
    "Variable",
]
