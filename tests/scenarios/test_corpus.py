"""The classifier against programs that were labelled before it saw them."""

from __future__ import annotations

import bisect
import functools
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fixtures.labelled_programs import DOUBTS_TODAY, QUESTIONS_TODAY, Labelled, corpus

import bayeswrap as bw
from bayeswrap.engine import stanc
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError
from bayeswrap.program.roles.role import Role, TargetStatement
from bayeswrap.program.syntax.parse import statement_starts
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.log_density import ModelDensity
    from bayeswrap.program.program import Program

ITEMS = {item.name: item for item in corpus()}
ROLES = ("prior", "population", "likelihood")
# roles whose statements a hand can take out of a program
EDITED_ROLES = {
    name: [r for r in ("prior", "likelihood") if r in {label for *_, label in item.labels}]
    for name, item in ITEMS.items()
    if item.can_be_edited
}
# stanli 0.24 has no jacobian +=, no tuples, no hidden Markov functions and no recursion
REFUSED = sorted(name for name, item in ITEMS.items() if "stanli" in item.about)
EDITED = sorted(name for name, roles in EDITED_ROLES.items() if roles and name not in REFUSED)
EVALUATED = [*EDITED, *sorted(set(ITEMS) - {*EDITED, *REFUSED})]
# each list begins with the one before, so that all tests of a program run one after another and
# share one `Case`
EVERY = [*EVALUATED, *REFUSED]


@dataclass
class Case:
    """A program with what its tests share: it is parsed, classified and compiled once."""

    item: Labelled

    def row(self, line: int, column: int) -> TargetStatement:
        """Return the row that a label stands before."""
        rows = self.item.program.statements
        at = bisect.bisect_right([(r.line, r.column) for r in rows], (line, column)) - 1
        return rows[at]

    @functools.cached_property
    def decided(self) -> Program:
        """The program with the answers of a user; prior for what nobody can know."""
        answers = {}
        for line, column, label in self.item.labels:
            row = self.row(line, column)
            if row.role is Role.UNDECIDED:
                answers[f"{row.line}:{row.column}"] = "prior" if label == "ask" else label
        return self.item.program.with_roles(answers)

    @functools.cached_property
    def weighted(self) -> ModelDensity:
        """The density of the weighted program."""
        return bw.Model(self.decided, self.item.data, engine="stanli").density

    @functools.cached_property
    def own(self) -> InProcessDensity:
        """The density of the user's own text."""
        return self.in_process(self.item.source)

    @functools.cached_property
    def points(self) -> list[np.ndarray]:
        """Twenty points of finite density, near the origin where they are rare."""
        rng, points = np.random.default_rng(1), list[np.ndarray]()
        for attempt in range(400):
            q = rng.uniform(-1, 1, self.own.dimension) * (1 - attempt / 500)
            if np.isfinite(self.own.evaluate(q)[0]):
                points.append(q)
            if len(points) == 20:
                break
        return points

    def in_process(self, source: str) -> InProcessDensity:
        """Return the density of a text with the data of the program."""
        mir = translate(source, self.item.name)
        return InProcessDensity(mir=mir, data=json.dumps(self.item.data), name=self.item.name)


