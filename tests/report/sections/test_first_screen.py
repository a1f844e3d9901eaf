"""What a reader sees first."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.sections.assessment import Assessment
from bayeswrap.report.sections.first_screen import about, action, badges, doubt, recommendation
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
