"""The environment in which cmdstanpy works is left as it was."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bayeswrap.engine.cmdstan_session import engine_environment, quiet
from bayeswrap.engine.installation.home import StanHome

HOME = StanHome(
    path=Path("/opt/cmdstan"), kind="installed", stan_version="2.38.0", frontend_hash=None
)


@pytest.fixture
def logger():
    logger = logging.getLogger("cmdstanpy")
    level, disabled = logger.level, logger.disabled
    yield logger
    logger.level, logger.disabled = level, disabled


def test_cmdstanpy_is_silent_and_then_as_before(logger):
    logger.setLevel(logging.DEBUG)

    with quiet():
        assert logger.disabled

    assert not logger.disabled
    assert logger.level == logging.DEBUG


def test_errors_are_heard_where_progress_is_shown(logger):
    with quiet(progress=True):
        assert not logger.disabled
        assert logger.level == logging.ERROR


@pytest.mark.parametrize("before", [None, "/elsewhere"])
def test_the_home_is_seen_within_alone(monkeypatch, before):
    if before is None:
        monkeypatch.delenv("CMDSTAN", raising=False)
    else:
        monkeypatch.setenv("CMDSTAN", before)

    with engine_environment(HOME):
        assert os.environ["CMDSTAN"] == str(HOME.path)

    assert os.environ.get("CMDSTAN") == before


def test_a_failure_puts_everything_back(monkeypatch, logger):
    monkeypatch.setenv("CMDSTAN", "/elsewhere")

    def fail():
        with engine_environment(HOME):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert os.environ["CMDSTAN"] == "/elsewhere"
    assert not logger.disabled
