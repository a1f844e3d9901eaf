from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import RoleError
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.estimates.problem.switch_checks import _points, perturbed, require_sound_weights
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from collections.abc import Mapping

REGRESSION = """data { int N; vector[N] y; vector[N] x; }
parameters { real a; real b; real<lower=0> s; }
model {
  a ~ normal(0, 5); b ~ normal(0, 2);
  s ~ exponential(1);
  y ~ normal(a + b * x, s);
}
"""
XY = {"N": 4, "y": [0.3, 1.2, 0.8, 2.5], "x": [-1.0, 0.2, 0.5, 1.0]}


def passed(code: str, data: Mapping[str, Any], **roles: Any) -> bool:
    """Whether the gates let a program through; they raise where they do not."""
    return (
        bw.Model(Program.from_string(code), dict(data), engine="stanli", **roles).density
        is not None
    )


def outcomes(code: str, data: Mapping[str, Any]) -> list[str]:
    program = Program.from_string(code)
    values = ModelData.build(program, dict(data)).values
    return [name for name, _ in perturbed(program.with_data(values), values)]


GOOD: dict[str, tuple[str, Mapping[str, Any]]] = {
    "a regression": (REGRESSION, XY),
    "a prior set by the data": (
        (
            "data { int N; vector[N] y; } parameters { real m; real<lower=0> s; } model {"
            " m ~ normal(mean(y), 2.5 * sd(y)); s ~ exponential(1 / sd(y)); y ~ normal(m, s); }"
        ),
        {"y": XY["y"]},
    ),
    "a prior set by transformed data": (
        (
            "data { int N; vector[N] y; } transformed data { real c = mean(y); real w; "
            "{ real v = variance(y); w = sqrt(v); } } parameters { real m; } model {"
            " m ~ normal(c, w); y ~ normal(m, w); }"
        ),
        {"y": XY["y"]},
    ),
    "a prior set by how long a loop runs": (
        (
            "data { int N; array[N] int k; } transformed data { real c = 0; "
            "for (i in 1:k[1]) c += 1; } parameters { real m; } model {"
            " m ~ normal(c, 1); k ~ poisson_log(m); }"
        ),
        {"k": [3, 0, 2]},
    ),
    "a prior set by where a loop ends": (
        (
            "data { int N; vector[N] y; } transformed data { real c = 0; "
            "while (c < y[1]) c += 0.1; } parameters { real m; } model {"
            " m ~ normal(c, 1); y ~ normal(m, 1); }"
        ),
        {"y": XY["y"]},
    ),
    "a prior set by the size of something": (
        (
            "data { int N; array[N] int k; } transformed data { array[k[1]] int w; "
            "real c = size(w); } parameters { real m; } model {"
            " m ~ normal(c, 1); k ~ poisson_log(m); }"
        ),
        {"k": [3, 0, 2]},
    ),
    "a prior set by what a loop carries on": (
        (
            "data { int N; vector[N] y; } transformed data { real a = 0; real b = 0; real c = 0;"
            "for (n in 1:N) { c += b; b += a; a += y[n]; } } parameters { real m; } model {"
            " m ~ normal(c, 1); y ~ normal(m, 1); }"
        ),
        {"y": XY["y"]},
    ),
    "an outcome that bounds a parameter": (
        (
            "data { int N; vector[N] y; } parameters { real<lower=max(y)> u; } model {"
            " u ~ pareto(1, 2); y ~ uniform(-1, u); }"
        ),
        {"y": XY["y"]},
    ),
    "an outcome that bounds a parameter by way of transformed data": (
        (
            "data { int N; vector[N] y; } transformed data { real top = max(y); }"
            "parameters { real<lower=top> u; } model { u ~ pareto(1, 2); y ~ uniform(-1, u); }"
        ),
        {"y": XY["y"]},
    ),
    "a discrete outcome": (
        (
            "data { int N; array[N] int k; } parameters { real<lower=0> r; } model {"
            " r ~ gamma(2, 1); k ~ poisson(r); }"
        ),
        {"k": [3, 0, 2]},
    ),
    "an outcome with an order": (
        (
            "data { int N; ordered[N] y; } parameters { real m; } model {"
            " m ~ normal(0, 1); y ~ normal(m, 1); }"
        ),
        {"y": [0.1, 0.5, 0.9]},
    ),
    "an outcome that is checked": (
        (
            "data { int N; vector[N] y; } transformed data { if (y[1] > y[N]) reject(y); }"
            "parameters { real m; } model { m ~ normal(0, 1); y ~ normal(m, 1); }"
        ),
        {"y": [0.1, 0.5, 0.9]},
    ),
    "a matrix of outcomes": (
        (
            "data { int N; matrix[N, 2] y; } parameters { vector[2] m; } model {"
            " m ~ normal(0, 1); for (n in 1:N) y[n] ~ normal(m, 1); }"
        ),
        {"y": [[0.1, 0.5], [0.9, -1.0], [0.2, 0.4]]},
    ),
    "no outcome at all": ("parameters { real m; } model { m ~ normal(0, 1); }", {}),
    "no parameters": ("data { int N; vector[N] y; } model { y ~ normal(0, 1); }", {"y": [1, 2]}),
    "no model": ("parameters { real<lower=0> m; }", {}),
    "an empty likelihood": (REGRESSION, {"N": 0, "y": [], "x": []}),
}


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_sound_programs_pass(case: str) -> None:
    code, data = GOOD[case]
    assert passed(code, data)


