"""Positions of ordered vectors, and the reading of a list of observations."""

from __future__ import annotations

import numpy as np

from bayeswrap.diagnosis.identifiability.observations import _position, _starts


def test_an_ordered_vector_comes_as_departures_from_whole_numbers():
    q = _position(np.zeros(4), ((1, 2, 3),))

    assert q.tolist() == [0.0, 0.0, 0.0, 0.0]  # 0, 1, 2: differences of 1, whose logs are 0
    assert _position(np.array([5.0, 0.5, 0.0, 1.0]), ((1, 2, 3),)).tolist() == [
        5.0,
        0.5,
        np.log(0.5),
        np.log(2.0),
    ]


def test_observations_begin_after_their_predictors():
    one = [2.0, 1.0, 0.0, 1.0, 1.0, 0.7]  # five numbers before one predictor
    two = [3.0, 1.0, 0.0, 1.0, 2.0, 0.1, 0.2]
    listed = np.array([*one, 0.0, *two])

    assert _starts(listed) == ([0, 7], [6])
