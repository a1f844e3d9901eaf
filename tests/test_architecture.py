"""The house keeps its shape: no circle of imports, one name a file, contracts, mirrors."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import networkx as nx
import pytest
from fixtures.folders import ROOT

PACKAGE = ROOT / "bayeswrap"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py")
LINES_MAX = 400
LONGER = {"model/model.py"}  # the verbs of users, two thirds of it docstrings
WITHOUT_MIRROR = {  # this list may only get shorter
    "estimates/problem/estimand.py",
    "estimates/results/census.py",
    "formulas/design_matrices.py",
    "verdicts/check.py",
}
DEFERRED = {"arviz_base", "docx", "formulaic", "matplotlib", "stanli"}


@pytest.fixture(scope="module")
def imports() -> nx.DiGraph:
    """Every import between modules, those in functions and those for types included."""
    graph = grimp.build_graph("bayeswrap", exclude_type_checking_imports=False, cache_dir=None)
    edges = nx.DiGraph()
    for module in graph.modules:
        edges.add_node(module)
        edges.add_edges_from(
            (module, other) for other in graph.find_modules_directly_imported_by(module)
        )
    return edges


def test_no_modules_import_each_other_in_a_circle(imports: nx.DiGraph) -> None:
    circles = [c for c in nx.strongly_connected_components(imports) if len(c) > 1]
    assert circles == []


def test_the_contracts_of_the_rooms_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_two_files_have_one_name() -> None:
    stems = [p.stem for p in MODULES]
    assert sorted({s for s in stems if stems.count(s) > 1}) == []


def test_files_are_short() -> None:
    lengths = {
        str(p.relative_to(PACKAGE)): len(p.read_text(encoding="utf-8").splitlines())
        for p in MODULES
    }
    long = {name for name, lines in lengths.items() if lines > LINES_MAX}
    assert long <= LONGER


def test_modules_have_a_test_file_of_their_name_and_folder() -> None:
    names = {str(p.relative_to(PACKAGE)) for p in MODULES}
    missing = {n for n in names if not (ROOT / "tests" / _mirror(Path(n))).is_file()}
    assert missing == WITHOUT_MIRROR


def _mirror(module: Path) -> Path:
    return module.parent / f"test_{module.stem}.py"


def test_rooms_have_a_sentence_and_no_import() -> None:
    free = {PACKAGE / room / "__init__.py" for room in ("", "studies", "cli")}
    for path in set(PACKAGE.rglob("__init__.py")) - free:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        assert len(tree.body) == 1, path


def test_imports_in_functions_are_of_slow_packages_alone() -> None:
    deferred = set()
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                deferred |= {name for node in ast.walk(function) for name in _imported(node)}
    assert deferred <= DEFERRED


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return []
