"""What a marginal estimate says of effects, and where it may go."""

from __future__ import annotations

import pickle

import pytest
from fixtures.marginal_models import CENTRED, DYESTUFF, model

import bayeswrap as bw
from bayeswrap.estimates.results.marginal import Integral


def test_table_shows_conditional_deviations_and_no_standard_error_of_effects():
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, seed=1)

    table = mle.to_frame()

    assert table.loc["theta[1]", "se":"ci_upper"].drop("sd_conditional").isna().all()
    assert table.loc["theta[1]", "sd_conditional"] == mle.effects.loc["theta[1]", "sd"]
    assert "integrated out" in table.loc["theta[1]", "note"]
    assert table.loc[["mu", "tau"], "sd_conditional"].isna().all()
    assert mle.covariance().loc["mu", "mu"] == pytest.approx(table.loc["mu", "se"] ** 2)


def test_a_marginal_estimate_is_saved_and_pickled_whole(tmp_path):
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, seed=1)

    again = bw.load(bw.save(mle, tmp_path / "mle.bw"))

    assert again.title == pickle.loads(pickle.dumps(mle)).title == "marginal MLE (exact)"
    assert again.marginal.integral is Integral.EXACT
    assert again.to_frame().equals(mle.to_frame())
    assert again.effects.equals(mle.effects)


def test_a_comparison_of_marginal_modes_knows_no_joint_mode():
    code = CENTRED.replace("model {", "model { tau ~ exponential(0.02);")
    dyestuff = model(code, DYESTUFF)

    comparison = bw.compare(
        dyestuff.mle(marginal=True, seed=1), dyestuff.map(marginal=True, seed=1)
    )

    assert "joint_mode_degenerate" not in {c.code for c in comparison.verdict.checks}