# programs with a role that is wrong, set by the user
WRONG: dict[str, tuple[str, Mapping[str, Any], dict[str, str], str]] = {
    "a term of the outcomes": (
        (
            "data { int N; vector[N] y; } parameters { real m; } model {\n m ~ normal(0, 1);\n"
            " y ~ normal(m, 1);\n target += -square(y[1] - m);\n}"
        ),
        {"y": [0.1, 0.5, 0.9]},
        {"4": "prior"},
        "'y'",
    ),
    "a term of what was computed from the outcomes": (
        (
            "data { int N; vector[N] y; } transformed data { vector[N] z = log(y); }\n"
            "parameters { real m; } model {\n m ~ normal(0, 1); \n y ~ lognormal(m, 1);\n"
            " target += -0.5 * dot_self(head(z, 2) - m); }"
        ),
        {"y": [0.1, 0.5, 0.9]},
        {"5": "prior"},
        "'y'",
    ),
    "a function that holds counts": (
        (
            "functions { void add_lp(array[] int k, real m) { target += k[1] * m; } }"
            "data { int N; array[N] int k; } parameters { real m; } model {\n m ~ normal(0, 1);\n"
            " k ~ poisson_log(m);\n add_lp(k, m);\n}"
        ),
        {"k": [3, 0, 2]},
        {"4": "prior"},
        "'k'",
    ),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_a_prior_that_moves_with_the_outcome_is_refused(case: str) -> None:
    code, data, roles, outcome = WRONG[case]
    with pytest.raises(RoleError, match="the prior moves when the outcome") as caught:
        passed(code, data, roles=roles)
    assert outcome in str(caught.value)
    assert "roles=" in str(caught.value)
    assert passed(code, data, roles=dict.fromkeys(roles, "likelihood"))


def tampered(old: str, new: str) -> tuple[Program, ModelDensity]:
    program = Program.from_string(REGRESSION)
    source = program.switched()
    assert old in source.text
    text = source.text.replace(old, new)
    data = ModelData.build(program, XY)
    return program, ModelDensity(source=replace(source, text=text), data=data, name="model")


def test_a_statement_that_no_switch_turns_off_is_refused() -> None:
    with pytest.raises(RoleError, match="all its parts off"):
        require_sound_weights(
            *tampered("{ if (bw_prior_weight == 1) { s ~", "{ if (bw_prior_weight < 9) { s ~")
        )


def test_a_statement_that_is_lost_is_refused() -> None:
    with pytest.raises(RoleError, match="all its parts on") as caught:
        require_sound_weights(*tampered("{ a ~ normal(0, 5);", "{ a ~ normal(0, 6);"))
    assert "instead of" in str(caught.value)


def test_what_is_sound_passes_by_itself() -> None:
    program, density = tampered("", "")
    assert len(_points(density)) == 3  # without points nothing would be compared
    require_sound_weights(program, density)


def test_only_outcomes_are_perturbed_and_they_change() -> None:
    program = Program.from_string(REGRESSION)
    values = ModelData.build(program, XY).values
    ((name, new),) = perturbed(program, values)
    assert name == "y"
    old = values["y"]
    assert new.shape == old.shape
    assert (new != old).any()
    assert old.min() <= new.min()
    assert new.max() <= old.max()


def test_counts_are_put_in_another_order_and_stay_counts() -> None:
    code, data = GOOD["a discrete outcome"]
    program = Program.from_string(code)
    values = ModelData.build(program, dict(data)).values
    ((_, new),) = perturbed(program, values)
    assert np.issubdtype(new.dtype, np.integer)
    assert sorted(new) == sorted(values["k"])
    assert (new != values["k"]).any()


@pytest.mark.parametrize(
    "case",
    [
        "a prior set by the data",
        "a prior set by transformed data",
        "an outcome that bounds a parameter",
        "an outcome that bounds a parameter by way of transformed data",
        "no outcome at all",
    ],
)
def test_outcomes_that_a_prior_may_know_are_left_alone(case: str) -> None:
    assert outcomes(*GOOD[case]) == []


@pytest.mark.parametrize("y", [[1.0, 1.0, 1.0], [], [2.5]], ids=["equal", "none", "one"])
def test_outcomes_without_another_order_are_left_alone(y: list[float]) -> None:
    code = GOOD["an outcome with an order"][0].replace("ordered[N]", "vector[N]")
    assert outcomes(code, {"N": len(y), "y": y}) == []


def test_outcomes_that_read_the_same_backwards_are_shifted() -> None:
    code = GOOD["an outcome with an order"][0].replace("ordered[N]", "vector[N]")
    assert outcomes(code, {"y": [1.0, 2.0, 1.0]}) == ["y"]


def test_values_that_the_data_block_forbids_tell_nothing() -> None:
    assert outcomes(*GOOD["an outcome with an order"]) == ["y"]
    assert passed(*GOOD["an outcome with an order"])
