"""Rewrite a program in old Stan syntax in today's, and let stanc judge the result."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.errors import ProgramSyntaxError
from bayeswrap.markup import block, code_lines
from bayeswrap.program.migration.assignments import rewrite_statements
from bayeswrap.program.migration.declarations import declarations_of, move_sizes, move_unsized
from bayeswrap.program.migration.density_calls import own_densities, rewrite_densities
from bayeswrap.program.migration.draft import Change, Draft, Leftover
from bayeswrap.program.migration.old_comments import todays_comments
from bayeswrap.program.migration.removed_functions import rewrite_functions
from bayeswrap.program.migration.reserved_names import rename_function, rename_reserved
from bayeswrap.program.syntax.includes import expand_includes
from bayeswrap.program.syntax.tokens import LINE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.line_map import LineMap

__all__ = [
    "Migration",
    "migrate",
    "rewrite",
]


_LINE = re.compile(r"line (\d+), column")
_TAKEN = re.compile(r'Function "(\w+)" is already declared in the Stan Math library')
_FUNCTIONS_MAX = 20  # functions renamed, each after a run of stanc


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A program before and after its migration from old Stan syntax.

    Attributes
    ----------
    name : str
        The program's name.
    before, after : str
        Its text; both have the same number of lines.
    changes : tuple of Change
        Lines that were rewritten (``line``), and which old syntax stood there (``kind``).
    leftovers : tuple of Leftover
        Lines that ask for a decision of the user: ``line``, ``text``, ``why``.
    refusal : str or None
        stanc's message about the result; None where stanc accepts it.
    """

    name: str
    before: str
    after: str
    changes: tuple[Change, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    refusal: str | None = None

    def __repr__(self) -> str:
        left = f", {len(self.leftovers)} left to decide" * bool(self.leftovers)
        return f"Migration({self.name!r}: {len(self.changes)} lines rewritten{left})"

    def _repr_html_(self) -> str:
        numbers = {change.line for change in self.changes}
        lines = enumerate(self.after.rstrip("\n").split("\n"), start=1)
        return block(repr(self), code_lines((t, "rewritten" * (i in numbers)) for i, t in lines))

    @property
    def accepted(self) -> bool:
        """Whether stanc accepts the result."""
        return self.refusal is None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of old syntax that were rewritten."""
        return tuple(sorted({change.kind for change in self.changes}))

    @property
    def remedy(self) -> str | None:
        """What to do about the old syntax; None where there is none that can be rewritten."""
        if not self.changes:
            return None
        return (
            f"this is old Stan syntax ({', '.join(self.kinds)}): rewrite it with "
            "`bayeswrap migrate FILE -o NEW`, bw.migrate(code), or "
            "Program.from_file(path, migrate=True)"
        )

    @property
    def diff(self) -> str:
        """The change as a unified diff; empty where nothing changed."""
        lines = difflib.unified_diff(
            self.before.splitlines(),
            self.after.splitlines(),
            f"{self.name}.stan (old)",
            f"{self.name}.stan (migrated)",
            lineterm="",
        )
        return "".join(f"{line}\n" for line in lines)


def migrate(
    code: str, name: str = "model", *, include_paths: Sequence[str | Path] = ()
) -> Migration:
    """Rewrite a program in old Stan syntax in today's.

    Array sizes after the name, ``<-``, ``#`` comments, ``increment_log_prob``, ``_log`` densities
    and functions that were removed get their present form. Comments and lines stay where they are.
    A program in today's syntax does not change.

    Parameters
    ----------
    code : str
        The Stan program.
    name : str, optional
        Its name, for messages.
    include_paths : sequence of str or Path, optional
        Folders searched for ``#include``, before the working directory. Included files are not
        rewritten: migrate each of them by itself, a file of functions alone too.

    Returns
    -------
    Migration
        The text before and after, with its diff, what is left, and stanc's judgement.

    Raises
    ------
    ProgramNotFoundError
        An included file does not exist.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> old = '''data { int N; real y[N]; }
    ... parameters { real mu; }
    ... model { # flat prior
    ...   real s;
    ...   s <- 2;
    ...   increment_log_prob(normal_log(y, mu, s));
    ... }'''
    >>> migration = bw.migrate(old)
    >>> print(migration.after)
    data { int N; array[N] real y; }
    parameters { real mu; }
    model { // flat prior
      real s;
      s = 2;
      target += normal_lpdf(y | mu, s);
    }
    >>> migration.accepted, migration.leftovers
    (True, ())
    """
    folders = [*(Path(p) for p in include_paths), Path.cwd()]
    migration = rewrite(code, name)
    refusal, lines = _refusal(migration, folders)
    for _ in range(_FUNCTIONS_MAX):
        taken = _TAKEN.search(refusal or "")
        if not taken or taken[1] not in migration.after:
            break
        after, places = rename_function(migration.after, taken[1])
        kind = f"the function {taken[1]}, which Stan has now"
        changes = {*migration.changes, *(Change(line, kind) for line in places)}
        migration = replace(migration, after=after, changes=tuple(sorted(changes)))
        refusal, lines = _refusal(migration, folders)
    if refusal is None:
        return migration
    left = () if lines.segments else _refused_line(migration, refusal)
    return replace(migration, refusal=refusal, leftovers=(*migration.leftovers, *left))


def _refusal(migration: Migration, folders: Sequence[Path]) -> tuple[str | None, LineMap]:
    """Return stanc's message about a program, and where the lines of its text came from."""
    file = f"{migration.name}.stan"
    text, lines = expand_includes(migration.after, folders, file)
    if Draft(text).is_fragment:
        text = f"functions {{{text}\n}}"
    try:
        stanc.syntax_tree(text, migration.name)
    except ProgramSyntaxError as error:
        return lines.relocate(error.got or "", file).strip(), lines
    return None, lines


def rewrite(code: str, name: str = "model") -> Migration:
    """Return the migration of a program, without stanc's judgement.

    Parameters
    ----------
    code : str
        The Stan program.
    name : str, optional
        Its name, for messages.
    """
    source = todays_comments(code)
    draft, families = Draft(source), stanc.distribution_suffixes()
    pairs = zip(LINE_END.split(code), LINE_END.split(source), strict=True)
    comments = {
        Change(line, "# comments") for line, (old, new) in enumerate(pairs, 1) if old != new
    }
    starts = draft.statements()
    declarations = declarations_of(draft, starts)
    rewrite_functions(draft, declarations)
    rename_reserved(draft, declarations)
    rewrite_statements(draft, starts)
    is_old = bool(comments or draft.changes or _has_old_arrays(draft, declarations.variables))
    own = own_densities(draft, declarations, families, old=is_old)
    rewrite_densities(draft, declarations, own, families)
    move_unsized(draft)
    move_sizes(draft, declarations)
    return Migration(
        name=name,
        before=code,
        after=draft.text(),
        changes=tuple(sorted(comments | draft.changes)),
        leftovers=tuple(sorted(draft.leftovers)),
    )


def _has_old_arrays(draft: Draft, variables: Sequence[tuple[int, int]]) -> bool:
    return any(draft.word(name + 1) == "[" for _, name in variables)


def _refused_line(migration: Migration, refusal: str) -> tuple[Leftover, ...]:
    """Return the line that stanc's message points to, with its reason."""
    match = _LINE.search(refusal)
    line = int(match[1]) if match else 0
    texts = LINE_END.split(migration.before)
    if not 0 < line <= len(texts) or any(left.line == line for left in migration.leftovers):
        return ()
    reason = " ".join(refusal.rpartition("---\n")[2].split())
    return (Leftover(line, texts[line - 1].strip(), reason),)
