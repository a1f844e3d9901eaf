"""S-expressions as nested tuples of strings."""

from __future__ import annotations

import re
from typing import TypeAlias, Union

__all__ = [
    "Node",
    "field",
    "parse",
]


Node: TypeAlias = Union[str, "tuple[Node, ...]"]

_TOKEN = re.compile(r'\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+')


def parse(text: str) -> Node:
    """Read the first S-expression of a text.

    Examples
    --------
    >>> parse("(a (b c) ())")
    ('a', ('b', 'c'), ())
    """
    stack: list[list[Node]] = [[]]
    for unit in _TOKEN.findall(text):
        if unit == "(":
            stack.append([])
        elif unit == ")":
            done = tuple(stack.pop())
            stack[-1].append(done)
        else:
            stack[-1].append(unit)
    return stack[0][0]


def field(record: Node, name: str) -> Node:
    """Return the value of a named field of a record ``((name value) ...)``.

    Raises
    ------
    KeyError
        No such field: stanc's tree is not of the form we know.
    """
    for entry in record:
        if isinstance(entry, tuple) and entry and entry[0] == name:
            # OCaml prints a missing option as a bare name and lists inline
            return entry[1] if len(entry) == 2 else entry[1:]  # noqa: PLR2004 - name and value
    raise KeyError(name)
