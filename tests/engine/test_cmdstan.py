"""Runs through cmdstanpy: values, errors, and an environment left as it was."""

from __future__ import annotations

import os
import pickle

import numpy as np
import pytest

from bayeswrap.engine.cmdstan import compile_program, raw_fit
from bayeswrap.engine.cmdstan_session import engine_environment
from bayeswrap.errors import CompilationError, EngineRunError

CODE = """
data { int n; int y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 3); y ~ binomial(n, p); if (y < 0) reject("negative"); }
"""
DATA = '{"n": 10, "y": 7}'


@pytest.fixture(scope="module")
def executable(engine):
    return compile_program(CODE, "coin", engine, show_progress=False)


def test_optimize(executable):
    run = executable.optimize(DATA, jacobian=False, seed=1)

    assert run.values["p"] == pytest.approx(8 / 13, abs=1e-4)
    assert run.converged


def test_the_jacobian_flag_moves_the_mode(executable):
    run = executable.optimize(DATA, jacobian=True, seed=1)

    assert run.values["p"] == pytest.approx(9 / 15, abs=1e-4)


def test_sampling_and_pickling(executable):
    run = executable.sample(
        DATA, seed=1, options={"chains": 2, "iter_warmup": 100, "iter_sampling": 50}
    )

    again = pickle.loads(pickle.dumps(run))

    assert run.draws.shape == (2, 50, 1)
    assert run.names == ("p",)
    np.testing.assert_array_equal(raw_fit(again.output).draws(), raw_fit(run.output).draws())


def test_laplace_survives_pickling(executable):
    mode = executable.optimize(DATA, jacobian=True, seed=1)
    run = executable.laplace(DATA, mode.output, draws=20, seed=1)

    again = pickle.loads(pickle.dumps(run))

    assert run.draws.shape == (1, 20, 1)
    np.testing.assert_array_equal(raw_fit(again.output).draws(), raw_fit(run.output).draws())


def test_log_density(executable):
    points = [{"p": np.array(0.3)}, {"p": np.array(0.6)}]

    found = executable.log_density(DATA, points, jacobian=False)

    exact = [8 * np.log(p) + 5 * np.log1p(-p) for p in (0.3, 0.6)]
    assert np.diff(found)[0] == pytest.approx(np.diff(exact)[0], rel=1e-12)


def test_a_failed_run_quotes_stan(executable):
    with pytest.raises(EngineRunError, match=r"negative|nitialization"):
        executable.sample('{"n": 10, "y": -1}', seed=1, options={"chains": 1})


def test_a_failed_compilation(engine, monkeypatch, tmp_path):
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path))  # an empty cache

    def refuse(**_: object) -> None:
        raise ValueError("Failed to compile Stan model\nx.hpp:3:1: error: no such thing\nmake: 1")

    monkeypatch.setattr("cmdstanpy.CmdStanModel", refuse)

    with pytest.raises(CompilationError, match=r"x\.hpp:3:1: error: no such thing"):
        compile_program(CODE + "// another text", "coin", engine, show_progress=False)


def test_the_environment_is_left_as_it_was(engine, monkeypatch):
    monkeypatch.delenv("CMDSTAN", raising=False)

    with engine_environment(engine):
        assert os.environ["CMDSTAN"] == str(engine.path)

    assert "CMDSTAN" not in os.environ


def test_the_cache_is_used(executable, engine, monkeypatch):
    monkeypatch.setattr("cmdstanpy.CmdStanModel", pytest.fail)

    again = compile_program(CODE, "coin", engine, show_progress=False)

    assert again.path == executable.path
