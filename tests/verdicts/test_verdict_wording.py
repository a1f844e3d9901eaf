"""What a comparison says in words."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from fixtures.folders import ROOT

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.results.status import Status
from bayeswrap.verdicts.verdict import Missing

VOCABULARY = {
    *("mle_does_not_exist", "optimum_at_infinity", "unbounded_density", "joint_mode_degenerate"),
    *("improper_posterior", "not_identified", "singular_hessian", "weakly_identified"),
    *("ill_conditioned", "multimodal", "label_switching", "boundary_estimate", "non_regular"),
    *("laplace_unreliable", "non_gaussian_posterior", "mode_far_from_mass"),
    *("divergences_expected", "map_depends_on_parametrisation", "prior_data_conflict"),
    *("recommend_marginal_or_full_bayes", "sampler_not_converged", "optimum_not_found"),
    "local_optimum",
}


def abc(*values):
    return dict(zip("abcdefgh", values, strict=False))


def test_one_parameter_that_is_well_described(made):
    verdict = compare(made.map({"a": 0.05}), made.posterior({"a": 0.0})).verdict

    assert verdict.summary == (
        "The MAP with its Laplace sd is an adequate summary of the posterior of the parameter. "
        "The largest gap is 0.05 posterior sd, at a."
    )
    assert verdict.point_is_enough is True
    assert verdict.flags == frozenset()


def test_two_parameters_roughly(made):
    verdict = compare(made.map(abc(0.2, 0.0)), made.posterior(abc(0.0, 0.0))).verdict

    assert verdict.summary == (
        "The MAP with its Laplace sd is a rough summary of the posterior of both parameters. "
        "The largest gap is 0.20 posterior sd, at a."
    )


def test_a_spread_that_is_off_by_a_sixth_is_rough(made):
    verdict = compare(made.map(abc(0.0), 1.15), made.posterior(abc(0.0))).verdict

    assert "is a rough summary" in verdict.summary


def test_one_of_three_is_not_summarised(made):
    verdict = compare(made.map(abc(0.0, 0.9, 0.0)), made.posterior(abc(0.0, 0.0, 0.0))).verdict

    assert verdict.summary == (
        "Report the posterior for b. The MAP with its Laplace sd is not an adequate summary of it. "
        "The largest gap is 0.90 posterior sd, at b; the limit is 0.3. "
        "For a and c, the MAP with its Laplace sd is an adequate summary."
    )
    assert verdict.point_is_enough is False
    assert verdict.flags == {"non_gaussian_posterior"}


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "for a. The MAP with its Laplace sd is not an adequate summary of it."),
        (2, "for both parameters. The MAP with its Laplace sd is not an adequate summary of them."),
        (
            8,
            "for all 8 parameters. The MAP with its Laplace sd is not an adequate summary of them.",
        ),
    ],
)
def test_none_is_summarised(made, n, words):
    verdict = compare(made.map(abc(*[0.9] * n)), made.posterior(abc(*[0.0] * n))).verdict

    assert words in verdict.summary
    assert "is an adequate summary" not in verdict.summary


def test_long_lists_are_cut(made):
    verdict = compare(made.map(abc(*[0.9] * 7, 0.0)), made.posterior(abc(*[0.0] * 8))).verdict

    assert (
        "and 2 more. The MAP with its Laplace sd is not an adequate summary of them."
        in verdict.summary
    )


def test_a_gap_that_straddles_the_threshold_is_not_decided(made):
    verdict = compare(made.map({"a": 0.3}), made.posterior({"a": 0.0})).verdict

    assert verdict.summary == (
        "The draws are too few to decide whether the MAP with its Laplace sd is an adequate "
        "summary of the posterior of a. The largest gap is 0.30 posterior sd, at a; the limit is "
        "0.3. Run longer chains."
    )
    assert verdict.point_is_enough is None
    assert verdict.flags == frozenset()


def test_no_verdict_on_chains_that_disagree(made):
    posterior = made.posterior({"a": 0.0})
    posterior = replace(posterior, diagnostics=replace(posterior.diagnostics, r_hat_max=1.2))

    verdict = compare(made.map({"a": 0.9}), posterior).verdict

    assert verdict.summary == (
        "No verdict. The sampler has not converged. R-hat is 1.200, above 1.01, so the chains "
        "disagree. Run longer chains. The MAP (constrained scale) is a verified maximum, whatever "
        "the chains do."
    )
    assert verdict.point_is_enough is None
    assert "recommend_marginal_or_full_bayes" not in verdict.flags


def test_scales_that_no_trajectory_spans_are_named():
    program = bw.Program.from_string(
        "parameters { real wide; real narrow; }"
        "model { wide ~ normal(0, 1e5); narrow ~ normal(0, 0.01); }",
        name="two_scales",
    )
    model = bw.Model(program, engine="stanli")
    draws = model.sample(seed=1, iter_warmup=20, iter_sampling=50)

    summary = compare(model.map("unconstrained", seed=1), draws, starts=0).verdict.summary

    assert summary.startswith("The standard deviation of wide is 1e+07 times that of narrow")
    assert "Give the parameters similar scales." in summary
    assert "longer chains" not in summary


def test_divergences_are_named(made):
    posterior = made.posterior({"a": 0.0})
    posterior = replace(posterior, diagnostics=replace(posterior.diagnostics, divergences=12))

    verdict = compare(made.map({"a": 0.0}), posterior).verdict

    assert "Interpret the draws with care. 12 of 4000 transitions diverged." in verdict.summary


def test_without_draws_nothing_is_decided(made):
    verdict = compare(made.mle({"a": 0.0}), made.map({"a": 0.5})).verdict

    assert verdict.summary == (
        "There are no posterior draws to compare the point estimates with. The prior shifts the "
        "MLE by at most 0.5 SE (a)."
    )
    assert verdict.point_is_enough is None


def test_a_prior_that_does_nothing(made):
    verdict = compare(made.mle({"a": 0.0}), made.map({"a": 0.001}), made.posterior({"a": 0.0}))

    assert verdict.verdict.summary.endswith("The prior shifts the MLE by less than 0.01 SE.")


def test_an_mle_alone_leaves_the_prior_out(made):
    verdict = compare(made.mle({"a": 0.0}), made.posterior({"a": 0.0})).verdict

    assert verdict.summary.startswith("The only point estimate is an MLE.")
    assert verdict.point_is_enough is None


def test_an_mle_that_does_not_exist_says_nothing_against_the_map(made):
    lost = made.mle({"a": 40.0}, status=Status.AT_INFINITY)

    verdict = compare(
        lost,
        made.map({"a": 0.0}),
        made.posterior({"a": 0.0}),
        missing=[Missing(title="MLE", reason=Status.AT_INFINITY.sentence, advice="add a prior")],
    ).verdict

    assert verdict.point_is_enough is True
    assert verdict.summary.endswith(
        "There is no MLE. There is no finite maximum: the log density keeps increasing along a "
        "direction."
    )
    assert {"mle_does_not_exist", "optimum_at_infinity"} == verdict.flags


def test_no_mode_at_all(made):
    lost = made.map({"a": 0.0}, status=Status.UNBOUNDED)

    verdict = compare(lost, made.posterior({"a": 0.0})).verdict

    assert verdict.summary == (
        "Report the posterior, not a mode. For the MAP (constrained scale), there is no maximum: "
        "the density itself is unbounded."
    )
    assert "recommend_marginal_or_full_bayes" in verdict.flags


def test_a_joint_mode_is_no_headline(made, hierarchy):
    record = made.record("map", program=hierarchy)
    mode = made.map({"mu": 0.0, "a[1]": 0.0, "a[2]": 0.0}, record=record)
    posterior = made.posterior({"mu": 0.0, "a[1]": 0.0, "a[2]": 0.0})

    verdict = compare(mode, replace(posterior, record=record)).verdict

    assert verdict.summary.startswith(
        "Report the posterior, not a mode. The program has population"
    )
    assert verdict.point_is_enough is False
    assert {"joint_mode_degenerate", "recommend_marginal_or_full_bayes"} <= verdict.flags


def test_labels_are_used(made):
    mode = made.map({"beta[1]": 0.9, "beta[2]": 0.0}, labels={"beta[1]": "beta[dist]"})

    summary = compare(mode, made.posterior({"beta[1]": 0.0, "beta[2]": 0.0})).verdict.summary

    assert "for beta[dist]. The MAP" in summary
    assert "beta[1]" not in summary


def test_eight_schools_recommends_the_posterior(library_model):
    schools = library_model("eight_schools_noncentered")
    mode = schools.map(seed=1, require_converged=False)
    posterior = schools.sample(seed=1, show_progress=False, adapt_delta=0.95)

    verdict = compare(mode, posterior).verdict

    assert verdict.point_is_enough is False
    assert {"joint_mode_degenerate", "recommend_marginal_or_full_bayes"} <= verdict.flags


def test_every_code_is_in_the_vocabulary():
    folder = ROOT / "bayeswrap" / "verdicts"
    text = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    codes = {line.split('"')[1] for line in text.splitlines() if 'code="' in line}

    assert codes
    assert codes <= VOCABULARY


def test_pickle(made):
    verdict = compare(made.map({"a": 0.0}), made.posterior({"a": 0.0})).verdict

    assert pickle.loads(pickle.dumps(verdict)) == verdict
