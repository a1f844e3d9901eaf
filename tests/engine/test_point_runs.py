from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.engine.point_runs import PointRuns, nested
from bayeswrap.errors import EngineRunError

REFUSED = "Exception: normal_lpdf: Scale parameter is 0"


class Runs(PointRuns):
    """Evaluates -q^2 / 2 in place of a program, which refuses negative numbers."""

    def _log_prob(self, points, **_):
        self.starts += 1
        rows = []
        for q in points:
            if q[0] < 0:
                return np.array(rows).reshape(len(rows), 2), REFUSED
            rows.append([-(q[0] ** 2) / 2, -q[0]])
        return np.array(rows), ""


@pytest.fixture
def runs(tmp_path):
    return Runs(tmp_path / "none", "{}", "m")


def test_one_process_for_many_points(runs):
    values, gradients = runs.log_density(np.array([[1.0], [2.0], [3.0]]), jacobian=True)

    np.testing.assert_array_equal(values, [-0.5, -2.0, -4.5])
    np.testing.assert_array_equal(gradients, [[-1.0], [-2.0], [-3.0]])
    assert runs.starts == 1


def test_refused_points_have_no_density_and_the_others_keep_theirs(runs):
    points = np.array([[1.0], [-1.0], [2.0], [-1.0]])

    values, _ = runs.log_density(points, jacobian=True)

    np.testing.assert_array_equal(values, [-0.5, -np.inf, -2.0, -np.inf])
    assert runs.starts == 2


def test_a_program_that_does_not_run_is_an_error(tmp_path, monkeypatch):
    runs = PointRuns(tmp_path / "none", "{}", "m")
    monkeypatch.setattr(runs, "_run", lambda *_, **__: "Error: no such file")

    with pytest.raises(EngineRunError, match="no such file"):
        runs.log_density(np.zeros((1, 2)), jacobian=True)


def test_the_number_of_processes_has_a_bound(tmp_path):
    runs = PointRuns(tmp_path / "none", "{}", "m")
    runs.starts = 50_000

    with pytest.raises(EngineRunError, match="too many runs"):
        runs.log_density(np.zeros((1, 2)), jacobian=True)


def test_matrices_nest_by_rows():
    names = ["m[1,1]", "m[2,1]", "m[1,2]", "m[2,2]"]

    assert nested(names, np.array([1.0, 2, 3, 4])) == {"m": [[1.0, 3.0], [2.0, 4.0]]}
