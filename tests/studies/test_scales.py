from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import DataError

COIN = bw.library["beta_binomial"].program
Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])


def test_a_uniform_prior_gives_the_mle_on_its_own_scale_only():
    # the prior of the program is not uniform: the study takes it out
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 4, "b": 2}, engine="stanli")
    table = bw.studies.uniform_prior(model, seed=1).table
    assert table["kind"].tolist() == ["MLE", "MAP (constrained)", "MAP (unconstrained)"]
    np.testing.assert_allclose(table["estimate"], [0.2, 0.2, 0.25], atol=1e-7)
    np.testing.assert_allclose(table["shift"], [0, 0, 0.05 / np.sqrt(0.016)], atol=1e-5)


def test_a_uniform_prior_of_a_hierarchical_program():
    program = bw.Program.from_string(
        "data { int J; vector[J] y; } parameters { real<lower=0> tau; vector[J] theta; }"
        "model { tau ~ normal(0, 1); theta ~ normal(0, tau); y ~ normal(theta, 1); }",
        name="groups",
    )
    model = bw.Model(program, {"J": 4, "y": [3.0, -2.0, 4.0, -1.0]}, engine="stanli")
    table = bw.studies.uniform_prior(model, marginal=True, seed=1).table
    assert table["parameter"].tolist() == ["tau"] * 3
    # the marginal variance v = tau^2 + 1 is the mean square, 30 / 4, where the prior is uniform;
    # on the scale of log(tau) the maximum is that of -2 log v - 15 / v + log(v - 1) / 2
    v = np.roots([-1.5, 17, -15]).max()
    np.testing.assert_allclose(table["estimate"] ** 2, [6.5, 6.5, v - 1], rtol=1e-6)


def test_both_modes_of_sigma_have_their_closed_form():
    study = bw.studies.modes_by_scale(Y, engine="stanli", seed=1)
    table = study.table.set_index(["parameter", "kind"])
    np.testing.assert_allclose(table["estimate"], table["closed_form"], rtol=1e-7)
    sigma = table.loc["sigma", "estimate"].to_numpy()
    np.testing.assert_allclose(sigma, [0.675347, 0.721976], atol=5e-7)
    assert table.loc["mu", "estimate"].to_numpy() == pytest.approx([4.8875, 4.8875])


def test_a_model_keeps_its_own_prior():
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 3, "b": 3}, engine="stanli")
    table = bw.studies.modes_by_scale(model, seed=1).table
    np.testing.assert_allclose(table["estimate"], [4 / 14, 5 / 16], atol=1e-7)
    assert "closed_form" not in table


def test_a_mode_that_does_not_exist_is_nan():
    program = bw.Program.from_string(
        "parameters { real<lower=0> tau; real x; } model { x ~ normal(0, tau); }", name="funnel"
    )
    table = bw.studies.modes_by_scale(bw.Model(program, engine="stanli"), seed=1).table
    first = table[table["kind"] == "MAP (constrained)"]
    assert np.isnan(first["estimate"]).all()
    assert set(first["status"]) == {"unbounded"}


@pytest.mark.parametrize("y", [[1.0], [2.0, 2.0], [1.0, np.nan], [[1.0, 2.0]]])
def test_measurements_without_spread_are_refused(y):
    with pytest.raises(DataError, match="not measurements"):
        bw.studies.modes_by_scale(y, engine="stanli")
