from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.data.model_data import ModelData
from bayeswrap.program.flow.constant_folding import (
    KNOWN_NOTHING,
    alternatives,
    empty_parameters,
    known_from,
)
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.tree import Branch, flat
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

OPTIONS = """data { int N; vector[N] y; int K; matrix[N, K] X; int family; int has_scale; }
parameters { real a; vector[K] b; array[has_scale] real<lower=0> s; }
model {
  a ~ normal(0, 5);
  if (K > 0) b ~ normal(0, 2);
  if (family == 1) {
    y ~ normal(a + X * b, s[1]);
  } else if (family == 2) {
    y ~ cauchy(a, 1);
  } else {
    target += student_t_lpdf(y | 4, a, 1);
  }
  if (has_scale) s[1] ~ exponential(1);
}
"""


def data_of(**given: Any) -> dict[str, Any]:
    k = given.get("K", 1)
    return {
        "N": 2,
        "y": [0.5, 1.5],
        "K": k,
        "X": np.ones((2, k)),
        "family": 1,
        "has_scale": 1,
    } | given


def values_of(code: str, data: Mapping[str, Any]) -> Mapping[str, np.ndarray]:
    return ModelData.build(Program.from_string(code), dict(data)).values


def given(code: str, data: Mapping[str, Any]) -> Program:
    return Program.from_string(code).with_data(values_of(code, data))


def conditions(text: str, **data: Any) -> dict[str, bool]:
    declared = "data { int k; int n; real c; array[2] int g; }"
    code = f"{declared} parameters {{ real m; }} model {{ {text} }}"
    values = {"k": 3, "n": 0, "c": 0.5, "g": [1, 0]} | data
    arrays = {name: np.asarray(value) for name, value in values.items()}
    return dict(known_from(Program.from_string(code).tree, arrays).conditions)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("k", True),
        ("n", False),
        ("k > 2", True),
        ("k == 2", False),
        ("k != 2", True),
        ("!(k > 2)", False),
        ("!n", True),
        ("k > 2 && n > 0", False),
        ("k > 2 || n > 0", True),
        ("c <= 0.5", True),
        ("g[1] == 1", True),
        ("g[2]", False),
        ("sum(g) + 1 >= k - 1", True),
        ("size(g) > 1", True),
        ("k - 3 * (n + 1) == 0", True),
        ("k / 2 == 1", True),
        ("-k < 0", True),
    ],
)
def test_conditions_on_data_are_settled(condition: str, *, expected: bool) -> None:
    assert list(conditions(f"if ({condition}) m ~ normal(0, 1);").values()) == [expected]


@pytest.mark.parametrize(
    "condition",
    ["m > 0", "k > 0 && m > 0", "g[9] > 0", "k / n > 0", "normal_lpdf(c | 0, 1) > 0"],
)
def test_other_conditions_stay_open(condition: str) -> None:
    assert conditions(f"if ({condition}) m ~ normal(0, 1);") == {}


def test_conditions_on_loop_variables_and_locals_stay_open() -> None:
    body = "int j = 1; if (j > 0) m ~ normal(0, 1); for (i in 1:k) if (i > 1) m ~ normal(0, 1);"
    assert conditions(body) == {}


@pytest.mark.parametrize(
    ("k", "expected"), [(3, [0, 0]), (2, [-1, 0]), (0, [-1, 1])], ids=["both", "one", "none"]
)
def test_which_alternative_runs(k: int, expected: list[int]) -> None:
    tree = Program.from_string(
        "data { int k; } parameters { real m; } model { if (k > 2) m ~ normal(0, 1); "
        "if (k > 1) { m ~ normal(0, 2); } else { m ~ normal(0, 3); } }"
    ).tree
    known = known_from(tree, {"k": np.asarray(k)})
    branches = [s for s in flat(tree.blocks["model"]) if isinstance(s, Branch)]
    found = alternatives(tree, known)
    assert [found[id(b)] for b in branches] == expected


