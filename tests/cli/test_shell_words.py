"""Messages in the words of the shell."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT

from bayeswrap.cli.shell_words import in_shell_words

if TYPE_CHECKING:
    from collections.abc import Iterator

OPTIONS = {"missing", "engine", "roles", "seconds", "starts", "adapt_delta", "ci_prob", "methods"}


@pytest.mark.parametrize(
    ("python", "shell"),
    [
        ('pass missing="drop"', "pass --missing drop"),
        ("name it with roles=, as in 24=prior", "name it with --role, as in 24=prior"),
        ("use engine='stanli'.", "use --engine stanli."),
        ("pass marginal=True as well", "pass --marginal as well"),
        ("pass the coverage by ci_prob=0.9", "pass the coverage by --level 0.9"),
        ("use mle(marginal=True)", "use fit --method marginal"),
        ("put sample() into compare()", "put fit --method nuts into compare()"),
        (
            "bw.library lists the programs that come with it",
            "bayeswrap models lists the programs that come with it",
        ),
        ('set its role: roles={"24:3": "prior"}', "set its role: --role 24:3=prior"),
        ("pass inits= inside the support", "pass inits= (in Python) inside the support"),
        ("or joint=True for it", "or joint=True (in Python) for it"),
        (
            "pass nu= a value, or a column name of the data frame",
            "write --set nu=NUMBER, or --map nu=COLUMN",
        ),
        ("raise adapt_delta= towards 1", "raise --adapt-delta towards 1"),
        ("such as a missing value, or the family tree", None),
        ("an offset, weights and trials", None),
    ],
)
def test_options_and_commands_stand_for_keywords_and_functions(python, shell):
    assert in_shell_words(python) == (shell or python)


def test_nothing_stays_nothing():
    assert in_shell_words(None) is None


def remedies() -> Iterator[str]:
    """Yield every remedy of an error that is a plain text."""
    for path in (ROOT / "bayeswrap").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "do=" in text else ():
            if isinstance(node, ast.keyword) and node.arg == "do":
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                yield from (t for t in texts if isinstance(t, str))


def test_no_remedy_keeps_a_keyword_that_is_an_option():
    kept = [t for t in remedies() for name in OPTIONS if f"{name}=" in (in_shell_words(t) or "")]
    assert kept == []
