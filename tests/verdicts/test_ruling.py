"""The answer from numbers, before any word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bayeswrap.estimates.results.marginal import Integral, Marginal
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import LARGE_GAP, SMALL_GAP, SMALL_RATIO
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.lineup import Lineup
from bayeswrap.verdicts.ruling import Answer, decisive_checks, ruling_of
from bayeswrap.verdicts.verdict_wording import headline


def check(code, outcome=Outcome.FAILED, parameters=()):
    return Check(
        code=code,
        outcome=outcome,
        evidence=f"evidence of {code}",
        threshold="t",
        reference="r",
        advice="change it",
        parameters=parameters,
    )


def shape(outcome=Outcome.PASSED, parameters=()):
    return check("non_gaussian_posterior", outcome, parameters)


def frame(gap=0.0, ratio=1.0):
    columns = {"posterior_sd": [1.0], "shape_gap_mean": [gap], "se_sd_ratio": [ratio]}
    return pd.DataFrame(columns, index=["a"])


@pytest.fixture
def lineup(made):
    return Lineup([made.map({"a": 0.0}), made.posterior({"a": 0.0})])


@pytest.mark.parametrize(
    ("gap", "ratio", "checks", "answer"),
    [
        (SMALL_GAP.value, SMALL_RATIO.value, [shape()], Answer.ADEQUATE),
        (SMALL_GAP.value + 0.01, 1.0, [shape()], Answer.ROUGH),
        (0.0, 0.99 / SMALL_RATIO.value, [shape()], Answer.ROUGH),
        (0.9, 1.0, [shape(Outcome.FAILED, ("a",))], Answer.INADEQUATE),
        (0.3, 1.0, [shape(Outcome.NOT_DETERMINED, ("a",))], Answer.UNDETERMINED),
        (0.0, 1.0, [shape(), check("multimodal")], Answer.NO_VALID_MODE),
        (0.0, 1.0, [shape(), check("unbounded_density")], Answer.ADEQUATE),
        (0.0, 1.0, [shape(), check("sampler_not_converged")], Answer.NOT_CONVERGED),
        (0.0, 1.0, [shape(), check("improper_posterior")], Answer.NO_POSTERIOR),
        (0.0, 1.0, [], Answer.NOTHING_VARIES),
    ],
)
def test_the_answer(lineup, gap, ratio, checks, answer):
    assert ruling_of(lineup, frame(gap, ratio), checks).answer is answer


def test_what_the_draws_do_not_decide_is_not_called_adequate(made):
    values = {"a": 0.0, "b": 0.0, "c": 0.0}
    of_three = Lineup([made.map(values), made.posterior(values)])
    failed = replace(shape(Outcome.FAILED, ("a",)), undecided=("b",))
    table = frame().iloc[[0, 0, 0]].set_axis(["a", "b", "c"])

    ruling = ruling_of(of_three, table, [failed])

    assert ruling.summary.inadequate == ("a",)
    assert ruling.summary.undecided == ("b",)
    assert ruling.summary.adequate == ("c",)
    assert "For b, the draws are too few to decide." in headline(ruling, {})


def test_without_draws_and_without_a_mode(made):
    only_mle = Lineup([made.mle({"a": 0.0}), made.posterior({"a": 0.0})])
    lost = made.map({"a": 0.0}, status=Status.SADDLE)

    assert ruling_of(Lineup([made.map({"a": 0.0})]), frame(), []).answer is Answer.NO_DRAWS
    assert ruling_of(only_mle, frame(), [shape()]).answer is Answer.MLE_ALONE
    no_point = Lineup([lost, made.posterior({"a": 0.0})])
    assert ruling_of(no_point, frame(), [shape()]).answer is Answer.NO_POINT


def test_the_last_of_several_checks_of_one_kind_decides():
    of_mle, of_map = check("multimodal"), check("multimodal", Outcome.PASSED)

    assert decisive_checks([of_mle, of_map]) == []
    assert decisive_checks([of_map, of_mle]) == [of_mle]


def test_an_mle_without_a_posterior_is_reportable_unless_it_is_doubtful(made):
    lineup = Lineup([made.mle({"a": 0.0})])
    improper = check("improper_posterior")

    assert ruling_of(lineup, frame(), [improper]).reportable_mle == "MLE"
    assert ruling_of(lineup, frame(), [improper, check("multimodal")]).reportable_mle == ""


def test_the_words_of_an_answer(lineup):
    ruling = ruling_of(lineup, frame(0.9), [shape(Outcome.FAILED, ("a",))])

    assert headline(ruling, {"a": "slope"}) == (
        "Report the posterior for slope. The MAP with its Laplace sd is not an adequate summary "
        f"of it. The largest gap is 0.90 posterior sd, at slope; the limit is {LARGE_GAP.value}."
    )
    no_value = ruling_of(lineup, frame(np.nan), [shape(Outcome.FAILED, ("a",))])
    assert "The mode has no value." in headline(no_value, {})


def marginal(made, **more):
    effects = Marginal(latent=("u",), integral=Integral.EXACT, effects=pd.DataFrame())
    return made.mle({"a": 0.0, "u": 0.0}, marginal=effects, **more)


def test_a_marginal_estimate_answers_for_the_population_whatever_the_joint_mode(made):
    lineup = Lineup([marginal(made), made.posterior({"a": 0.0, "u": 0.0})])
    both = pd.concat([frame(), frame(5.0).set_axis(["u"])])
    checks = [shape(), check("joint_mode_degenerate"), check("multimodal")]

    ruling = ruling_of(lineup, both, checks)

    assert ruling.answer is Answer.ADEQUATE
    assert (ruling.summary.point, ruling.summary.effects) == ("marginal MLE", ("u",))
    assert headline(ruling, {}).startswith(
        "The marginal MLE with its standard error is an adequate summary of the posterior of the "
        "population parameter."
    )


def test_a_marginal_estimate_on_the_boundary_answers_for_nothing(made):
    lineup = Lineup([marginal(made, status=Status.BOUNDARY), made.posterior({"a": 0.0, "u": 0.0})])
    edge = check("boundary_estimate")

    assert ruling_of(lineup, frame(), [shape(), edge]).because is edge
    assert decisive_checks([shape(), edge], lineup) == [edge]
    assert decisive_checks([shape(), edge]) == []
