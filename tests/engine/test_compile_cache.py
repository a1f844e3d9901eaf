"""The compile cache: by content, atomic, shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from bayeswrap.engine import compile_cache
from bayeswrap.engine.installation.home import StanHome

HOME = StanHome(path=Path("/opt/cmdstan"), kind="installed", stan_version="2.38.0")


@pytest.fixture(autouse=True)
def _own_root(tmp_path, monkeypatch):
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path))


def compiler(calls):
    def compile_in(folder):
        calls.append(folder)
        (folder / "m").write_text("executable", encoding="utf-8")

    return compile_in


def test_the_same_program_is_compiled_once():
    calls = []

    first = compile_cache.obtain("model {}", "m", HOME, {}, compiler(calls))
    second = compile_cache.obtain("model {}", "m", HOME, {}, compiler(calls))

    assert first == second
    assert len(calls) == 1
    assert (first / "m.stan").read_text(encoding="utf-8") == "model {}"


@pytest.mark.parametrize(
    "other",
    [
        ("model { }", "m", HOME, {}),
        ("model {}", "n", HOME, {}),
        ("model {}", "m", HOME, {"O": "1"}),
        ("model {}", "m", StanHome(path=Path("/x"), kind="installed", stan_version="2.38.0"), {}),
    ],
)
def test_anything_that_matters_changes_the_key(other):
    assert compile_cache.key_of(*other) != compile_cache.key_of("model {}", "m", HOME, {})


def test_a_failed_compilation_leaves_nothing(tmp_path):
    def fail(folder):
        (folder / "m.o").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile_cache.obtain("model {}", "m", HOME, {}, fail)

    left = [p for p in (tmp_path / "models").iterdir() if p.suffix != ".lock"]
    assert left == []


def test_after_a_failure_it_compiles_again():
    calls = []
    with pytest.raises(RuntimeError):
        compile_cache.obtain(
            "model {}", "m", HOME, {}, lambda _: (_ for _ in ()).throw(RuntimeError)
        )

    compile_cache.obtain("model {}", "m", HOME, {}, compiler(calls))

    assert len(calls) == 1
