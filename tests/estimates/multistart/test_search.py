"""Searches from many starts, and the census of what they find."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap import progress
from bayeswrap.errors import ConvergenceError, EngineRunError, UsageError
from bayeswrap.estimates.results.status import Status

TWO_MEANS = (
    "data { int N; vector[N] y; } parameters { vector[2] mu; }"
    "model { for (n in 1:N) target += log_mix(0.5, normal_lpdf(y[n] | mu[1], 1),"
    " normal_lpdf(y[n] | mu[2], 1)); }"
)
TWO_GROUPS = [-2.1, -1.9, -2.4, -1.6, -2.0, 1.8, 2.2, 2.5, 1.7, 2.1]


def gold(name):
    folder = GOLD / "pathological" / name
    numbers = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return bw.Model(folder / "program.stan", folder / "data.json", engine="stanli"), numbers


def searched(model, **options):
    options = {"starts": 40, "seed": 1, "show_progress": False} | options
    return model.mle(**options)


def test_without_starts_the_search_stops_when_it_is_settled(gaussian):
    assert gaussian([4.2, 5.1, 3.8]).mle(seed=1).census.starts == 15


def test_one_mode_is_reached_by_all(gaussian):
    model = gaussian([4.2, 5.1, 3.8, 6.0, 5.5])

    found = searched(model)

    single = model.mle(seed=1)
    np.testing.assert_allclose(found.values[:2], single.values[:2], rtol=1e-9)
    assert found.census.modes[0].hits == 40
    assert not found.census.multimodal
    assert not found.census.label_switching
    assert not found.census.unbounded
    assert found.census.modes[0].log_density == pytest.approx(found.log_likelihood)
    assert found.record.options["starts"] == 40
    assert "searched in process" in found.record.engine


def test_a_seed_makes_the_same_census(model):
    mixture = model(TWO_MEANS, N=10, y=TWO_GROUPS)

    one, again, other = (searched(mixture, seed=s).census.to_frame() for s in (1, 1, 2))

    assert one.equals(again)
    assert list(one["log_density"].round(6)) == list(other["log_density"].round(6))


def test_permuted_labels_are_one_mode(model):
    found = searched(model(TWO_MEANS, N=10, y=TWO_GROUPS))

    assert sorted(found["mu"]) == pytest.approx([-1.99833, 2.05841], abs=1e-5)
    assert found.log_likelihood == pytest.approx(-16.492313, abs=1e-6)
    assert len(found.census.modes) == 1
    assert found.census.label_switching
    assert "label switching" in found.warnings[0]


def test_ordered_labels_do_not_switch(model):
    ordered = model(TWO_MEANS.replace("vector[2] mu", "ordered[2] mu"), N=10, y=TWO_GROUPS)

    found = searched(ordered)

    assert found["mu"] == pytest.approx([-1.99833, 2.05841], abs=1e-5)
    assert not found.census.label_switching


def test_two_equal_modes_that_are_no_relabelling(model):
    cauchy, numbers = gold("cauchy_location_two_modes")

    census = searched(cauchy).census

    modes = sorted((float(m.values[0]), m.log_density) for m in census.modes)
    np.testing.assert_allclose(modes, numbers["facts"]["modes_theta_loglik"], rtol=1e-8)
    assert census.multimodal
    assert not census.label_switching
    assert sum(m.hits for m in census.modes) == 40
    assert census.modes[1].distance > 5
    assert "2 of them equally high" in str(census)


def test_a_spike_is_told_and_never_wins():
    mixture, numbers = gold("gaussian_mixture_unbounded")
    interior = numbers["facts"]["interior_local_mle"]

    found = searched(mixture, starts=50)

    assert found.status is Status.CONVERGED
    assert found.log_likelihood == pytest.approx(interior["loglik"], abs=1e-8)
    assert sorted(found["mu"]) == pytest.approx(interior["mu"], abs=1e-6)
    assert found.census.label_switching
    assert found.census.multimodal
    assert found.census.unbounded
    assert any("unbounded" in w for w in found.warnings)


def test_a_prior_against_collapse_has_no_spike(model):
    guarded = model(
        TWO_MEANS.replace("vector[2] mu;", "vector[2] mu; vector<lower=0>[2] s;")
        .replace("mu[1], 1", "mu[1], s[1]")
        .replace("mu[2], 1", "mu[2], s[2]")
        .replace("model {", "model { s ~ lognormal(0, 1);"),
        N=10,
        y=TWO_GROUPS,
    )

    assert not guarded.map(starts=40, seed=1, show_progress=False).census.unbounded


def test_a_ridge_has_no_mode_whatever_the_starts():
    product, numbers = gold("product_not_identified")

    with pytest.raises(ConvergenceError, match="constant along a direction") as caught:
        searched(product)

    estimate = caught.value.estimate
    assert estimate.status is Status.FLAT
    assert estimate.log_likelihood == pytest.approx(numbers["facts"]["loglik"], abs=1e-6)
    assert not estimate.census.modes
    assert np.prod([estimate["a"], estimate["b"]]) == pytest.approx(6.198633, abs=1e-5)


def test_starts_on_the_scale_of_the_data_find_a_far_peak(model):
    # uniform(-2, 2) never sees a narrow peak at 451
    peak = model(
        "data { int N; vector[N] x; vector[N] y; }"
        "parameters { real a; real c; real w; real<lower=0> s; }"
        "model { for (n in 1:N) y[n] ~ normal(a * exp(-square((x[n] - c) / w)), s); }",
        N=41,
        x=np.linspace(400, 500, 41),
        y=2 * np.exp(-(((np.linspace(400, 500, 41) - 451) / 9) ** 2))
        + 0.01 * np.cos(np.arange(41)),
    )

    found = searched(peak, starts=50)

    assert found["c"] == pytest.approx(451, abs=0.5)
    assert abs(found["w"]) == pytest.approx(9, rel=0.1)


def test_given_values_hold_in_all_starts(model):
    double_well = model(
        "parameters { real x; real y; } model { target += -square(square(x) - 4) - square(y); }"
    )

    found = double_well.map(starts=10, seed=1, inits={"x": -2}, show_progress=False)

    assert found["x"] == pytest.approx(-2)
    assert found.census.modes[0].hits == 10


def test_a_census_is_a_table(model):
    census = searched(model(TWO_MEANS, N=10, y=TWO_GROUPS)).census

    frame = census.to_frame()

    assert list(frame.columns[:5]) == ["status", "log_density", "hits", "distance", "relabelled"]
    assert frame["hits"].sum() == 40
    assert frame.loc[1, "distance"] == 0
    assert {"mu[1]", "mu[2]"} <= set(frame.columns)


def test_a_census_survives_saving(model, tmp_path):
    found = searched(model(TWO_MEANS, N=10, y=TWO_GROUPS))

    again = bw.load(bw.save(found, tmp_path / "m.bw"))

    assert str(again.census) == str(found.census)


def test_each_start_is_a_step_of_the_progress_that_is_shown(model, monkeypatch):
    mixture = model(TWO_MEANS, N=10, y=TWO_GROUPS)
    seen = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)

    searched(mixture, show_progress=False)
    assert seen == []
    searched(mixture, show_progress=True)
    assert seen[0].what == "searching for modes"
    assert 0 < seen[0].done <= seen[0].total


@pytest.mark.parametrize("starts", [0, -3, True])
def test_not_a_number_of_starts(gaussian, starts):
    with pytest.raises(UsageError, match="number of starts"):
        gaussian([1.0, 2.0]).mle(starts=starts)


def test_nowhere_to_start(model):
    nowhere = model(
        "parameters { real x; } model { target += negative_infinity(); x ~ std_normal(); }"
    )

    with pytest.raises(EngineRunError, match="no starting point"):
        nowhere.map(starts=5, seed=1)
