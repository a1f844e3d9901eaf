from __future__ import annotations

import pytest

from bayeswrap.errors import EngineRunError
from bayeswrap.program.roles import matching
from bayeswrap.program.roles.matching import Text, match_statements

SOURCE = """data { vector[5] y; } parameters { real m; real<lower=0> s; }
model {
  target += normal_lpdf(m | 0, 1)
    - normal_lpdf(s | 0, 1);
  for (n in 1:5) { y[n] ~ normal(m, s); }
}
"""


def test_statements_of_the_tree_stand_beside_their_text() -> None:
    matched = match_statements(Text(SOURCE, "m"))
    assert [p.line for p in matched.places] == [3, 5]
    assert [n.in_loop for n in matched.data_flow.nodes] == [False, True]
    assert [(u.position, u.summands) for u in matched.units] == [(0, (0,)), (0, (1,)), (1, (0,))]


def test_a_term_shows_the_sign_that_it_is_added_with() -> None:
    first, second = match_statements(Text(SOURCE, "m")).terms[0]
    assert first.text == "normal_lpdf(m | 0, 1)"
    assert (second.line, second.text) == (4, "- normal_lpdf(s | 0, 1)")


def test_a_text_that_stanc_reads_otherwise_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "statement_starts", lambda *_: frozenset())
    with pytest.raises(EngineRunError, match="not those of stanc's tree") as caught:
        match_statements(Text(SOURCE + "// again", "m"))
    assert caught.value.got == "2 statements in the text, 2 in the tree"
