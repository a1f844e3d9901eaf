"""All estimates in one call; an estimate that does not exist is told, never raised."""

from __future__ import annotations

import pytest

import bayeswrap as bw

FAST = {"iter_warmup": 500, "iter_sampling": 1000}


def test_an_ordinary_program(library_model):
    entry = bw.library["beta_binomial"]

    found = bw.analyze(
        entry.program, entry.example_data, seed=1, show_progress=False, **entry.columns
    )

    titles = [r.title for r in found.results]
    assert titles[:3] == ["MLE", "MAP (constrained scale)", "MAP (unconstrained scale)"]
    assert "prior (NUTS)" in titles
    assert not found.missing


def test_separation_is_told_not_raised():
    program = bw.Program.from_string(
        """data { int N; vector[N] x; array[N] int<lower=0, upper=1> y; }
        parameters { real b; } model { b ~ normal(0, 2.5); y ~ bernoulli_logit(b * x); }""",
        name="separated",
    )
    data = {"x": [-2.0, -1.0, 1.0, 2.0], "y": [0, 0, 1, 1]}

    found = bw.analyze(program, data, seed=1, engine="stanli", sample_options=FAST)

    assert [m.title for m in found.missing] == ["MLE"]
    assert {"mle_does_not_exist", "optimum_at_infinity"} <= found.verdict.flags
    assert "No MLE" in found.verdict.summary


def test_hierarchy_is_told_not_raised():
    entry = bw.library["eight_schools_noncentered"]

    found = bw.analyze(
        entry.program,
        entry.example_data,
        seed=1,
        engine="stanli",
        sample_options={**FAST, "adapt_delta": 0.95},
        **entry.columns,
    )

    assert found.verdict.point_is_enough is False
    assert "joint_mode_degenerate" in found.verdict.flags
    assert "recommend_marginal_or_full_bayes" in found.verdict.flags


def test_bad_data_are_raised():
    entry = bw.library["beta_binomial"]

    with pytest.raises(bw.BayeswrapError, match="missing"):
        bw.analyze(entry.program, {"n": 3})
