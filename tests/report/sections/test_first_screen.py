"""What a reader sees first."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.report.sections.assessment import Assessment
from bayeswrap.report.sections.first_screen import (
    about,
    action,
    badges,
    caution,
    doubt,
    recommendation,
)
from bayeswrap.verdicts.check import Check, Outcome

NOTHING = Assessment(loo=None, predictions=())


def failing(comparison, code, advice="do this", evidence="it is so"):
    check = Check(
        code=code,
        outcome=Outcome.FAILED,
        evidence=evidence,
        threshold="",
        reference="",
        advice=advice,
    )
    checks = [check, *(c for c in comparison.verdict.checks if c.code != code)]
    return replace(comparison, verdict=replace(comparison.verdict, checks=tuple(checks)))


def test_data_file_outcome_and_observations_head_the_page(hits, full):
    facts = {f.name: f.text for f in about(hits, NOTHING)}
    assert (facts["outcome"], facts["n"]) == ("hits", "30")
    assert "data" not in facts
    point = full.results[0]
    named = replace(point, record=replace(point.record, data_file="wells.csv"))
    of_file = replace(full, lineup=replace(full.lineup, results=(named, *full.results[1:])))
    assert about(of_file, NOTHING)[0].text == "wells.csv"


def test_an_adequate_mode_is_to_be_given_with_its_spread(full):
    assert recommendation(full) == ("The MAP is an adequate summary of the posterior", "good")
    assert action(full) == "Give the MAP with its Laplace sd and interval."


def test_the_headline_says_rough_where_the_verdict_does(builder):
    made = builder()
    # 0.016 is 0.2 posterior sds of mu, and 0.13 of sigma: between the two limits
    rough = compare(made.point(Scale.UNCONSTRAINED, shift=0.016), made.posterior())

    assert "with its Laplace sd is a rough summary" in rough.verdict.summary
    assert recommendation(rough) == ("The MAP is a rough summary of the posterior", "good")


def diverging(made, count):
    draws = made.posterior()
    diagnostics = replace(draws.diagnostics, divergences=count)
    return replace(draws, diagnostics=diagnostics)


def test_what_rests_on_draws_that_diverged_is_said_once_and_what_does_not(builder):
    made = builder()
    points = made.point(), made.point(Scale.CONSTRAINED)
    sick = compare(*points, diverging(made, 71))

    assert caution(sick) == (
        "The draws may miss a part of the posterior: 71 of 1000 transitions diverged. Posterior "
        "means, their intervals, and whether a point estimate is adequate rest on them; the MLE "
        "and the MAP (constrained scale) do not."
    )
    assert caution(compare(*points, made.posterior())) == ""
    assert action(sick).endswith(" Then give the MAP with its Laplace sd and interval.")
    assert caution(failing(sick, "sampler_not_converged")) == ""


def test_of_open_parameters_the_headline_claims_nothing(builder):
    names = [f"beta[{i}]" for i in range(1, 6)]
    made = builder(
        source="data { vector[5] y; } parameters { vector[5] beta; }"
        "model { beta ~ normal(0, 1); y ~ normal(beta, 1); }",
        name="five",
        centres=dict.fromkeys(names, 1.0),
        spreads=dict.fromkeys(names, 0.2),
    )
    whole = compare(made.point(Scale.CONSTRAINED), made.posterior())
    shape = next(c for c in whole.verdict.checks if c.code == "non_gaussian_posterior")
    shape = replace(
        shape, outcome=Outcome.FAILED, parameters=("beta[1]",), undecided=("beta[2]", "beta[5]")
    )
    others = tuple(c for c in whole.verdict.checks if c.code != shape.code)
    verdict = replace(whole.verdict, checks=(*others, shape), point_is_enough=False)

    words, _ = recommendation(replace(whole, verdict=verdict))
    assert words == (
        "Report the posterior of beta[1]; the MAP of beta[3] and beta[4]; "
        "the draws leave beta[2] and beta[5] open"
    )


def test_a_remedy_of_the_sampler_comes_before_all_else(full):
    sick = failing(full, "sampler_not_converged", "order the components", "R-hat is 1.2")
    assert action(sick) == "Order the components."
    assert "R-hat is 1.2" in doubt(sick)
    assert badges(sick)[0].tone == "bad"
    assert doubt(full) == ""


def test_points_alone_ask_for_draws(shapes):
    assert action(shapes("points only")).startswith("Draw from the posterior")
    assert badges(shapes("points only"))[0].word == "no draws"


def test_the_badges_are_sampler_optimum_and_prior(full):
    assert [(b.name, b.tone) for b in badges(full)] == [
        ("sampler", "good"),
        ("optimum", "good"),
        ("prior", "open"),
    ]


def test_a_badge_names_what_failed(full, hits):
    assert badges(failing(full, "multimodal"))[1].word == "several modes"
    assert badges(failing(full, "prior_data_conflict"))[2].word == "against the data"
    assert badges(hits)[2].word == "against the data"
    passed = tuple(c for c in hits.verdict.checks if c.code != "prior_data_conflict")
    calm = replace(hits, verdict=replace(hits.verdict, checks=passed))
    assert badges(calm)[2].word == "1 of 2 sensitive"


def test_where_the_posterior_has_a_mode_it_is_the_mle_that_is_missing(full, builder):
    assert badges(failing(full, "optimum_at_infinity"))[1].word == "no finite MLE"
    assert badges(failing(full, "unbounded_density"))[1].word == "the likelihood is unbounded"
    alone = compare(builder().point(), builder().posterior())
    assert badges(failing(alone, "optimum_at_infinity"))[1].word == "no finite maximum"


def test_only_some_parameters_need_the_posterior(shapes):
    words, tone = recommendation(shapes("edge"))
    assert words == "Report the posterior of sigma; the MAP of the others"
    assert tone == "bad"


def test_outcomes_of_one_length_have_one_n_and_others_one_each(full):
    point = full.results[0]

    def n_of(outcomes):
        named = replace(point, record=replace(point.record, outcomes=outcomes))
        made = replace(full, lineup=replace(full.lineup, results=(named, *full.results[1:])))
        return {f.name: f.text for f in about(made, NOTHING)}["n"]

    assert n_of({"y": 20, "k": 20}) == "20"
    assert n_of({"y": 20, "k": 7}) == "20, 7"


def test_parameters_without_a_proper_prior_are_named(full):
    sick = failing(full, "improper_posterior", "give the named parameters a proper prior")
    check = replace(sick.verdict.checks[0], parameters=("mu", "sigma"))
    checks = (check, *sick.verdict.checks[1:])
    assert action(replace(sick, verdict=replace(sick.verdict, checks=checks))) == (
        "Give mu, sigma a proper prior."
    )
