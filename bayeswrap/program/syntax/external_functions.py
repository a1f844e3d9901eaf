"""Functions that a program declares and C++ defines: ``real make_odds(real theta);``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.errors import ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.syntax.places import location_of
from bayeswrap.program.syntax.quantity_slices import generated_quantities
from bayeswrap.program.syntax.rewriting import with_step_limit, without_prints
from bayeswrap.program.syntax.tokens import LINE_END, block_opening, code_tokens, matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.engine.line_map import LineMap
    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "ExternalFunction",
    "external_functions",
    "for_evaluation",
    "in_process_source",
    "lost_quantities",
    "read_header",
    "require_defined",
]

# between two output times; CVODES gives up after 500, deSolve after 5,000
_SOLVER_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class ExternalFunction:
    """A declaration without a definition; `start` and `end` are its place in the text."""

    name: str
    start: int
    end: int


def external_functions(source: str) -> tuple[ExternalFunction, ...]:
    """Return the functions that a program declares and nowhere defines.

    Parameters
    ----------
    source : str
        A program that stanc accepts.

    Examples
    --------
    >>> code = "functions { real f(real x); real g(real x) { return x; } } model { }"
    >>> [function.name for function in external_functions(code)]
    ['f']
    """
    if "functions" not in source:
        return ()
    tokens, i = code_tokens(source), 0
    while i < len(tokens):
        block, opening = block_opening(tokens, i)
        close = matching(tokens, opening)
        if block == "functions":
            declared = list(_declarations(tokens[opening + 1 : close]))
            defined = {name for name, _, _, has_body in declared if has_body}
            return tuple(
                ExternalFunction(name, start, end)
                for name, start, end, has_body in declared
                if not has_body and name not in defined
            )
        i = close + 1
    return ()


def _declarations(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int, bool]]:
    """Yield name, place and whether there is a body of the functions of a block."""
    i = 0
    while i < len(tokens):
        first, name = i, ""
        while i < len(tokens) and tokens[i].text not in {"{", ";"}:
            if tokens[i].text == "(" and not name:
                name = tokens[i - 1].text
            i = matching(tokens, i) + 1
        if i >= len(tokens):
            return
        last = matching(tokens, i)
        yield name, tokens[first].start, tokens[last].end, tokens[i].text == "{"
        i = last + 1


def lost_quantities(source: str) -> tuple[str, ...]:
    """Return the generated quantities that need external functions.

    Parameters
    ----------
    source : str
        A program that stanc accepts.
    """
    external = {function.name for function in external_functions(source)}
    if not external:
        return ()
    block = generated_quantities(source)
    return tuple(v for v in block.variables if any(s.names & external for s in block.slice([v])))


def in_process_source(source: str) -> str:
    """Return a program as an engine without a C++ compiler takes it; its lines keep their numbers.

    Prints go, and external functions with the generated quantities that need them.

    Parameters
    ----------
    source : str
        A program that stanc accepts.
    """
    plain = without_prints(source)
    functions = external_functions(plain)
    if not functions:
        return plain
    lost, block = set(lost_quantities(plain)), generated_quantities(plain)
    text = block.program_with([v for v in block.variables if v not in lost])
    # what is cut stands behind the functions block: its places are the same
    for function in reversed(functions):
        lines = "\n" * len(LINE_END.findall(text, function.start, function.end))
        text = text[: function.start] + lines + text[function.end :]
    return text


def for_evaluation(source: str) -> str:
    """Return a program for many evaluations at points that nobody has seen before.

    Beside what `in_process_source` leaves out, a differential equation that takes many steps is
    given up; to the searches such a point has no density.
    """
    return with_step_limit(in_process_source(source), _SOLVER_STEPS)


def require_defined(source: str, name: str, lines: LineMap) -> None:
    """Refuse a program with functions that only C++ defines, where no C++ is given.

    Parameters
    ----------
    source, name : str
        A program that stanc accepts, and its name.
    lines : LineMap
        Where its lines came from.

    Raises
    ------
    ProgramSyntaxError
        A function is declared and not defined.
    """
    for function in external_functions(source):
        at = location_of(source, function.start, function.end, lines)
        raise ProgramSyntaxError(
            f"the function {function.name!r} is declared, and defined nowhere",
            where=f"line {at.line} of {at.file or f'{name}.stan'}, `{at.text}`",
            do="define it below; or pass the C++ file that does: "
            'Program.from_file(path, user_header="functions.hpp")',
        )


def read_header(path: str | Path | None) -> str:
    """Return the text of a C++ file; empty where there is none.

    Parameters
    ----------
    path : str, Path or None
        The file.

    Raises
    ------
    ProgramNotFoundError
        It cannot be read.
    """
    if path is None:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProgramNotFoundError(
            "the C++ file cannot be read", where=str(path), got=str(error), do="check user_header="
        ) from error
