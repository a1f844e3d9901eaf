"""What the notes below a table say."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.paper.model_columns import TableChoice, models_of
from bayeswrap.report.paper.table_notes import flag_note, table_notes


def notes_of(models, **choice):
    wanted = TableChoice(**choice)
    return table_notes(models_of(models, wanted)[0], wanted)


def test_each_estimate_is_explained_by_its_column(full):
    notes = notes_of({"": full}, estimates=["mle", "posterior"])

    assert notes[0] == "MLE: maximum likelihood estimate, standard error in brackets."
    assert notes[1].startswith("Posterior: posterior mean of 1\u202f000 draws by NUTS")


def test_the_scale_of_a_mode_and_the_kind_of_an_interval(full):
    notes = notes_of({"": full}, estimates="map", style="interval")

    assert any("on the constrained scale, 95 % interval by the curvature" in n for n in notes)


def test_what_holds_for_all_models_is_said_once(made):
    models = {"A": made.mle({"a": 1.0}), "B": made.mle({"a": 2.0})}

    assert notes_of(models) == ("Maximum likelihood estimate, standard error in brackets.",)


def test_models_of_different_kinds_are_named(made):
    notes = notes_of({"A": made.mle({"a": 1.0}), "B": made.posterior({"a": 2.0})})

    assert notes[0] == "A: maximum likelihood estimate, standard error in brackets."
    assert notes[1].startswith("B: posterior mean")


def test_different_outcomes_and_rows_forbid_comparisons(made):
    def model(outcome, n):
        record = made.record("mle", outcomes={outcome: n}, data_hash=f"{outcome}{n}")
        return made.mle({"a": 1.0}, record=record)

    other = notes_of({"A": model("y", 9), "B": model("z", 9)})
    assert any("different outcomes (A: y; B: z)" in n for n in other)
    fewer = notes_of({"A": model("y", 9), "B": model("y", 8)})
    assert any("different numbers of observations" in n for n in fewer)
    assert not any("different" in n for n in notes_of({"A": model("y", 9), "B": model("y", 9)}))


def test_ratios_are_said(grouped_mle):
    notes = notes_of({"": grouped_mle}, exponentiate=True)

    assert any(
        n == "Odds ratios, the exponentials of coefficients, in the rows of beta[x]." for n in notes
    )
    assert any("delta method" in n for n in notes)


def test_a_sampler_that_failed_is_told(builder):
    draws = builder().posterior()
    bad = replace(draws, diagnostics=replace(draws.diagnostics, divergences=12))

    assert "Sampler: 12 of 1000 transitions diverged." in notes_of({"": bad})


def test_vectors_without_rows_are_told(made):
    point = made.mle({"mu": 0.0} | {f"beta[{i}]": 1.0 for i in range(1, 14)})

    assert "Not shown: beta (13 elements)." in notes_of({"": point})


def test_values_of_r_hat_share_one_footnote():
    assert flag_note("R\N{NON-BREAKING HYPHEN}hat 1.05") == flag_note(
        "R\N{NON-BREAKING HYPHEN}hat 1.31"
    )
    assert flag_note("prior-sensitive") == "prior-sensitive"


def test_notes_of_the_users_come_last(made):
    notes = notes_of({"": made.mle({"a": 1.0})}, notes="Data: wells in\nAraihazar.")
    assert notes[-1] == "Data: wells in Araihazar."


def test_powers_of_the_prior_are_told(made):
    record = made.record("map", weights={"prior": 0.5})
    (note,) = notes_of({"half": made.map({"a": 1.0}, record=record)})
    assert note.startswith("Mode of the posterior on the constrained scale [prior ^ 0.5], ")
