from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.engine.compiled_density import CompiledDensity
from bayeswrap.errors import EngineError, EngineRunError


class Runs:
    """Counts calls; evaluates -|q|^2 / 2."""

    def __init__(self):
        self.calls = []

    def log_density(self, points, **_):
        self.calls.append(len(points))
        return -(points**2).sum(axis=1) / 2, -points

    def quantities(self, values, *, seed):
        if values["a"] < 0:
            raise EngineRunError("failed", got="sqrt of a negative number")
        return ("a", "root"), np.array([values["a"], values["a"] ** 0.5 + seed])


@pytest.fixture
def density(tmp_path):
    maps = SimpleNamespace(
        dimension=1, coordinates=("a",), names=lambda: ("a",), constrain=lambda q: q
    )
    made = CompiledDensity(program=tmp_path / "none", data="{}", name="m", maps=maps)
    made._runs = Runs()
    return made


def test_announced_points_take_one_process(density):
    density.look_ahead([np.array([x]) for x in (1.0, 2.0, 2.0, np.nan)])

    assert density.evaluate(np.array([2.0]))[0] == -2.0
    assert density.value(np.array([1.0])) == -0.5
    assert density.runs.calls == [2]


def test_no_process_for_what_is_no_position(density):
    assert density.evaluate(np.array([np.nan]))[0] == -np.inf
    assert density.runs.calls == []


def test_a_gradient_is_the_callers_own(density):
    density.evaluate(np.array([1.0]))[1][:] = 99.0

    np.testing.assert_array_equal(density.evaluate(np.array([1.0]))[1], [-1.0])


def test_derived_quantities(density):
    np.testing.assert_array_equal(density.constrain(np.array([4.0]), derived=True), [4.0, 3.0])
    assert density.names(derived=True) == ("a", "root")
    with pytest.raises(EngineError, match="derived quantities"):
        density.constrain(np.array([-1.0]), derived=True)
