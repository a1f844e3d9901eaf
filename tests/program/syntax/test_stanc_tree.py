from __future__ import annotations

from bayeswrap.program.program import Program
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Call,
    Declaration,
    Group,
    Loop,
    Statement,
    Target,
    Tilde,
)

DECLARED = """data {
  int<lower=1> N, K;
  array[N, 2] int<lower=0, upper=K> a;
  array[3] matrix[N, K + 1] m;
  row_vector<upper=5>[K] r;
  complex z;
  complex_matrix[2, 3] cm;
  tuple(int, real) t;
}
parameters {
  simplex[K] w;
  ordered[K] c;
  cholesky_factor_corr[K] L;
  vector<offset=1, multiplier=2>[K] v;
  sum_to_zero_vector[K] s;
}
"""


def declarations(code: str, block: str) -> dict[str, Declaration]:
    statements = Program.from_string(code).tree.blocks[block]
    return {s.name: s for s in statements if isinstance(s, Declaration)}


def model(body: str, head: str = "parameters { real m; }") -> tuple[Statement, ...]:
    return Program.from_string(f"{head} model {{ {body} }}").tree.blocks["model"]


def test_types_sizes_and_array_ranks() -> None:
    d = declarations(DECLARED, "data")
    found = {name: (x.base, [unparse(e) for e in x.dims], x.array_rank) for name, x in d.items()}
    assert found == {
        "N": ("int", [], 0),
        "K": ("int", [], 0),
        "a": ("int", ["N", "2"], 2),
        "m": ("matrix", ["3", "N", "K + 1"], 1),
        "r": ("row_vector", ["K"], 0),
        "z": ("complex", [], 0),
        "cm": ("complex_matrix", ["2", "3"], 0),
        "t": ("tuple", [], 0),
    }


def test_constraints_and_their_bounds() -> None:
    d = declarations(DECLARED, "data") | declarations(DECLARED, "parameters")
    found = {name: (x.transform, [unparse(e) for e in x.bounds]) for name, x in d.items()}
    assert found["N"] == found["K"] == ("Lower", ["1"])
    assert found["a"] == ("LowerUpper", ["0", "K"])
    assert found["r"] == ("Upper", ["5"])
    assert found["z"] == ("Identity", [])
    assert found["w"][0] == "Simplex"
    assert found["c"][0] == "Ordered"
    assert found["L"][0] == "CholeskyCorr"
    assert found["v"] == ("OffsetMultiplier", ["1", "2"])
    assert found["s"][0] == "SumToZero"


def test_statements_of_each_kind() -> None:
    statements = model(
        """real a = 1; a += m; m ~ normal(a, 1) T[, 2]; target += -m; ;
        print("x"); for (i in 1:2) m ~ std_normal(); for (v in {1.0, 2.0}) target += v;
        while (a < 0) a = 1; if (a > 0) target += m; else { target += -m; }
        profile("p") { target += m; } { real b = 2; }"""
    )
    kinds = [type(s) for s in statements]
    assert kinds == [
        Declaration, Assign, Tilde, Target, Loop, Loop, Loop, Branch, Group, Group
    ]  # fmt: skip
    _, assign, tilde, _, counted, over, repeated, branch, *_ = statements
    assert isinstance(assign, Assign)
    assert (assign.name, unparse(assign.rhs), assign.updates) == ("a", "a + m", False)
    assert isinstance(tilde, Tilde)
    assert [unparse(e) for e in tilde.truncation] == ["2"]
    assert isinstance(counted, Loop)
    assert (counted.variable, [unparse(e) for e in counted.bounds]) == ("i", ["1", "2"])
    assert isinstance(over, Loop)
    assert (over.variable, over.bounds, over.over is not None) == ("v", (), True)
    assert isinstance(repeated, Loop)
    assert repeated.variable == ""
    assert isinstance(branch, Branch)
    assert len(branch.branches) == 2


def test_assignment_to_a_part_keeps_the_old_value() -> None:
    head = "parameters { real m; } transformed parameters { vector[2] v = [1, 2]'; }"
    whole, part, product = model("vector[2] a = v; a = v; a[1] = m; a .*= v;", head)[1:]
    told = [(s.updates, unparse(s.rhs)) for s in (whole, part, product) if isinstance(s, Assign)]
    assert told == [(False, "v"), (True, "m"), (False, "a .* v")]


def test_assignment_to_several_at_once() -> None:
    (assign,) = [s for s in model("real a; real b; (a, b) = (m, 1);") if isinstance(s, Assign)]
    assert [e.name for e in assign.lhs.walk() if e.head == "Variable"] == ["a", "b"]


def test_jacobian_statements_are_told_from_target() -> None:
    program = Program.from_string(
        "parameters { real u; } transformed parameters { jacobian += u; } model { target += u; }"
    )
    (jacobian,) = program.tree.blocks["transformed parameters"]
    (target,) = program.tree.blocks["model"]
    assert isinstance(jacobian, Target)
    assert isinstance(target, Target)
    assert jacobian.is_jacobian
    assert not target.is_jacobian


def test_functions_by_name_and_calls() -> None:
    program = Program.from_string(
        """functions { void f_lp(real m); void f_lp(real m) { m ~ normal(0, 1); }
        real g(real x) { return x; } } parameters { real m; } model { f_lp(g(m)); }"""
    )
    functions = program.tree.functions
    assert {name: len(bodies) for name, bodies in functions.items()} == {"f_lp": 1, "g": 1}
    (call,) = program.tree.blocks["model"]
    assert isinstance(call, Call)
    assert (call.name, [unparse(e) for e in call.args]) == ("f_lp", ["g(m)"])


def test_walk_yields_every_part_of_an_expression() -> None:
    (target,) = model("target += (m > 0 ? m : -m) + {m, 1.5}[1] + sum([m, 2]');")
    assert isinstance(target, Target)
    heads = [e.head for e in target.expression.walk()]
    assert {"TernaryIf", "ArrayExpr", "RowVectorExpr", "PostfixOp", "Indexed", "Paren"} <= set(
        heads
    )
    assert heads.count("Variable") == 5


def test_empty_program_has_empty_blocks() -> None:
    blocks = Program.from_string("model {}").tree.blocks
    assert set(blocks.values()) == {()}
    assert "functions" not in blocks
