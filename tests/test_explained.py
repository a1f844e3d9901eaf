"""Every flag and every error has its entry in the documentation, and nothing else has one."""

from __future__ import annotations

import ast
import re

import pytest
from fixtures.folders import ROOT

from bayeswrap import errors
from bayeswrap.verdicts.checks import maximum_checks

VERDICTS = ROOT / "bayeswrap" / "verdicts"
# the code of an approximation is made of its name
OF_APPROXIMATIONS = {"laplace_unreliable", "pathfinder_unreliable"}


def entries(page: str) -> dict[str, str]:
    """Return the entries of a page: their titles in code, and their texts."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    parts = re.split(r"^### `(\w+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def codes() -> set[str]:
    """Return the codes that the checks of the package can have."""
    found = {code for codes in maximum_checks._STATUS_CODES.values() for code in codes}
    for path in sorted(VERDICTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code":
                found |= _texts(node.value)
            if isinstance(node, ast.List | ast.Tuple):
                found |= {"optimum_not_found"} & _texts(node)
            if isinstance(node, ast.Assign) and _is_code_name(node.targets[0]):
                found |= _texts(node.value)
    return found | OF_APPROXIMATIONS


def _texts(node: ast.AST) -> set[str]:
    if isinstance(node, ast.JoinedStr):
        return set()  # of an approximation
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value}


def _is_code_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id in {"OUT_OF_TIME", "codes"}


def test_the_codes_are_found() -> None:
    some = {"multimodal", "out_of_time", "unbounded_density", "optimum_not_found"}
    assert some <= codes()


def test_every_flag_has_its_entry() -> None:
    assert set(entries("flags.md")) == codes()


@pytest.mark.parametrize(("code", "text"), entries("flags.md").items())
def test_an_entry_of_a_flag_says_what_to_do(code: str, text: str) -> None:
    assert "**What to do.**" in text or "the same remedy" in text
    shown = f'"{code}"' in text or code in {"optimum_at_infinity", "singular_hessian"}
    assert shown, "an example that has this flag"


def test_flags_named_by_the_verdict_page_are_explained() -> None:
    page = (ROOT / "docs" / "verdict.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\[`(\w+)`\]\(flags\.md#\1\)", page))
    assert named == codes()


def classes() -> dict[str, type]:
    """Return the errors and warnings of the package by name."""
    values = vars(errors).items()
    return {n: v for n, v in values if isinstance(v, type) and issubclass(v, Exception | Warning)}


def test_every_error_has_its_entry() -> None:
    assert set(entries("errors.md")) == set(classes())


@pytest.mark.parametrize(("name", "text"), entries("errors.md").items())
def test_an_entry_of_an_error_has_its_bases_and_an_example(name: str, text: str) -> None:
    bases = {base.__name__ for base in classes()[name].__bases__} - {"BayeswrapError", "Exception"}
    first = text.strip().partition("\n\n")[0]
    assert all(f"`{base}`" in first for base in bases), bases
    without = {"BayeswrapError", "EngineError", "EngineDisagreementError"}
    assert name in without or re.search(rf"^(\('{name}'|{name}: )|'{name}'", text, re.MULTILINE)
