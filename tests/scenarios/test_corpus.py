"""The classifier against programs that were labelled before it saw them."""

from __future__ import annotations

import bisect
import json
from collections import Counter

import numpy as np
import pytest
from fixtures.labelled_programs import CURRENT_DOUBTS, Labelled, corpus

import bayeswrap as bw
from bayeswrap.engine import stanc
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError
from bayeswrap.program.roles.role import Role, TargetStatement
from bayeswrap.program.weights.part_weights import PartWeights

ITEMS = {item.name: item for item in corpus()}
# stanli 0.24 has no jacobian +=, no tuples, no hidden Markov functions and no recursion
REFUSED_IN_PROCESS = frozenset(name for name, item in ITEMS.items() if "stanli" in item.about)
OFF = PartWeights(prior=0, population=0, likelihood=0)


def row_of(item: Labelled, line: int, column: int) -> TargetStatement:
    """Return the row that a label stands before."""
    rows = item.program.statements
    at = bisect.bisect_right([(r.line, r.column) for r in rows], (line, column)) - 1
    return rows[at]


def test_the_corpus_is_large_and_covers_the_language() -> None:
    labels = Counter(label for item in ITEMS.values() for *_, label in item.labels)
    assert len(ITEMS) >= 240
    assert min(labels[r] for r in ("prior", "population", "likelihood")) > 200
    everything = "\n".join(item.source for item in ITEMS.values())
    for construct in (
        *("_lpmf(", "_lccdf(", "_lcdf(", "log_mix(", "log_sum_exp(", "reduce_sum(", "map_rect("),
        *("jacobian +=", " T[", "ode_", " in ", "while (", "profile("),
        *("_glm_lp", "simplex[", "cov_matrix[", "cholesky_factor_corr[", "ordered[", "tuple("),
        *("sum_to_zero_vector", "unit_vector", "offset=", "complex ", "lkj_corr", "? ", "else if"),
    ):
        assert construct in everything, construct


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_no_role_is_wrong(name: str) -> None:
    item = ITEMS[name]
    for line, column, label in item.labels:
        row = row_of(item, line, column)
        if label == "ask":
            assert row.role is Role.UNDECIDED, row
        else:
            assert row.role in {Role(label), Role.UNDECIDED}, row


def test_nearly_all_programs_are_decided_without_help() -> None:
    undecided = {
        name
        for name, item in ITEMS.items()
        for line, column, label in item.labels
        if label != "ask" and row_of(item, line, column).role is Role.UNDECIDED
    }
    assert undecided == {"packed_container", "rounded_measurements"}
    assert len(undecided) <= 0.03 * len(ITEMS)


def test_doubtful_statements_are_few_and_known() -> None:
    rows = [(name, row) for name, item in ITEMS.items() for row in item.program.statements]
    doubtful = {(n, r.line) for n, r in rows if not r.sure and r.role is not Role.UNDECIDED}
    assert doubtful == CURRENT_DOUBTS
    assert len(doubtful) <= 0.05 * len(rows)


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_lines_and_columns_are_stancs_own(name: str) -> None:
    item = ITEMS[name]
    table = stanc.statement_locations(item.source, item.name)
    whole = [s for s in item.program.statements if not s.summands]
    assert {(s.line, s.column - 1) for s in whole} <= table


@pytest.mark.parametrize("name", sorted(set(ITEMS) - REFUSED_IN_PROCESS))
def test_the_switched_program_is_the_users_own(name: str) -> None:
    item = ITEMS[name]
    program = item.program.with_roles(help_for(item))
    density = bw.Model(program, item.data, engine="stanli").density
    own = in_process(item.source, item)
    points = finite_points(own)
    assert len(points) == 20
    offsets = []
    for q in points:
        value, gradient = density.of(PartWeights()).evaluate(q)
        expected, expected_gradient = own.evaluate(q)
        offsets.append(value - expected)
        scale = np.abs(expected_gradient).max() + 1
        np.testing.assert_allclose(gradient, expected_gradient, rtol=1e-12, atol=1e-12 * scale)
        parts = [density.of(only(r)).evaluate(q)[0] for r in ("prior", "population", "likelihood")]
        base = density.of(OFF).evaluate(q)[0]
        if np.isfinite(parts).all():
            np.testing.assert_allclose(sum(parts) - 2 * base, value, rtol=1e-11, atol=1e-9)
    np.testing.assert_allclose(offsets, offsets[0], atol=1e-9 * (1 + np.abs(value)))


@pytest.mark.parametrize(
    "name",
    sorted(n for n in set(ITEMS) - REFUSED_IN_PROCESS if ITEMS[n].can_be_edited),
)
@pytest.mark.parametrize("role", ["prior", "likelihood"])
def test_a_part_off_is_the_program_edited_by_hand(name: str, role: str) -> None:
    item = ITEMS[name]
    if role not in {label for *_, label in item.labels}:
        return
    program = item.program.with_roles(help_for(item))
    density = bw.Model(program, item.data, engine="stanli").density
    edited = in_process(item.without(role, "ask" if role == "prior" else role), item)
    off = density.of(PartWeights(**{role: 0.0}))
    for q in finite_points(in_process(item.source, item))[:5]:
        (value, gradient), (expected, expected_gradient) = off.evaluate(q), edited.evaluate(q)
        np.testing.assert_allclose(value, expected, rtol=1e-11, atol=1e-9)
        scale = np.abs(expected_gradient).max(initial=0) + 1
        np.testing.assert_allclose(gradient, expected_gradient, rtol=1e-11, atol=1e-11 * scale)


@pytest.mark.parametrize("name", sorted(REFUSED_IN_PROCESS))
def test_what_the_in_process_engine_refuses_is_known(name: str) -> None:
    item = ITEMS[name]
    stanc.syntax_tree(item.program.with_roles(help_for(item)).switched().text, item.name)
    with pytest.raises(EngineError):
        in_process(item.source, item)


def help_for(item: Labelled) -> dict[str, str]:
    """Return the roles that a user would say where the program asks; priors for what is asked."""
    said = {}
    for line, column, label in item.labels:
        row = row_of(item, line, column)
        if row.role is Role.UNDECIDED:
            said[f"{row.line}:{row.column}"] = "prior" if label == "ask" else label
    return said


def only(role: str) -> PartWeights:
    return PartWeights(**{"prior": 0.0, "population": 0.0, "likelihood": 0.0, role: 1.0})


def in_process(source: str, item: Labelled) -> InProcessDensity:
    mir = translate(source, item.name)
    return InProcessDensity(mir=mir, data=json.dumps(item.data), name=item.name)


def finite_points(density: InProcessDensity) -> list[np.ndarray]:
    """Return twenty points of finite density, near the origin where they are rare."""
    rng, found = np.random.default_rng(1), list[np.ndarray]()
    for attempt in range(400):
        q = rng.uniform(-1, 1, density.dimension) * (1 - attempt / 500)
        if np.isfinite(density.evaluate(q)[0]):
            found.append(q)
        if len(found) == 20:
            break
    return found
