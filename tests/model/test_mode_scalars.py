"""The scalars of a study."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.results.status import Status
from bayeswrap.model.mode_scalars import estimates_of, inits_at, selected_scalars


def test_all_parameters_are_selected_unless_some_are_named(made):
    mle = made.mle({"a": 1.0, "b[1]": 2.0, "b[2]": 3.0, "c": 0.0}, derived=("c",))
    assert selected_scalars(mle, None) == ["a", "b[1]", "b[2]"]
    assert selected_scalars(mle, ["b", "b[1]", "c"]) == ["b[1]", "b[2]", "c"]
    with pytest.raises(UnknownNameError, match="d"):
        selected_scalars(mle, ["d"])


def test_numbers_are_nan_where_no_mode_exists(made):
    values = {"a": 1.5, "b": -2.0}
    assert estimates_of(made.mle(values, 0.5), ["b"]).to_numpy().tolist() == [[-2.0, 0.5]]
    lost = made.mle(values, 0.5, status=Status.AT_INFINITY)
    assert np.isnan(estimates_of(lost, ["a", "b"]).to_numpy()).all()


def test_only_a_mode_inside_the_support_is_a_start(made):
    assert inits_at(made.mle({"a": 1.5})) == {"a": np.array(1.5)}
    assert inits_at(made.mle({"a": 1.5}, status=Status.BOUNDARY)) == {}
