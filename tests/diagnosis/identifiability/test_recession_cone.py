"""Recession cones of small designs, known by hand."""

from __future__ import annotations

import numpy as np

from bayeswrap.diagnosis.identifiability.design import Predictors
from bayeswrap.diagnosis.identifiability.observations import Observation
from bayeswrap.diagnosis.identifiability.recession_cone import bases_of, cone_of, direction_in


def binary(design, outcomes, trials=1, weight=1.0):
    observed = tuple(
        Observation(f"y[{i + 1}]", "binomial", float(y), trials, weight, slice(i, i + 1))
        for i, y in enumerate(outcomes)
    )
    design = np.asarray(design, dtype=float)
    names = tuple("ab")[: design.shape[1]]
    return Predictors(names=names, design=design, offset=np.zeros(len(design)), observed=observed)


def line(outcomes, x=(-2, -1, 1, 2), **more):
    return cone_of(binary(np.column_stack([np.ones(len(x)), x]), outcomes, **more))


def test_a_failure_turns_its_row_and_a_mixed_count_is_level():
    cone = cone_of(binary([[1.0], [2.0], [3.0]], [2, 0, 1], trials=2))

    assert cone.rising.tolist() == [[1.0], [-2.0]]
    assert cone.level.tolist() == [[3.0]]
    assert cone.owners.tolist() == [0, 1]


def test_complete_separation_is_strict_for_every_observation():
    cone = line([0, 0, 1, 1])
    direction, strict = direction_in(cone, bases_of(cone)[0])

    assert strict.all()
    assert (cone.rising @ direction > 0).all()


def test_overlap_has_no_direction():
    cone = line([0, 1, 0, 1])
    direction, strict = direction_in(cone, bases_of(cone)[0])

    assert not direction.any()
    assert not strict.any()


def test_quasi_separation_leaves_ties_level():
    cone = line([0, 0, 1, 1], x=(-1, 0, 0, 1))
    direction, strict = direction_in(cone, bases_of(cone)[0])

    assert strict.tolist() == [True, False, False, True]
    assert direction.tolist() == [0.0, 1.0]


def test_an_observation_of_weight_zero_has_no_condition():
    assert line([0, 1, 0, 1], weight=0.0).rising.shape == (0, 2)


def test_a_collinear_design_has_a_null_space():
    cone = cone_of(binary([[1, 2], [2, 4], [3, 6]], [0, 1, 0]))
    basis, null_space = bases_of(cone)

    assert basis.shape == (2, 1)
    assert np.allclose(cone.rising @ null_space.T, 0)
