"""Which generated quantities predict data: by the program, by shape, or by the user's word."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.posterior.predicted_quantities import predicted

CODE = """data { int N; int M; vector[N] y; vector[M] w; } parameters { real mu; }
model { mu ~ normal(0, 1); y ~ normal(mu, 1); w ~ normal(2 * mu, 3); }
generated quantities {
  array[N] real y_rep = normal_rng(rep_vector(mu, N), 1);
  array[N] real drawn = normal_rng(rep_vector(mu, N), 1);
  array[M] real y_tilde = normal_rng(rep_vector(mu, M), 1);
}"""


@pytest.fixture(scope="module")
def draws():
    # as many new rows as old ones: their number alone must not count
    data = {"y": np.array([0.1, 0.2]), "w": np.array([1.0, 2.0])}
    model = bw.Model(bw.Program.from_string(CODE, name="t"), data, engine="stanli")
    return model.sample(seed=1, chains=2, iter_warmup=100, iter_sampling=20, show_progress=False)


def test_the_program_decides(draws):
    found = predicted(draws)

    assert {name: (p.outcome, p.new) for name, p in found.items()} == {
        "y_rep": ("y", False),
        "y_tilde": ("", True),
    }
    assert draws.predictions() == {"y_rep": "y", "y_tilde": ""}


def test_the_user_decides(draws):
    assert predicted(draws, {}) == {}
    assert predicted(draws, {"y": "drawn"})["drawn"].outcome == "y"
    container = draws.to_arviz(predictions={"y": "drawn", "w": "y_tilde"})
    np.testing.assert_array_equal(container["posterior_predictive"]["y"], draws["drawn"])
    np.testing.assert_array_equal(container["posterior_predictive"]["w"], draws["y_tilde"])
    assert "y_rep" in container["posterior"]
    # and only for this container
    np.testing.assert_array_equal(draws.idata["posterior_predictive"]["y"], draws["y_rep"])


def test_what_the_user_says_must_be_there_and_fit(draws):
    with pytest.raises(UnknownNameError, match="no generated quantity 'y_repp'"):
        draws.to_arviz(predictions={"y": "y_repp"})
    with pytest.raises(UnknownNameError, match="no data variable 'x'"):
        draws.to_arviz(predictions={"x": "y_rep"})
    with pytest.raises(UsageError, match="cannot be a replication of N"):
        draws.to_arviz(predictions={"N": "y_rep"})
