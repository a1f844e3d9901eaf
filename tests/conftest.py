"""Fixtures shared by all tests: the engine, and models compiled once a run."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import bayeswrap as bw
from bayeswrap.engine.home import StanHome, require_home

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parent / "gold"

# the marginal likelihood of a mixed model is written without a density: its role must be said
_SAID = {
    "glm/lmm_sleepstudy_intercept": {"26": "likelihood", "28": "likelihood"},
}


@pytest.fixture(scope="session")
def engine() -> StanHome:
    """The CmdStan home under test; a missing one is an error, never a skip."""
    return require_home()


@pytest.fixture(scope="session")
def stanc_path(engine: StanHome) -> Path:
    """The Stan compiler under test."""
    return engine.stanc


@pytest.fixture(scope="session")
def library_model() -> Callable[[str], bw.Model]:
    """Models of the library on their example data, each made once."""

    @functools.cache
    def make(name: str) -> bw.Model:
        entry = bw.library[name]
        return bw.Model(entry.program, entry.example_data, **entry.columns)

    return make


@pytest.fixture(scope="session")
def gold_model() -> Callable[[str], tuple[bw.Model, dict[str, Any]]]:
    """Models with published or exact numbers, by folder below tests/gold."""

    @functools.cache
    def make(name: str) -> tuple[bw.Model, dict[str, Any]]:
        folder = GOLD / name
        numbers = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        program = bw.Program.from_file(folder / "program.stan").with_roles(_SAID.get(name))
        return bw.Model(program, folder / "data.json"), numbers

    return make
