from __future__ import annotations

import pytest

from bayeswrap.program.flow.constant_folding import KnownBranches
from bayeswrap.program.roles.classification import classify
from bayeswrap.program.roles.matching import Text
from bayeswrap.program.roles.role import Role

SOURCE = """data { int<lower=0, upper=1> robust; vector[5] y; }
parameters { real mu; }
model {
  mu ~ normal(0, 1);
  if (robust == 1) y ~ student_t(4, mu, 1);
  else y ~ normal(mu, 1);
}
"""
GATHERED = """data { vector[5] y; } parameters { real mu; }
model { real lp = 0; lp += normal_lpdf(mu | 0, 1); lp += normal_lpdf(y | mu, 1); target += lp; }
"""


def test_statements_have_their_roles_in_the_order_of_the_text() -> None:
    result = classify(Text(SOURCE, "m"))
    assert [s.role for s in result.statements] == [Role.PRIOR, Role.LIKELIHOOD, Role.LIKELIHOOD]
    assert next(SOURCE[s.start : s.end] for s in result.scan.spans) == "mu ~ normal(0, 1);"
    assert len(result.nodes) == 3


@pytest.mark.parametrize(("robust", "dead"), [(True, 2), (False, 1)])
def test_what_never_runs_keeps_the_role_that_it_has_otherwise(robust: bool, dead: int) -> None:  # noqa: FBT001 - a parameter of the test
    known = KnownBranches(conditions=(("robust == 1", robust),))
    rows = classify(Text(SOURCE, "m", known)).statements
    assert [s.position for s in rows if s.dead] == [dead]
    assert rows[dead].role is Role.LIKELIHOOD
    assert rows[dead].why == "never runs with these data"


def test_additions_to_a_local_are_rows_where_their_roles_differ() -> None:
    rows = classify(Text(GATHERED, "m")).statements
    assert [(s.role, s.text) for s in rows] == [
        (Role.PRIOR, "lp += normal_lpdf(mu | 0, 1);"),
        (Role.LIKELIHOOD, "lp += normal_lpdf(y | mu, 1);"),
    ]


def test_the_user_decides() -> None:
    rows = classify(Text(SOURCE, "m"), (("4", "likelihood"),)).statements
    assert (rows[0].role, rows[0].sure, rows[0].why) == (Role.LIKELIHOOD, True, "set by roles=")
