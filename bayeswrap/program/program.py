"""`Program`: a Stan program with its variables, its target statements and their roles."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.engine import stanc
from bayeswrap.engine.line_map import NO_INCLUDES, LineMap, Segment
from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError, RoleError
from bayeswrap.markup import block, code_lines
from bayeswrap.program.flow.constant_folding import KNOWN_NOTHING, KnownBranches, known_from
from bayeswrap.program.migration.migration import migrate as migrate_text
from bayeswrap.program.migration.migration import rewrite
from bayeswrap.program.migration.old_comments import todays_comments
from bayeswrap.program.roles.classification import Classification, classify
from bayeswrap.program.roles.matching import Text
from bayeswrap.program.roles.role import Role, TargetStatement
from bayeswrap.program.roles.role_table import RoleTable
from bayeswrap.program.syntax.external_functions import read_header, require_defined
from bayeswrap.program.syntax.includes import expand_includes, read_program
from bayeswrap.program.syntax.parse import tree as tree_of
from bayeswrap.program.syntax.places import Location, location_of
from bayeswrap.program.syntax.recursion import deep
from bayeswrap.program.syntax.tree import Declaration, Tree, Variable
from bayeswrap.program.weights.weighted_program import WeightedSource, switch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from bayeswrap.record import RunRecord

__all__ = [
    "Program",
]


_LONGEST_NAME = 100  # file systems take 255 bytes, with what is added to it
_BLOCKS = ("data", "parameters", "transformed parameters", "generated quantities")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A Stan program.

    Make one with `Program.from_file` or `Program.from_string`.

    Attributes
    ----------
    name : str
        Model name, as Stan's own files carry it.
    source : str
        The text, with included files put in place.
    path : Path or None
        The file that it came from.
    user_roles : mapping of str to str
        Roles set by the user (see `with_roles`).
    known : KnownBranches
        What data decide about branches and lengths (see `with_data`).
    lines : LineMap
        Where the lines of the text came from, where files are included.
    header : str
        C++ that defines functions which the program declares; usually empty.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string(
    ...     "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    ...     "model { p ~ beta(2, 2); y ~ binomial(n, p); }", name="coin")
    >>> list(program.roles()["role"])
    ['prior', 'likelihood']
    """

    name: str
    source: str
    path: Path | None = None
    user_roles: Mapping[str, str] = field(default_factory=dict)
    known: KnownBranches = KNOWN_NOTHING
    lines: LineMap = NO_INCLUDES
    header: str = ""

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        include_paths: Sequence[str | Path] = (),
        migrate: bool = False,
        user_header: str | Path | None = None,
    ) -> Program:
        """Read a program from a ``.stan`` file.

        Parameters
        ----------
        path : str or Path
            The file.
        include_paths : sequence of str or Path, optional
            Folders searched for ``#include``, before the file's own.
        migrate : bool, optional
            Rewrite old Stan syntax in today's (see `bayeswrap.migrate`); the file stays as it is.
        user_header : str or Path, optional
            A C++ file with functions that the program declares and does not define, as for
            cmdstanpy. Only the compiled engine can call them.

        Raises
        ------
        ProgramNotFoundError
            The file, a file that it includes, or the C++ file does not exist.
        ProgramSyntaxError
            stanc refuses the program.
        """
        path = Path(path)
        if not path.is_file():
            raise ProgramNotFoundError(
                "the Stan program does not exist",
                where=str(path),
                got=f"no such file (searched from {Path.cwd()})",
                do="check the path; bw.library lists the programs that come with bayeswrap",
            )
        folders = [*(Path(p) for p in include_paths), path.parent]
        text, lines = _text(read_program(path), folders, path.name, migrate=migrate)
        name = _model_name(path.stem)
        header = read_header(user_header)
        program = cls(name=name, source=text, path=path.resolve(), lines=lines, header=header)
        return _accepted(program)

    @classmethod
    def from_string(
        cls,
        code: str,
        name: str = "model",
        *,
        include_paths: Sequence[str | Path] = (),
        migrate: bool = False,
        user_header: str | Path | None = None,
    ) -> Program:
        """Take a program from a string.

        Parameters
        ----------
        code : str
            The Stan program.
        name : str, optional
            The model's name.
        include_paths : sequence of str or Path, optional
            Folders searched for ``#include``, before the working directory.
        migrate : bool, optional
            Rewrite old Stan syntax in today's (see `bayeswrap.migrate`).
        user_header : str or Path, optional
            A C++ file with functions that the program declares and does not define.

        Raises
        ------
        ProgramSyntaxError
            stanc refuses the program.
        """
        folders = [*(Path(p) for p in include_paths), Path.cwd()]
        text, lines = _text(code, folders, f"{name}.stan", migrate=migrate)
        header = read_header(user_header)
        return _accepted(cls(name=_model_name(name), source=text, lines=lines, header=header))

    @classmethod
    def from_record(cls, record: RunRecord) -> Program:
        """Return the program that a result was made from, with the roles set by the user."""
        known = KnownBranches(tuple(record.conditions.items()), frozenset(record.empty))
        lines = LineMap(tuple(Segment(*segment) for segment in record.lines))
        return cls(
            name=record.program_name,
            source=record.program,
            user_roles=dict(record.roles),
            known=known,
            lines=lines,
        )

    def with_roles(self, roles: Mapping[str, str] | None) -> Program:
        """Return the same program with roles set by the user.

        Parameters
        ----------
        roles : mapping of str to str
            ``{"24": "prior"}`` by line, ``"24:3"`` by line and column, or by the statement's
            own text; each ``"prior"``, ``"population"`` or ``"likelihood"``.

        Raises
        ------
        RoleError
            A key that fits no statement, or a word that is not a role.
        """
        if not roles:
            return self
        user_roles = {**self.user_roles, **{str(k): v for k, v in roles.items()}}
        program = replace(self, user_roles=user_roles)
        _ = program.statements
        return program

    def with_data(self, data: Mapping[str, np.ndarray]) -> Program:
        """Return the same program with what data decide about it.

        Branches on data that do not run, and parameters of length 0, then count for no role.

        Parameters
        ----------
        data : mapping of str to array
            Values of the data block.
        """
        return replace(self, known=known_from(self.tree, data))

    @property
    def hash(self) -> str:
        """SHA-256 of the text and of the roles set by the user."""
        user_roles = json.dumps(dict(self.user_roles), sort_keys=True)
        text = f"{self.source}\0{user_roles}" + (f"\0{self.header}" if self.header else "")
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def tree(self) -> Tree:
        """The syntax tree."""
        with deep(self.name):
            return tree_of(self.source, self.name)

    @property
    def variables(self) -> dict[str, Variable]:
        """Variables of the outer scope, in declaration order, by name."""
        return {
            d.name: Variable(name=d.name, block=block, declaration=d)
            for block in _BLOCKS
            for d in self.tree.blocks[block]
            if isinstance(d, Declaration)
        }

    def variables_in(self, block: str) -> tuple[Variable, ...]:
        """Return the variables that one block declares, in order."""
        return tuple(v for v in self.variables.values() if v.block == block)

    @property
    def statements(self) -> tuple[TargetStatement, ...]:
        """The statements that touch ``target``, in textual order, with their roles."""
        return self.classified.statements

    @property
    def classified(self) -> Classification:
        """The target statements with their roles, and where they stand in the text."""
        text = Text(self.source, self.name, self.known, self.lines)
        with deep(self.name):
            return classify(text, tuple(self.user_roles.items()))

    def roles(self, roles: Mapping[str, str] | None = None) -> RoleTable:
        """Return one row a target statement: line, text, role, whether it is sure, and why.

        Parameters
        ----------
        roles : mapping of str to str, optional
            Roles to overrule (see `with_roles`).

        Returns
        -------
        pandas.DataFrame
            Columns ``line``, ``text``, ``role``, ``sure``, ``why``; ``file`` first, where the
            program includes files.
        """
        statements = self.with_roles(roles).statements
        rows = [(s.line, s.text, str(s.role), s.sure, s.why) for s in statements]
        table = RoleTable(rows, columns=["line", "text", "role", "sure", "why"])
        if self.lines.segments:
            table.insert(0, "file", [s.file for s in statements])
        return table

    def of_role(self, role: Role) -> tuple[TargetStatement, ...]:
        """Return the statements of one role."""
        return tuple(s for s in self.statements if s.role is role and not s.dead)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a weighted program cannot keep: values of ``target()`` that the program reads."""
        reads = self.classified.scan.reads
        if not reads:
            return ()
        at = location_of(self.source, reads[0].start, reads[0].end, self.lines)
        return (f"{self._where(at)} reads target(): its value changes when a part is off",)

    def without_model(self) -> str:
        """Return the program's text with an empty model block: transforms alone are left."""
        braces = self.classified.scan.model
        if braces is None:
            return self.source
        return self.source[: braces[0]] + "{ }" + self.source[braces[1] :]

    def switched(self) -> WeightedSource:
        """Return the program with each part behind a weight that is data.

        Raises
        ------
        RoleError
            Some statement's role is not decided.
        """
        self._require_roles()
        return switch(self.source, self.classified, self.density_suffix)

    def density_suffix(self, name: str, outcome_type: str) -> str:
        """Return ``lpdf`` or ``lpmf`` for a distribution and the type of its outcome."""
        fitting = "lpmf" if outcome_type.endswith("int") else "lpdf"
        own = [k for k in ("lpmf", "lpdf") if f"{name}_{k}" in self.tree.functions]
        if fitting in own:
            return fitting
        # a density of reals takes integers too
        return stanc.distribution_suffixes().get(name, own[0] if own else "lpdf")

    def _require_roles(self) -> None:
        self._refuse_hidden()
        open_ones = self.of_role(Role.UNDECIDED)
        if not open_ones:
            return
        first = open_ones[0]
        alone = sum(s.whole_line == first.whole_line for s in self.statements) == 1
        key = f"{first.line}" if alone else f"{first.line}:{first.column}"
        more = f" (and {len(open_ones) - 1} more)" if len(open_ones) > 1 else ""
        where = "\n".join(f"    {self._where(s)}  {s.text}" for s in open_ones)
        raise RoleError(
            f"is this statement a prior or the {first.alternative}? {first.why}{more}",
            where="\n" + where,
            expected="one density in a statement, with data or parameters as its outcome",
            do="split the statement, or set its role: "
            f'roles={{"{key}": "{first.alternative}"}}, '
            f'or a trailing comment "// {first.alternative}"',
        )

    def _refuse_hidden(self) -> None:
        hidden = self.classified.scan.hidden
        if not hidden:
            return
        at = location_of(self.source, hidden[0].start, hidden[0].end, self.lines)
        raise RoleError(
            f"{at.text} adds to target from inside an expression, where it cannot be weighted",
            where=self._where(at),
            expected="functions that add to target called as statements of their own",
            do="split the function: one that returns the value, and one that adds to target",
        )

    def _where(self, at: TargetStatement | Location) -> str:
        return f"{at.file or f'{self.name}.stan'}:{at.line}:{at.column}"

    def __repr__(self) -> str:
        counts = {role: len(self.of_role(role)) for role in Role}
        counted = ", ".join(f"{n} {role}" for role, n in counts.items() if n)
        return f"Program({self.name!r}: {counted or 'no target statements'})"

    def _repr_html_(self) -> str:
        roles: dict[int, dict[str, None]] = {}
        for statement in self.statements:
            roles.setdefault(statement.whole_line, {})[str(statement.role)] = None
        lines = enumerate(self.source.rstrip("\n").split("\n"), start=1)
        return block(repr(self), code_lines((t, " + ".join(roles.get(i, ()))) for i, t in lines))


