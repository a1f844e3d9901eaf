"""A model where a program and data may stand."""

from __future__ import annotations

from typing import Any

import pytest

import bayeswrap as bw
from bayeswrap.errors import ComparisonError, UsageError
from bayeswrap.model.model_argument import as_model

COIN = bw.library["beta_binomial"].program
DATA = {"n": 9, "y": 2, "a": 1, "b": 1}


def test_program_and_data_make_a_model():
    model = as_model(COIN, DATA, where="here", engine="stanli", labels=None)

    assert (model.engine, int(model.data.values["y"])) == ("stanli", 2)


def test_a_model_stands_alone():
    model = bw.Model(COIN, DATA, engine="stanli")

    assert as_model(model, where="here", engine="auto", missing="error", roles=None) is model


@pytest.mark.parametrize(
    ("data", "options", "got"),
    [
        (DATA, {}, "data="),
        (None, {"engine": "stanli"}, "engine="),
        (None, {"missing": "drop", "y": 3}, "missing=, y="),
        (None, {"labels": {"K": ["a"]}}, "labels="),
    ],
)
def test_a_model_with_more_data_or_options_is_refused(data, options: dict[str, Any], got):
    model = bw.Model(COIN, DATA, engine="stanli")

    with pytest.raises(UsageError, match="has its data and its engine already") as told:
        as_model(model, data, where="here", **options)
    assert told.value.got == got


def test_compare_names_the_call_that_takes_a_model():
    with pytest.raises(ComparisonError, match=r"analyze\(model\) makes them all"):
        bw.compare(bw.Model(COIN, DATA, engine="stanli"))  # type: ignore[arg-type]
