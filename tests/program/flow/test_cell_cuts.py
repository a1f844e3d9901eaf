from __future__ import annotations

from bayeswrap.program.flow.cell_cuts import cells_of
from bayeswrap.program.syntax.parse import tree

CODE = """parameters { vector[40] x; vector[40] z; vector[40] w; }
transformed parameters { vector[40] e = exp(x); vector[40] f = 2 * e; }
model { f[3] ~ normal(0, 1); z[20] ~ normal(0, 1); w[2:4] ~ normal(0, 1); }
"""


def test_literal_indices_cut_and_what_is_computed_cuts_its_parameter() -> None:
    cells = cells_of(tree(CODE, "cuts"))
    assert cells.of("x") == {"x[3]", "x[:]"}
    assert cells.of("z") == {"z"}, "far indices are not counted out"
    assert cells.of("w") == {"w[2]", "w[3]", "w[4]", "w[:]"}
