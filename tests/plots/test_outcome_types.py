"""The type of an outcome: by its density, else by its values."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.plots.outcome_types import density_of, type_of_outcome


@pytest.mark.parametrize(
    ("density", "values", "kind"),
    [
        ("normal", [1.0, 2.0], "continuous"),
        ("poisson_log_glm", [0, 1], "binary"),
        ("poisson_log_glm", [0, 7], "count"),
        ("bernoulli_logit", [0, 1], "binary"),
        ("ordered_probit", [1, 3], "ordered"),
        ("categorical_logit_glm", [1, 3], "categorical"),
        ("", [0.5, 1.0], "continuous"),
        ("", [0, 1], "binary"),
        ("", [3, 9], "count"),
        ("", [-3, 9], "continuous"),
        ("lognormal", [3, 9], "continuous"),
    ],
)
def test_types(density, values, kind):
    assert str(type_of_outcome(density, [np.array(values, dtype=float)])) == kind


def test_the_density_is_that_of_the_likelihood_statement():
    text = (
        "data {{ int n; array[n] int y; }} parameters {{ real a; }}model {{ a ~ cauchy(0, 1); {} }}"
    )
    tilde = bw.Program.from_string(text.format("y ~ poisson_log(a);"), name="t")
    assert density_of("y", tilde) == "poisson_log"
    call = bw.Program.from_string(text.format("target += poisson_log_lpmf(y | a);"), name="t")
    assert density_of("y", call) == "poisson_log"
    assert density_of("z", tilde) == ""