def test_parameters_without_length() -> None:
    tree = Program.from_string(
        "data { int K; int L; } parameters { vector[K] a; matrix[2, L] b; array[K - 1] real c; "
        "vector[K + 1] d; real e; array[L, 3] vector[2] f; }"
    ).tree
    known = known_from(tree, {"K": np.asarray(1), "L": np.asarray(0)})
    assert empty_parameters(tree, known) == {"b", "c", "f"}
    assert empty_parameters(tree, KNOWN_NOTHING) == frozenset()


def live(program: Program) -> list[tuple[int, str]]:
    return [(s.line, str(s.role)) for s in program.statements if not s.dead]


def test_statements_that_never_run_are_dead_and_count_for_nothing() -> None:
    program = given(OPTIONS, data_of(family=3, has_scale=0, K=0, X=np.ones((2, 0))))
    assert live(program) == [(4, "prior"), (11, "likelihood")]
    assert [s.line for s in program.of_role(Role.LIKELIHOOD)] == [11]
    assert [s.line for s in program.of_role(Role.PRIOR)] == [4]
    dead = [s for s in program.statements if s.dead]
    assert {s.why for s in dead} == {"never runs with these data"}
    assert all(s.sure for s in dead)


def test_the_switched_text_is_one_for_all_data() -> None:
    texts = {
        given(OPTIONS, data_of(family=family, has_scale=s, K=k)).switched().text
        for family in (1, 2, 3)
        for s in (0, 1)
        for k in (0, 2)
        if family != 1 or s  # without a scale the first family has no s[1]
    }
    assert texts == {Program.from_string(OPTIONS).switched().text}


def test_dead_statements_keep_the_role_that_they_have_otherwise() -> None:
    program = given(OPTIONS, data_of(family=2, has_scale=0))
    told = {s.line: s for s in program.statements}
    assert told[7].dead
    assert told[7].role is Role.LIKELIHOOD
    assert told[13].dead
    assert told[13].role is Role.PRIOR


def test_a_dead_statement_that_is_undecided_does_no_harm() -> None:
    code = """data { int N; vector[N] y; int odd; } parameters { real m; } model {
  m ~ normal(0, 1);
  y ~ normal(m, 1);
  if (odd) 0 ~ normal(m, 0.1);
}"""
    data = {"y": [0.5, 1.5]}
    assert Program.from_string(code).of_role(Role.UNDECIDED)
    assert given(code, data | {"odd": 1}).of_role(Role.UNDECIDED)
    settled = given(code, data | {"odd": 0})
    assert not settled.of_role(Role.UNDECIDED)
    assert "bw_prior_weight == 1) { 0 ~ normal" in settled.switched().text


@pytest.mark.parametrize("family", [1, 2, 3])
def test_parts_of_a_program_with_options_are_those_of_what_runs(family: int) -> None:
    """The likelihood of the options is that of a program written without them."""
    alone = {
        1: "y ~ normal(a + X * b, s[1]);",
        2: "y ~ cauchy(a, 1);",
        3: "target += student_t_lpdf(y | 4, a, 1);",
    }[family]
    start, end = OPTIONS.index("  if (family == 1)"), OPTIONS.index("  if (has_scale)")
    plain = f"{OPTIONS[:start]}  {alone}\n{OPTIONS[end:]}"
    models = [
        bw.Model(Program.from_string(code), data_of(family=family), engine="stanli")
        for code in (OPTIONS, plain)
    ]
    q = np.array([0.3, -0.4, 0.2])
    for parts in (PartWeights(prior=0), PartWeights(likelihood=0), PartWeights(likelihood=0.5)):
        values = [m.density.of(parts).evaluate(q)[0] for m in models]
        assert values[0] == pytest.approx(values[1], rel=1e-13)


def test_a_parameter_without_length_makes_no_statement_doubtful() -> None:
    code = """data { int N; vector[N] y; int K; matrix[N, K] X; }
parameters { real m; vector[K] b; }
model { m ~ normal(0, 1); b ~ normal(0, 1); y - X * b ~ normal(m, 1); }"""
    program = given(code, {"y": [0.5, 1.5], "K": 0, "X": np.ones((2, 0))})
    likelihood = program.of_role(Role.LIKELIHOOD)
    assert [s.outcome for s in likelihood] == [frozenset()]
