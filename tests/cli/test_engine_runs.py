"""What the machine has, and how the engine is built."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bayeswrap.cli import engine_runs
from bayeswrap.cli.command_options import EngineOptions
from bayeswrap.engine.installation.doctor import Finding
from bayeswrap.errors import UsageError


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_what_is_missing_makes_the_code(ok, code, monkeypatch, capsys):
    found = (Finding(name="disk", ok=ok, state="3 GB", do="" if ok else "free some"),)
    monkeypatch.setattr(engine_runs.doctor, "examine", lambda: found)
    assert engine_runs.examine_machine() == code
    assert "disk" in capsys.readouterr().out


def test_options_of_a_build_are_passed_on(monkeypatch, capsys):
    seen = {}

    def build(**given):
        seen.update(given)
        return SimpleNamespace(description="made")

    monkeypatch.setattr(engine_runs.assembly, "build", build)
    assert engine_runs.engine("build", EngineOptions(jobs=2, quiet=True, force=True)) == 0
    assert seen == {"jobs": 2, "progress": False, "force": True}
    assert capsys.readouterr().out == "made\n"


@pytest.mark.parametrize("jobs", [0, -2])
def test_a_number_of_jobs_that_is_none_is_refused(jobs, monkeypatch):
    monkeypatch.setattr(engine_runs.assembly, "build", pytest.fail)
    with pytest.raises(UsageError, match="jobs is a count"):
        engine_runs.engine("build", EngineOptions(jobs=jobs))


def test_the_remedy_of_the_compiler_alone_is_an_option(monkeypatch, capsys):
    monkeypatch.setattr(engine_runs.stanc_binary, "fetch_stanc", lambda: "stanc")
    engine_runs.engine("build", EngineOptions(stanc_only=True))
    assert "--engine stanli" in capsys.readouterr().out
