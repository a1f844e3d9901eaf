from __future__ import annotations

from bayeswrap.program.syntax.parse import statement_starts, tree

SOURCE = """parameters { real m; }
model {
  m ~ normal(0, 1);
  target += m;
}
"""


def test_a_program_is_parsed_once() -> None:
    assert tree(SOURCE, "m") is tree(SOURCE, "m")
    assert len(tree(SOURCE, "m").blocks["model"]) == 2


def test_statements_start_where_stanc_sees_them() -> None:
    assert {(3, 2), (4, 2)} <= statement_starts(SOURCE, "m")
