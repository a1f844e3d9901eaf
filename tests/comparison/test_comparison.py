"""`compare`: what is refused, and how the table is laid out."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.errors import ComparisonError, UsageError

if TYPE_CHECKING:
    from bayeswrap.comparison.comparison import Comparison


def test_an_estimate_with_itself_has_no_gaps(made):
    mle, mode = made.mle({"a": 1.0, "b": -2.0}), made.map({"a": 1.0, "b": -2.0})

    found = compare(mle, mode, mle)

    assert (found.to_frame()["prior_pull"] == 0).all()


def test_an_exact_mode_has_no_shape_gap(made):
    table = compare(made.map({"a": 1.0}), made.posterior({"a": 1.0})).to_frame()

    assert table.loc["a", "shape_gap_mean"] == pytest.approx(0, abs=1e-12)
    assert table.loc["a", "se_sd_ratio"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("field", "what"), [("program_hash", "programs"), ("data_hash", "data sets")]
)
def test_results_of_different_origin_are_refused(made, field, what):
    other = made.map({"a": 0.0}, record=made.record("map", **{field: "other"}))

    with pytest.raises(ComparisonError, match=f"different {what}"):
        compare(made.mle({"a": 0.0}), other)


def test_starts_are_whole_numbers(made):
    with pytest.raises(UsageError, match="starts"):
        compare(made.mle({"a": 0.0}), starts=2.5)


@pytest.mark.parametrize("results", [(), ("a string",)])
def test_what_is_no_result_is_refused(results):
    with pytest.raises(ComparisonError):
        compare(*results)


def test_derived_quantities_on_request(made):
    found = compare(made.map({"a": 0.0}), made.posterior({"a": 0.0, "g": 5.0}, derived=("g",)))

    assert list(found.to_frame().index) == ["a"]
    assert list(found.to_frame(derived=True).index) == ["a", "g"]


def test_labels_stand_in_the_first_column(made):
    found = compare(made.map({"b[1]": 0.0}, labels={"b[1]": "b[x]"}))

    assert next(iter(found.to_frame().columns)) == "label"
    assert found.to_frame().loc["b[1]", "label"] == "b[x]"
    assert "b[x]" in str(found)


def test_a_table_is_a_copy(made):
    found = compare(made.map({"a": 0.0}))

    table = found.to_frame()
    table.loc["a", "map_constrained"] = 99.0

    assert found.to_frame().loc["a", "map_constrained"] == 0


def test_text_ends_with_the_verdict(made):
    found = compare(made.mle({"a": 0.0}), made.map({"a": 0.0}), made.posterior({"a": 0.0}))

    assert str(found).endswith(found.verdict.summary)
    assert "prior shift: (MAP - MLE) / se" in str(found)


@pytest.mark.parametrize("kind", ["mle", "map", "map_unconstrained", "posterior"])
def test_any_kind_may_stand_alone(made, kind):
    found = compare(getattr(made, kind)({"a": 0.0}))

    assert found.verdict.point_is_enough is not True
    assert found.record is found.results[0].record


def test_pickle(made):
    found = compare(made.map({"a": 0.0}), made.posterior({"a": 0.0}))

    assert str(pickle.loads(pickle.dumps(found))) == str(found)


def test_a_share_that_is_not_defined_is_said_to_be_so():
    program = bw.Program.from_string(
        "data { real y; } parameters { real mu; } model { mu ~ cauchy(0, 1); y ~ normal(mu, 1); }",
        name="far_out",
    )
    found = compare(bw.Model(program, {"y": 10.0}, engine="stanli").map(seed=1), starts=0)

    assert found.to_frame()["prior_share"].isna().all()
    expected = (
        "the prior's share of the information is not defined, as the log prior is not concave"
    )
    assert found.notes[0].startswith(expected)
    assert found.notes[0] in str(found)


def test_the_representation_is_the_table_with_the_verdict(full: Comparison) -> None:
    assert repr(full) == str(full)
    assert full.verdict.summary in repr(full)
