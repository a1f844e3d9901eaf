"""A mode as a plain value: titles, sums and the way back to its problem."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.estimates.results.marginal import Integral, Marginal
from bayeswrap.estimates.results.mode_result import LogParts


def problem(value, dimension):
    transforms = SimpleNamespace(dimension=dimension)
    return SimpleNamespace(
        density=SimpleNamespace(transforms=transforms), objective=lambda _: (value, None)
    )


def test_the_log_density_of_all_parts_is_their_sum(made):
    parts = LogParts(likelihood=-3.0, prior=-1.5, population=0.25)
    mode = made.mle({"a": 1.0}, log_parts=parts)

    assert parts.joint == -4.25
    assert (mode.log_likelihood, mode.log_prior) == (-3.0, -1.5)
    assert (mode.log_population, mode.log_joint) == (0.25, -4.25)


def test_a_title_names_estimator_and_scale(made):
    assert made.mle({"a": 1.0}).title == "MLE"
    assert made.map({"a": 1.0}).title == "MAP (constrained scale)"
    assert made.map_unconstrained({"a": 1.0}).title == "MAP (unconstrained scale)"


def test_powers_stand_in_the_title(made):
    mode = made.mle({"a": 1.0}, record=made.record("mle", weights={"likelihood": 0.5}))

    assert mode.title == "MLE [likelihood ^ 0.5]"


def test_a_spread_of_a_posterior_is_no_standard_error(made):
    assert made.mle({"a": 1.0}).spread_name == "se"
    assert made.map({"a": 1.0}).spread_name == "sd_laplace"


def test_effects_are_those_that_were_integrated_out(made):
    mode = made.mle({"a": 1.0})
    effects = mode.effects
    assert effects.empty
    assert list(effects.columns) == ["mode", "sd"]

    table = effects.reindex(["u[1]"])
    marginal = Marginal(latent=("u",), integral=Integral.LAPLACE, effects=table)
    integrated = replace(mode, marginal=marginal)

    assert integrated.effects is table
    assert integrated.title == f"marginal MLE ({Integral.LAPLACE})"


def test_values_by_variable(made):
    mode = made.mle({"a": 1.0, "b[1]": 2.0, "b[2]": 3.0})

    assert mode["a"] == 1.0
    np.testing.assert_array_equal(mode["b"], [2.0, 3.0])
    with pytest.raises(UnknownNameError):
        mode["c"]


def test_parameters_leave_derived_scalars_out(made):
    mode = made.mle({"a": 1.0, "g": 2.0}, derived=("g",))

    assert list(mode.parameters()) == ["a"]


def test_a_mode_knows_the_problem_that_it_solves(made):
    mode = made.mle({"a": 1.0})
    own = problem(mode.optimum.value, mode.optimum.q.size)

    assert replace(mode, problem=own).problem_for("a profile") is own


def test_a_loaded_mode_has_no_problem(made):
    with pytest.raises(EstimandError, match="a profile needs the log density"):
        made.mle({"a": 1.0}).problem_for("a profile")


@pytest.mark.parametrize(("change", "more"), [(1.0, 0), (0.0, 1)])
def test_a_mode_of_another_density_is_refused(made, change, more):
    mode = made.mle({"a": 1.0})
    other = problem(mode.optimum.value + change, mode.optimum.q.size + more)

    with pytest.raises(EstimandError, match="maximises another"):
        replace(mode, problem=other).problem_for("a profile")


def test_a_live_mode_has_the_program_that_was_estimated(gaussian_mle):
    assert gaussian_mle.program is gaussian_mle.problem.program


def test_a_loaded_mode_reads_its_program_from_the_record(gaussian_mle):
    program = replace(gaussian_mle, problem=None).program

    assert program.source == gaussian_mle.program.source
    assert [s.role for s in program.statements] == [s.role for s in gaussian_mle.program.statements]
