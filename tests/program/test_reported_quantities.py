"""A comment says what is reported in place of a parameter."""

from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.reported_quantities import reported_quantities

TEXT = """
parameters {{
  cholesky_factor_corr[2] L;  {comment}
  vector[3] z;
}}
transformed parameters {{
  vector[3] r = 2 * z;
}}
model {{
  z ~ std_normal();
}}
generated quantities {{
  corr_matrix[2] Omega = multiply_lower_tri_self_transpose(L);
}}
"""


@pytest.mark.parametrize(
    ("comment", "reported"),
    [
        ("// reported as Omega", {"L": "Omega"}),
        ("// of the correlations, reported as Omega", {"L": "Omega"}),
        ("// reported as r", {"L": "r"}),
        ("// it is not reported at all", {}),
        ("// reported as nothing", {}),
        ("// reported as z", {}),
        ("", {}),
    ],
)
def test_a_comment_names_a_quantity_of_the_program(comment, reported):
    program = Program.from_string(TEXT.format(comment=comment))
    assert reported_quantities(program.source, program.variables) == reported


def test_a_comment_behind_a_quantity_says_nothing():
    text = TEXT.format(comment="").replace("r = 2 * z;", "r = 2 * z;  // reported as Omega")
    program = Program.from_string(text)
    assert reported_quantities(program.source, program.variables) == {}
