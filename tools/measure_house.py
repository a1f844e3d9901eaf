"""Measure the house: files, functions, comments, docstrings, circles of imports, mirrors of tests.

Run it from the project's root: ``python tools/measure_house.py``. Code lines are without blank
lines, comments and docstrings; the length of a function is its code lines.
"""

from __future__ import annotations

import ast
import io
import statistics
import tokenize
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import grimp
import networkx as nx

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bayeswrap"


@dataclass(frozen=True, slots=True)
class Source:
    """One module: its lines by kind, and the code lines of its functions."""

    name: str
    lines: int
    code: int
    comments: int
    trailing: int
    docstrings: int
    functions: tuple[tuple[str, int], ...]
    public: int
    documented: int
    unannotated: int
    deferred: int
    type_checking: int

    @classmethod
    def read(cls, path: Path) -> Source:
        """Read and count one file."""
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        docstrings = _docstring_lines(tree)
        own, trailing = _comment_lines(text)
        lines = text.splitlines()
        blank = {i for i, line in enumerate(lines, 1) if not line.strip()}
        code = set(range(1, len(lines) + 1)) - docstrings - own - blank
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        named = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
        public = [n for n in named if not n.name.startswith("_")]
        return cls(
            name=str(path.relative_to(PACKAGE)),
            lines=len(lines),
            code=len(code),
            comments=len(own),
            trailing=len(trailing),
            docstrings=len(docstrings),
            functions=tuple((f.name, _length(f, code)) for f in functions),
            public=len(public),
            documented=sum(ast.get_docstring(n) is not None for n in public),
            unannotated=sum(f.returns is None for f in functions),
            deferred=sum(_imports(f) for f in functions),
            type_checking=_type_checking(tree),
        )


def _docstring_lines(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


def _comment_lines(text: str) -> tuple[set[int], set[int]]:
    own: set[int] = set()
    trailing: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            (trailing if token.line[: token.start[1]].strip() else own).add(token.start[0])
    return own, trailing


def _length(function: ast.FunctionDef, code: set[int]) -> int:
    return len(code & set(range(function.lineno, (function.end_lineno or 0) + 1)))


def _imports(node: ast.AST) -> int:
    return sum(isinstance(n, (ast.Import, ast.ImportFrom)) for n in ast.walk(node))


def _type_checking(tree: ast.Module) -> int:
    guards = [n for n in tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)]
    return sum(_imports(n) for n in guards)


def circles() -> list[set[str]]:
    """Return the groups of modules that import each other, imports for types included."""
    graph = grimp.build_graph("bayeswrap", exclude_type_checking_imports=False, cache_dir=None)
    edges = nx.DiGraph(
        (m, other) for m in graph.modules for other in graph.find_modules_directly_imported_by(m)
    )
    return [c for c in nx.strongly_connected_components(edges) if len(c) > 1]


def without_mirror() -> list[str]:
    """Return the modules that no test file of their name and folder stands for."""
    modules = [p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py") if p.name != "__init__.py"]
    tests = ROOT / "tests"
    return sorted(str(m) for m in modules if not (tests / m.parent / f"test_{m.stem}.py").is_file())


def _spread(values: list[int]) -> str:
    tenths = statistics.quantiles(values, n=10)
    return f"{statistics.median(values):.0f} / {tenths[-1]:.0f} / {max(values)}"


def _table(sources: list[Source]) -> list[tuple[str, str]]:
    lines, code = sum(s.lines for s in sources), sum(s.code for s in sources)
    functions = [length for s in sources for _, length in s.functions]
    rooms = Counter(str(Path(s.name).parent) for s in sources)
    room_lines = Counter[str]()
    for s in sources:
        room_lines[str(Path(s.name).parent)] += s.lines
    largest = max(rooms, key=lambda room: room_lines[room])
    tests = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in _tests())
    missing = without_mirror()
    return [
        ("files, lines (code)", f"{len(sources)}, {lines:,} ({code:,})"),
        ("file median / p90 / longest", _spread([s.lines for s in sources])),
        (
            "functions: median / p90 / longest",
            f"{_spread(functions)} ({len(functions):,} functions)",
        ),
        (
            "comments (own line / with trailing), docstrings",
            (
                f"{sum(s.comments for s in sources) / lines:.1%} / "
                f"{sum(s.comments + s.trailing for s in sources) / lines:.1%}, "
                f"{sum(s.docstrings for s in sources) / lines:.1%}"
            ),
        ),
        ("functions without a return annotation", str(sum(s.unannotated for s in sources))),
        (
            "public functions and classes with docstring",
            f"{sum(s.documented for s in sources)} of {sum(s.public for s in sources)}",
        ),
        ("circles of imports, those for types and in functions included", str(len(circles()))),
        ("imports in functions", str(sum(s.deferred for s in sources))),
        ("imports for types alone", str(sum(s.type_checking for s in sources))),
        (
            "largest flat room",
            f"{largest}: {rooms[largest]} files, {room_lines[largest]:,} lines",
        ),
        ("tests : source", f"{tests / lines:.2f}"),
        (
            "modules with a mirror test",
            f"{len(sources) - len(missing)} of {len(sources)}; without: {', '.join(missing)}",
        ),
    ]


def _tests() -> list[Path]:
    return [p for p in (ROOT / "tests").rglob("*.py") if "behaviour" not in p.parts]


def main() -> None:
    """Print the table."""
    paths = [p for p in sorted(PACKAGE.rglob("*.py")) if p.name != "__init__.py"]
    sources = [Source.read(path) for path in paths]
    print("| measure | value |\n|---|---|")
    for name, value in _table(sources):
        print(f"| {name} | {value} |")
    longest = sorted(((n, f, s.name) for s in sources for f, n in s.functions), reverse=True)[:10]
    print("\nLongest functions:", ", ".join(f"{name}:{f} {n}" for n, f, name in longest))
    files = sorted(((s.lines, s.name) for s in sources), reverse=True)[:12]
    print("Longest files:", ", ".join(f"{name} {n}" for n, name in files))


if __name__ == "__main__":
    main()
