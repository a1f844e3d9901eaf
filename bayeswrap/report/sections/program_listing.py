"""The program's text with the role of each target statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.errors import EngineError
from bayeswrap.program.program import Program
from bayeswrap.report.document.parts import CodeLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.roles.role import TargetStatement
    from bayeswrap.record import RunRecord

__all__ = [
    "annotated_lines",
    "program_of",
    "statements_of",
]


def program_of(record: RunRecord) -> Program:
    """Return the program of a record."""
    return Program.from_record(record)


def statements_of(record: RunRecord) -> tuple[TargetStatement, ...]:
    """Return the program's target statements; none on a machine without Stan's compiler."""
    try:
        return program_of(record).statements
    except EngineError:  # the report of a saved result needs no Stan
        return ()


def annotated_lines(record: RunRecord) -> tuple[CodeLine, ...]:
    """Return the program line by line, each with the role of the statement that it belongs to."""
    on_line: dict[int, list[TargetStatement]] = {}
    for statement in statements_of(record):
        for line in _lines(record.program, statement):
            on_line.setdefault(line, []).append(statement)
    return tuple(
        _code_line(number, text, on_line.get(number, []))
        for number, text in enumerate(record.program.rstrip("\n").split("\n"), start=1)
    )


def _code_line(number: int, text: str, statements: Sequence[TargetStatement]) -> CodeLine:
    """Return a line with the roles of the statements that begin on it, or else continue on it."""
    beginning = [s for s in statements if s.whole_line == number]
    statements_here = beginning or statements[:1]
    roles = dict.fromkeys(str(s.role) for s in statements_here)
    reasons = dict.fromkeys(s.why if s.sure else f"{s.why} (not sure)" for s in statements_here)
    return CodeLine(number, text, " + ".join(roles), "; ".join(reasons), bool(beginning))


def _lines(source: str, statement: TargetStatement) -> range:
    """Return the numbers of the lines on which a statement stands.

    Its text is the source's own with the white space squeezed, so both are walked together.
    """
    lines = source.split("\n")
    remaining = len("".join(statement.text.removeprefix("- ").split()))
    number, start = statement.whole_line, statement.column - 1
    while number <= len(lines):
        remaining -= len("".join(lines[number - 1][start:].split()))
        if remaining <= 0:
            break
        number, start = number + 1, 0
    return range(statement.whole_line, min(number, len(lines)) + 1)
