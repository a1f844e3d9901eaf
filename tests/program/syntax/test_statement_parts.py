from __future__ import annotations

from bayeswrap.program.syntax.parse import tree
from bayeswrap.program.syntax.statement_parts import expressions_of


def test_a_statement_has_its_own_expressions_and_an_addition_does_not_read_itself() -> None:
    body = (
        "real lp = a; lp += b; lp = c; a ~ normal(b, c) T[0, ]; target += b;"
        "if (a > b) c ~ normal(0, 1); for (i in 1:2) { print(a); }"
    )
    model = tree(f"parameters {{ real a; real b; real c; }} model {{ {body} }}", "x").blocks[
        "model"
    ]
    names = [
        [e.name for x in expressions_of(s) for e in x.walk() if e.head == "Variable"] for s in model
    ]
    assert names == [["a"], ["b"], ["lp", "c"], ["a", "b", "c"], ["b"], ["a", "b"], []]
