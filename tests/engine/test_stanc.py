"""Running stanc and reading what it prints."""

from __future__ import annotations

import pytest

from bayeswrap.engine import stanc
from bayeswrap.errors import ProgramSyntaxError


def test_syntax_errors_quote_stanc_with_the_line():
    with pytest.raises(ProgramSyntaxError, match=r"line 2") as caught:
        stanc.syntax_tree("parameters { real x; }\nmodel { x ~ nrmal(0, 1); }", "wrong")

    assert "wrong.stan" in str(caught.value)


def test_missing_semicolon():
    with pytest.raises(ProgramSyntaxError, match='Expected ";"'):
        stanc.syntax_tree("parameters { real x }", "wrong")


def test_distributions_know_their_suffix():
    suffixes = stanc.distribution_suffixes()

    assert suffixes["normal"] == "lpdf"
    assert suffixes["poisson_log"] == "lpmf"


def test_locations_hold_statement_starts():
    found = stanc.statement_locations(
        "parameters { real x; }\nmodel {\n  x ~ normal(0, 1);\n}", "m"
    )

    assert (3, 2) in found
