"""A built CmdStan home, and models compiled in it, for the tests of the C++ front end."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation.assembly import build

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parent / "gold_cmdstan"


@pytest.fixture(scope="session")
def stan_home() -> Path:
    """The assembled home: built where it is not there yet, whatever CmdStan is installed.

    BAYESWRAP_TEST_HOME names another one, for work on the front end itself.
    """
    path = os.environ.get("BAYESWRAP_TEST_HOME")
    return Path(path) if path else build(progress=False).path


@pytest.fixture(scope="session")
def compile_program(
    stan_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Compile Stan code under a name; make options can be given."""

    def compiled(name: str, code: str, *options: str) -> Path:
        program = tmp_path_factory.mktemp(name) / name
        program.with_suffix(".stan").write_text(code)
        done = subprocess.run(
            [shutil.which("make") or "make", *options, str(program)],
            cwd=stan_home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return program

    return compiled


@pytest.fixture(scope="session")
def gold_executable(compile_program: Callable[..., Path]) -> Callable[[str], Path]:
    """Compile the program of a gold folder, once in a session."""
    built: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in built:
            built[name] = compile_program(name, (GOLD / name / "program.stan").read_text())
        return built[name]

    return get
