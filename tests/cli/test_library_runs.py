"""Programs of the library, copied by name."""

from __future__ import annotations

import pytest

from bayeswrap.cli.command_options import ModelsOptions
from bayeswrap.cli.library_runs import models
from bayeswrap.errors import UsageError


def test_to_copy_without_a_name_lists_the_names():
    with pytest.raises(UsageError, match="beta_binomial, ") as caught:
        models((), ModelsOptions(copy=True))
    assert "--copy NAME FOLDER" in str(caught.value)


def test_to_copy_an_unknown_name_suggests_one(tmp_path):
    with pytest.raises(UsageError, match="logistic_regression"):
        models(("logistic", str(tmp_path / "mine")), ModelsOptions(copy=True))
    assert not list(tmp_path.iterdir())


def test_several_cards(capsys):
    assert models(("six_valued", "beta_binomial"), ModelsOptions()) == 0
    assert "A parameter with six possible values" in capsys.readouterr().out
