from __future__ import annotations

import pytest

from bayeswrap.program.listings.likelihood_statements import ModelStatement, model_statements
from bayeswrap.program.program import Program

HEAD = "data { int N; vector[N] y; } parameters { real m; real<lower=0> s; } "


def statements(model: str) -> tuple[Program, list[ModelStatement]]:
    program = Program.from_string(f"{HEAD} model {{ {model} }}")
    return program, model_statements(program, program.classified)


@pytest.mark.parametrize(
    ("model", "terms"),
    [
        ("m ~ normal(0, 1); y ~ normal(m, s);", [(), None]),
        ("target += normal_lpdf(m | 0, 1) + normal_lpdf(y | m, s);", [(1,)]),
        ("target += normal_lpdf(y | m, s) + normal_lpdf(y | 0, s);", [None]),
    ],
)
def test_which_terms_are_likelihood(model: str, terms: list[tuple[int, ...] | None]) -> None:
    assert [s.terms for s in statements(model)[1]] == terms


def test_additions_to_a_local_stand_in_the_place_of_the_local() -> None:
    program, opened = statements(
        "real lp = 0; for (n in 1:N) lp += normal_lpdf(y[n] | m, s); target += lp;"
    )
    texts = [program.source[s.span.start : s.span.end] for s in opened]
    assert texts == ["lp += normal_lpdf(y[n] | m, s);"]
    assert opened[0].node.in_loop


def test_a_local_that_the_text_adds_to_in_another_way_stays_one_number() -> None:
    program, whole = statements("real lp = 0; lp = lp + normal_lpdf(y | m, s); target += lp;")
    assert [program.source[s.span.start : s.span.end] for s in whole] == ["target += lp;"]
