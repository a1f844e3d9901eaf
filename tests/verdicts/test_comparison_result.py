"""A comparison as a plain value: rows, groups, and the text of both."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.verdicts.comparison_result import scalar_names


@pytest.fixture
def comparison(made):
    values = {"b[1]": 1.0, "b[2]": 2.0, "s": 0.5}
    posterior = made.posterior({**values, "b[2]": 4.0, "g": 3.0}, derived=("g",))
    return compare(made.mle(values), made.map(values), posterior, starts=0)


def test_results_and_prior_are_those_of_the_lineup(comparison):
    assert comparison.results is comparison.lineup.results
    assert comparison.has_prior is comparison.lineup.has_prior is True
    assert comparison.record is comparison.results[0].record


def test_rows_stand_in_declaration_order(comparison):
    assert list(comparison.to_frame().index) == ["b[1]", "b[2]", "s"]
    assert list(comparison.to_frame(derived=True).index) == ["b[1]", "b[2]", "s", "g"]


def test_a_derived_quantity_that_is_named_is_shown(comparison):
    assert list(comparison.to_frame("g").index) == ["g"]
    with pytest.raises(UnknownNameError):
        comparison.to_frame("h")


def test_the_worst_row_is_that_of_the_largest_gap(comparison):
    assert list(comparison.to_frame(worst=1).index) == ["b[2]"]


def test_a_table_is_a_copy(comparison):
    frame = comparison.to_frame()
    frame.loc["s", "mle"] = -1.0

    assert comparison.to_frame().loc["s", "mle"] == 0.5


def test_groups_have_a_row_a_variable(comparison):
    assert list(comparison.groups().index) == ["b", "s"]


def test_the_text_ends_with_the_summary(comparison):
    lines = str(comparison).splitlines()

    assert [line.split()[0] for line in lines[2:5]] == ["b[1]", "b[2]", "s"]
    assert str(comparison).endswith(comparison.verdict.summary)


def test_many_parameters_are_shown_by_variable_and_the_worst_of_them(made):
    values = {f"b[{i}]": float(i) for i in range(1, 51)}

    text = str(compare(made.mle(values), made.map(values), starts=0))

    assert "40 of 50 parameters, the largest gaps first" in text


def test_a_long_vector_has_a_row_in_the_summary_and_short_ones_all_of_theirs(made):
    values = {"mu": 1.0, **{f"b[{i}]": float(i) for i in range(1, 51)}}

    text = str(compare(made.mle(values), made.map(values), starts=0))

    assert "1 of 51 parameters, without the elements of b" in text
    assert not any(line.startswith("b[") for line in text.splitlines())


def test_the_longest_layout_names_the_scalars(made):
    short, long = made.mle({"a": 1.0}), made.posterior({"a": 1.0, "g": 2.0}, derived=("g",))

    assert scalar_names([short, long], derived=True) == ["a", "g"]
    assert scalar_names([short, long], derived=False) == ["a"]


def test_what_needs_draws_says_so(made):
    comparison = compare(made.mle({"a": 1.0}), starts=0)

    for verb in (comparison.psense, comparison.loo):
        with pytest.raises(EstimandError, match="no draws of a posterior"):
            verb()


def test_points_alone_have_no_rows_for_what_cannot_vary():
    program = bw.Program.from_string(
        "data { array[40] vector[2] y; }"
        "parameters { cholesky_factor_corr[2] L; vector<lower=0>[2] s; }"
        "model { L ~ lkj_corr_cholesky(2); s ~ exponential(1);"
        "y ~ multi_normal_cholesky(rep_vector(0, 2), diag_pre_multiply(s, L)); }",
        name="correlated",
    )
    y = np.random.default_rng(1).standard_normal((40, 2)) @ [[1.0, 0.8], [0.0, 0.6]]
    model = bw.Model(program, {"y": y}, engine="stanli")
    rows = bw.compare(model.mle(seed=1), model.map(seed=1), starts=0).to_frame().index
    assert list(rows) == ["L[2,1]", "L[2,2]", "s[1]", "s[2]"]