@pytest.fixture(scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    return Case(ITEMS[request.param])


every_program = pytest.mark.parametrize("case", EVERY, indirect=True, scope="module")
evaluated_program = pytest.mark.parametrize("case", EVALUATED, indirect=True, scope="module")
edited_program = pytest.mark.parametrize("case", EDITED, indirect=True, scope="module")


def test_the_corpus_is_large_and_covers_the_language() -> None:
    labels = Counter(label for item in ITEMS.values() for *_, label in item.labels)
    assert len(ITEMS) >= 240
    assert min(labels[r] for r in ROLES) > 200
    everything = "\n".join(item.source for item in ITEMS.values())
    for construct in (
        *("_lpmf(", "_lccdf(", "_lcdf(", "log_mix(", "log_sum_exp(", "reduce_sum(", "map_rect("),
        *("jacobian +=", " T[", "ode_", " in ", "while (", "profile("),
        *("_glm_lp", "simplex[", "cov_matrix[", "cholesky_factor_corr[", "ordered[", "tuple("),
        *("sum_to_zero_vector", "unit_vector", "offset=", "complex ", "lkj_corr", "? ", "else if"),
    ):
        assert construct in everything, construct


def test_nearly_all_programs_are_decided_without_help() -> None:
    assert QUESTIONS_TODAY.keys() <= ITEMS.keys()
    assert len(QUESTIONS_TODAY) <= 0.03 * len(ITEMS)


def test_doubtful_statements_are_few() -> None:
    statements = sum(len(item.labels) for item in ITEMS.values())
    assert DOUBTS_TODAY.keys() <= ITEMS.keys()
    assert sum(map(len, DOUBTS_TODAY.values())) <= 0.05 * statements


@every_program
def test_no_role_is_wrong(case: Case) -> None:
    for line, column, label in case.item.labels:
        row = case.row(line, column)
        right = {Role.UNDECIDED} if label == "ask" else {Role(label), Role.UNDECIDED}
        assert row.role in right, row


@every_program
def test_questions_and_doubts_are_those_of_today(case: Case) -> None:
    name, rows = case.item.name, case.item.program.statements
    labelled = ((case.row(*place), label) for *place, label in case.item.labels)
    asked = {r.line for r, label in labelled if label != "ask" and r.role is Role.UNDECIDED}
    doubtful = {r.line for r in rows if not r.sure and r.role is not Role.UNDECIDED}
    assert asked == QUESTIONS_TODAY.get(name, frozenset())
    assert doubtful == DOUBTS_TODAY.get(name, frozenset())


@every_program
def test_lines_and_columns_are_stancs_own(case: Case) -> None:
    starts = statement_starts(case.item.source, case.item.name)
    whole = [s for s in case.item.program.statements if not s.summands]
    assert {(s.line, s.column - 1) for s in whole} <= starts


@evaluated_program
def test_the_weighted_program_is_the_users_own(case: Case) -> None:
    whole, off = case.weighted.of(PartWeights()), case.weighted.of(only())
    parts = [case.weighted.of(only(role)) for role in ROLES]
    assert len(case.points) == 20
    offsets = []
    for q in case.points:
        value, gradient = whole.evaluate(q)
        expected, expected_gradient = case.own.evaluate(q)
        offsets.append(value - expected)
        scale = np.abs(expected_gradient).max() + 1
        np.testing.assert_allclose(gradient, expected_gradient, rtol=1e-12, atol=1e-12 * scale)
        values = [part.evaluate(q)[0] for part in parts]
        base = off.evaluate(q)[0]
        if np.isfinite(values).all():
            np.testing.assert_allclose(sum(values) - 2 * base, value, rtol=1e-11, atol=1e-9)
    np.testing.assert_allclose(offsets, offsets[0], atol=1e-9 * (1 + np.abs(value)))


@edited_program
def test_a_part_off_is_the_program_edited_by_hand(case: Case) -> None:
    for role in EDITED_ROLES[case.item.name]:
        edited = case.in_process(case.item.without(role, "ask" if role == "prior" else role))
        off = case.weighted.of(PartWeights(**{role: 0.0}))
        for q in case.points[:5]:
            (value, gradient), (expected, expected_gradient) = off.evaluate(q), edited.evaluate(q)
            np.testing.assert_allclose(value, expected, rtol=1e-11, atol=1e-9, err_msg=role)
            scale = np.abs(expected_gradient).max(initial=0) + 1
            np.testing.assert_allclose(
                gradient, expected_gradient, rtol=1e-11, atol=1e-11 * scale, err_msg=role
            )


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_in_process_engine_refuses_is_known(name: str) -> None:
    case = Case(ITEMS[name])
    stanc.syntax_tree(case.decided.switched().text, name)
    with pytest.raises(EngineError):
        case.in_process(case.item.source)


def only(*roles: str) -> PartWeights:
    """Return the weights that leave some roles on."""
    return PartWeights(**{role: float(role in roles) for role in ROLES})
