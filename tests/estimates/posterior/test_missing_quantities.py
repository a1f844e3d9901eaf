"""Generated quantities that an engine lost at some draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.errors import EngineRunError
from bayeswrap.estimates.posterior.missing_quantities import (
    run_without_quantities,
    stops_at_quantities,
    with_all_quantities,
    with_generated,
)

CODE = """parameters { real a; }
model { a ~ normal(0, 1); }
generated quantities {
  real root = sqrt(a);
  real twice = 2 * a;
  real z = normal_rng(a, 1);
  if (a > 1) reject("large: ", z);
}
"""
NAMES = ("a", "root", "twice", "z")
NAN = np.nan


@pytest.fixture
def problem(model):
    return model(CODE).map(seed=1).problem_for("this test")


def table(*rows):
    return DrawsTable(
        names=NAMES[: len(rows[0])],
        draws=np.array([rows], dtype=float),
        method_names=(),
        method_draws=np.zeros((1, len(rows), 0)),
    )


def test_draws_that_are_whole_stay_as_they_are(problem):
    whole = table([0.5, 0.7, 1, 3], [-0.5, NAN, -1, 3])

    assert with_all_quantities(problem, whole) == (whole, ())


def test_a_draw_that_the_engine_lost(problem):
    lost = table([0.5, 0.7, 1, 3], [4, NAN, NAN, NAN])

    found, warnings = with_all_quantities(problem, lost)

    np.testing.assert_array_equal(found.draws[0, 0], lost.draws[0, 0])
    np.testing.assert_array_equal(found.draws[0, 1], [4, 2, 8, NAN])
    (warning,) = warnings
    assert warning.startswith("generated quantity z is missing at 1 of 2 draws; line 6, ")
    assert "large: " in warning


def test_no_random_number_takes_the_place_of_one_that_was_lost(problem):
    found, warnings = with_all_quantities(problem, table([-0.25, NAN, NAN, NAN]))

    np.testing.assert_array_equal(found.draws[0, 0], [-0.25, NAN, -0.5, NAN])
    assert warnings == ()


def test_quantities_beside_draws_of_parameters(problem):
    found, warnings = with_generated(problem, table([0.25], [4.0]))

    assert found.names == NAMES
    np.testing.assert_array_equal(found.draws[0, :, :3], [[0.25, 0.5, 0.5], [4, 2, 8]])
    assert np.isfinite(found.draws[0, :, 3]).tolist() == [True, False]
    assert len(warnings) == 1


def stan_error(line):
    message = f"Exception: large: 3 (in 'test.stan', line {line}, column 13 to column 35)"
    return EngineRunError("the run of the compiled program failed", got=message)


def test_the_line_tells_where_a_run_stopped(problem):
    assert stops_at_quantities(problem, stan_error(7))
    assert not stops_at_quantities(problem, stan_error(2))


def test_a_run_that_fails_elsewhere_is_no_run_without_quantities(problem):
    def run(_executable):
        raise stan_error(2)

    with pytest.raises(EngineRunError):
        run_without_quantities(problem, None, run)


def test_a_run_that_works_is_kept(problem):
    whole = table([0.5, 0.7, 1, 3])

    assert run_without_quantities(replace(problem), None, lambda _: whole) is whole