def _text(code: str, folders: Sequence[Path], name: str, *, migrate: bool) -> tuple[str, LineMap]:
    """Return the whole text of a program, in today's syntax where that is asked for."""
    text, lines = expand_includes(todays_comments(code) if migrate else code, folders, name)
    return (migrate_text(text).after if migrate else text), lines


def _accepted(program: Program) -> Program:
    """Let stanc speak now, not at the first use; to it, no text at all is a program."""
    if not program.source.strip():
        where = str(program.path or program.name)
        raise ProgramError("the Stan program is empty", where=where, do="pass its text")
    try:
        program.source.encode()
    except UnicodeEncodeError as error:
        raise ProgramError(
            "the Stan program is not text in UTF-8",
            where=program.name,
            got=f"{program.source[error.start]!r} at offset {error.start}",
            do="correct that character",
        ) from error
    try:
        _ = program.tree
    except ProgramSyntaxError as error:
        got = program.lines.relocate(error.got or "", f"{program.name}.stan")
        do = rewrite(program.source).remedy or error.do
        raise ProgramSyntaxError(error.what, where=error.where, got=got, do=do) from error
    if not program.header:
        require_defined(program.source, program.name, program.lines)
    return program


def _model_name(stem: str) -> str:
    """Return a name that C++ and file systems take."""
    name = re.sub(r"\W", "_", stem, flags=re.ASCII)[:_LONGEST_NAME]
    return name if re.match(r"[A-Za-z]", name) else f"model_{name}"
