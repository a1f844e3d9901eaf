"""A home is assembled for a person at a terminal, or by the variable; otherwise there is advice."""

from __future__ import annotations

import sys

import pytest

from bayeswrap.engine.installation import assembly, home, provision, wheel
from bayeswrap.errors import EngineNotFoundError, UsageError

pytestmark = pytest.mark.usefixtures("bare_machine")


def test_a_script_gets_an_error_with_both_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(EngineNotFoundError) as caught:
        provision.require_home()
    assert isinstance(caught.value, FileNotFoundError)
    assert "bayeswrap engine build" in str(caught.value)
    assert 'engine="stanli"' in str(caught.value)
    assert "not assembled yet" in str(caught.value)


def test_without_a_wheel_the_advice_is_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "for_platform", lambda: None)
    monkeypatch.setenv("BAYESWRAP_ASSEMBLE", "1")
    with pytest.raises(EngineNotFoundError, match="install CmdStan"):
        provision.require_home()


class Terminal:
    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize(
    ("setting", "person", "welcome"),
    [("", False, False), ("", True, True), ("1", False, True), ("0", True, False)],
)
def test_assembly_is_welcome_to_a_person_or_by_variable(
    monkeypatch: pytest.MonkeyPatch, setting: str, *, person: bool, welcome: bool
) -> None:
    made = home.StanHome(path=home.cache_root(), kind="assembled", stan_version="2.39.0")
    monkeypatch.setattr(assembly, "build", lambda **_: made)
    monkeypatch.setenv("BAYESWRAP_ASSEMBLE", setting)
    monkeypatch.setattr(sys, "stdin", Terminal() if person else None)
    monkeypatch.setattr(sys, "stderr", Terminal())
    if welcome:
        assert provision.require_home() == made
    else:
        with pytest.raises(EngineNotFoundError):
            provision.require_home()


def test_a_home_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    there = home.StanHome(path=home.cache_root(), kind="installed", stan_version="2.38.0")
    monkeypatch.setattr(provision, "find_home", lambda: there)
    monkeypatch.setattr(assembly, "build", lambda **_: pytest.fail("assembled"))
    assert provision.require_home() is there


def test_a_misspelt_variable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAYESWRAP_ASSEMBLE", "yes")
    with pytest.raises(UsageError, match="BAYESWRAP_ASSEMBLE"):
        provision.require_home()
