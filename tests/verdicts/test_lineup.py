"""Results of one program, each in its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from bayeswrap.estimates.results.marginal import Integral, Marginal
from bayeswrap.estimates.results.status import Status
from bayeswrap.verdicts.lineup import Lineup, leaves_prior_out, lineup_of

WITH_PRIOR = "parameters { real x; } model { x ~ normal(0, 1); }"
WITHOUT_PRIOR = (
    "data { vector[2] y; } parameters { real m; real<lower=0> s; } model { y ~ normal(m, s); }"
)


def flat_posterior(made):
    return made.posterior({"a": 0.0}, record=made.record("sample", weights={"prior": 0}))


def marginal_mle(made):
    effects = made.mle({"a": 1.0}).effects
    marginal = Marginal(latent=("u",), integral=Integral.LAPLACE, effects=effects)
    return made.mle({"a": 1.0}, marginal=marginal)


def test_each_result_stands_in_its_place(made):
    mle, mode, other = made.mle({"a": 1.0}), made.map({"a": 0.5}), made.map_unconstrained({"a": 0})
    laplace = made.laplace(np.zeros(50))
    posterior, prior = made.posterior({"a": 0.4}), made.posterior({"a": 0.0}, of_prior=True)

    lineup = Lineup((prior, laplace, other, posterior, mode, mle))

    assert lineup.mle is mle
    assert lineup.marginal_mle is None
    assert (lineup.map_constrained, lineup.map_unconstrained) == (mode, other)
    assert (lineup.laplace, lineup.pathfinder) == (laplace, None)
    assert (lineup.posterior, lineup.prior) == (posterior, prior)
    assert lineup.approximations == (laplace,)
    assert lineup.points == (mle, mode, other)


def test_a_place_is_looked_up_once(made):
    lineup = Lineup((made.mle({"a": 1.0}), made.posterior({"a": 0.0})))

    assert lineup.mle is lineup.mle
    assert lineup.posterior is lineup.posterior
    assert {"mle", "posterior"} <= vars(lineup).keys()


def test_an_empty_lineup_has_nothing():
    lineup = Lineup(())

    assert lineup.mle is lineup.map is lineup.mode is lineup.posterior is None
    assert lineup.points == lineup.separate_densities == ()


def test_a_marginal_mle_stands_for_the_mle_that_is_not_there(made):
    marginal = marginal_mle(made)
    joint = made.mle({"a": 2.0})

    assert Lineup((marginal,)).mle is marginal
    assert Lineup((marginal,)).marginal_mle is None
    both = Lineup((marginal, joint))
    assert (both.mle, both.marginal_mle) == (joint, marginal)


def test_a_posterior_under_the_prior_goes_before_a_flat_one(made):
    flat, full = flat_posterior(made), made.posterior({"a": 1.0})

    assert leaves_prior_out(flat)
    both = Lineup((flat, full))
    assert (both.posterior, both.is_flat) == (full, False)
    alone = Lineup((flat,))
    assert (alone.posterior, alone.is_flat) == (flat, True)


def test_under_a_flat_prior_the_mle_is_the_mode(made):
    mle, mode = made.mle({"a": 1.0}), made.map({"a": 0.5})

    assert Lineup((mle, mode)).mode is mode
    assert Lineup((mle, mode), has_prior=False).mode is mle
    assert Lineup((mle, mode), has_prior=False).separate_densities == (mle,)
    assert Lineup((mle, mode, flat_posterior(made))).mode is mle


def test_the_program_tells_whether_there_is_a_prior(made, stanc_path):
    for text, has_prior in ((WITH_PRIOR, True), (WITHOUT_PRIOR, False)):
        mle = made.mle({"x": 0.0}, record=made.record("mle", program=text))

        assert lineup_of([mle]).has_prior is has_prior


def test_a_marginal_estimate_is_what_is_judged_of_a_hierarchy(made):
    marginal, joint, mode = marginal_mle(made), made.mle({"a": 2.0}), made.map({"a": 0.5})

    lineup = Lineup((joint, marginal, mode))

    assert lineup.mode is lineup.marginal is marginal
    assert (lineup.mode_name, lineup.effects) == ("marginal MLE", ("u",))
    assert Lineup((joint, mode)).mode_name == "MAP"
    assert Lineup((joint, mode)).effects == ()


def test_a_marginal_map_stands_where_there_is_no_marginal_mle(made):
    mode = made.map({"a": 0.5}, marginal=marginal_mle(made).marginal)
    lost = replace(marginal_mle(made), status=Status.AT_INFINITY)

    lineup = Lineup((lost, mode))

    assert lineup.mode is lineup.marginal_map is mode
    assert lineup.mode_name == "marginal MAP"
    assert lineup.points == (lost, mode)


def test_effects_are_not_judged(made):
    frame = pd.DataFrame({"gap": [0.0, 9.0]}, index=["a", "u[1]"])

    assert list(Lineup((marginal_mle(made),)).judged(frame).index) == ["a"]
    assert list(Lineup((made.map({"a": 0.0}),)).judged(frame).index) == ["a", "u[1]"]
