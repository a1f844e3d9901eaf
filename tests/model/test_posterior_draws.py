"""Draws of a bound model: what is checked, and which parts are on."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import EstimandError, UnknownNameError, UsageError
from bayeswrap.estimates.point_estimates.mode_options import ModeOptions
from bayeswrap.estimates.posterior.nuts import SampleOptions
from bayeswrap.model.bound_model import ALL_ON
from bayeswrap.model.posterior_draws import draw_laplace, draw_posterior, draw_prior

LINE = "data { real y; } parameters { real a; } model { a ~ normal(0, 1); y ~ normal(a, 1); }"
FAST = {"iter_warmup": 100, "iter_sampling": 50}


@pytest.fixture
def line(model):
    return model(LINE, y=2.0).bound


def test_laplace_draws_lie_around_the_mode_of_the_options(line):
    found = draw_laplace(line, ALL_ON, ModeOptions(seed=4), 100)

    assert found.centre["a"] == pytest.approx(1.0)
    assert found.record.seed == 4
    assert found["a"].shape == (1, 100)


def test_each_chain_may_have_its_own_initial_values(line):
    options = SampleOptions(chains=2, inits=[{"a": 0.0}, {"a": 1.0}], **FAST)

    found = draw_posterior(line, ALL_ON, options, 1, show_progress=False)

    assert found["a"].shape == (2, 50)
    assert "inits" not in found.record.options


def test_initial_values_of_each_chain_are_checked(line):
    with pytest.raises(UsageError, match="another number of chains"):
        SampleOptions(chains=3, inits=[{"a": 0.0}])
    with pytest.raises(UsageError, match="0 mappings"):
        SampleOptions(chains=3, inits=[])
    options = SampleOptions(chains=1, inits=[{"b": 0.0}])
    with pytest.raises(UnknownNameError, match="no parameter 'b'"):
        draw_posterior(line, ALL_ON, options, 1, show_progress=False)


def test_prior_draws_are_those_of_the_prior(line):
    found = draw_prior(line, ALL_ON, 2000, 3, show_progress=False)

    assert found.of_prior
    assert found["a"].shape == (4, 500)
    assert abs(np.mean(found["a"])) < 0.2
    assert abs(np.std(found["a"]) - 1) < 0.2


def test_an_improper_prior_has_no_draws(model):
    bound = model("data { real y; } parameters { real m; } model { y ~ normal(m, 1); }", y=1).bound

    with pytest.raises(EstimandError, match="improper"):
        draw_prior(bound, ALL_ON, 100, 1, show_progress=False)
