from __future__ import annotations

import pytest
from fixtures.expressions import num, op, paren, var
from hypothesis import given, settings
from hypothesis import strategies as st

from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.parse import tree
from bayeswrap.program.syntax.rewriting import (
    full_densities,
    parameters_without,
    with_step_limit,
    without_prints,
)
from bayeswrap.program.syntax.tree import Declaration, Expression

SIGNS = ("Plus", "Minus", "Times", "Divide")
# every operator in brackets of its own, so that precedence plays no part
expressions = st.recursive(
    st.sampled_from([var("a"), var("b"), num("2"), num("0.5")]),
    lambda inner: st.builds(
        lambda sign, x, y: paren(op(sign, x, y)), st.sampled_from(SIGNS), inner, inner
    ),
    max_leaves=6,
)


@settings(max_examples=4, deadline=None)
@given(many=st.lists(expressions, min_size=10, max_size=20))
def test_text_to_tree_to_text(many: list[Expression]) -> None:
    texts = [unparse(e) for e in many]
    lines = "\n".join(f"real x{i} = {text};" for i, text in enumerate(texts))
    root = tree(f"data {{ real a; real b; }} transformed data {{ {lines} }}", "m")
    values = [d.value for d in root.blocks["transformed data"] if isinstance(d, Declaration)]
    assert [unparse(value) for value in values if value] == texts


@settings(max_examples=30, deadline=None)
@given(
    prints=st.lists(st.sampled_from(['"a;)"', "x", "f(x, {1})", "// )\n1"]), max_size=4),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_without_prints_nothing_is_printed_and_no_line_moves(
    prints: list[str], line_end: str
) -> None:
    body = line_end.join(
        f"print({argument}); x ~ normal(0, {i});" for i, argument in enumerate(prints)
    )
    source = f"model {{{line_end}{body}{line_end}}}"
    quiet = without_prints(source)
    assert "print" not in quiet
    assert len(quiet.splitlines()) == len(source.splitlines())
    assert quiet.count("normal") == len(prints)


@pytest.mark.parametrize(
    ("names", "block"),
    [
        ([], "{real<lower=0> a, b;array[2] vector[3] c;}"),
        (["b"], "{real<lower=0> a;array[2] vector[3] c;}"),
        (["a", "b"], "{array[2] vector[3] c;}"),
        (["a", "b", "c"], "{}"),
    ],
)
def test_parameters_are_left_out_by_name(names: list[str], block: str) -> None:
    data = "data { int N; } // { \n"
    source = (
        f"{data}parameters {{ real<lower=0> a, b; array[2] vector[3] c; }} model {{ a ~ f(c); }}"
    )
    assert parameters_without(source, names) == f"{data}parameters {block} model {{}}"


def test_comments_and_constraints_of_several_arguments_are_no_obstacle() -> None:
    code = """data { int J; } // parameters {
    parameters { // the mean
      real<lower=0, upper=1> a, b; /* theta; */
      array[J] vector<offset=a, multiplier=b>[J] theta; real c;
    } model { theta[1] ~ normal(a, b); }"""
    assert parameters_without(code, ["theta", "b"]).endswith(
        "parameters {real<lower=0, upper=1> a;real c;} model {}"
    )


def test_full_densities_leave_other_names() -> None:
    text = "normal_lupdf(y | 0, 1) + my_lupmf(k | a) + normal_lpdf(z | 0, 1) + x_lupdfs"
    assert full_densities(text) == text.replace("_lupdf(", "_lpdf(").replace("_lupmf(", "_lpmf(")


SOLVERS = """
z = ode_rk45(growth,
  [z0, f(1, {2, 3})]', 0, // the start, (0
  ts, r, K) + ode_bdf(f, y, t[1], t) - dae(g, a, b, 0, {1.0, 2.0}, k);
w = ode_adams_tol(f, y, 0, t, 1e-3, 1e-3, 1000000);
"""


def test_solvers_get_a_limit_of_steps():
    limited = with_step_limit(SOLVERS, 7)

    assert "\n  ts, 1e-6, 1e-6, 7, r, K)" in limited
    assert "ode_rk45_tol(growth,\n  [z0, f(1, {2, 3})]', 0, //" in limited
    assert "ode_bdf_tol(f, y, t[1], t, 1e-10, 1e-10, 7)" in limited
    assert "dae_tol(g, a, b, 0, {1.0, 2.0}, 1e-10, 1e-10, 7, k)" in limited


def test_a_limit_that_the_user_set_stays():
    assert "ode_adams_tol(f, y, 0, t, 1e-3, 1e-3, 1000000)" in with_step_limit(SOLVERS, 7)
