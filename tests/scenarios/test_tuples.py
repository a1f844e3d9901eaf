"""Programs that CmdStan takes and the in-process density does not: draws, and a clear word."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import UnsupportedProgramError

CODE = """
data { vector[7] y; }
parameters { real mu; real<lower=0> s; }
transformed parameters {
  tuple(real, vector[2]) both = (mu + s, [mu, s]');
  matrix[2, 2] m = [[mu, s], [2 * s, mu]];
}
model { mu ~ normal(0, 5); s ~ exponential(1); y ~ normal(mu, s); }
"""
DATA = {"y": [1.0, 2, 3, 4, 2.5, 1.8, 2.2]}


@pytest.fixture(scope="module")
def found():
    """All that there is of a program with a tuple."""
    program = bw.Program.from_string(CODE, name="with_tuple")
    return bw.analyze(program, DATA, seed=1, show_progress=False)


def test_what_cannot_be_made_is_told_and_the_draws_are_kept(found):
    assert found.lineup.posterior is not None
    assert found.verdict.point_is_enough is False
    assert "There is no MLE, MAP (constrained scale)" in found.verdict.summary
    assert "stanli cannot take it" in found.lineup.posterior.warnings[0]


def test_rows_are_spelt_as_in_stan(found):
    table = found.to_frame(derived=True)

    assert list(table.index)[:5] == ["mu", "s", "both.1", "both.2[1]", "both.2[2]"]
    assert list(found.to_frame("both").index) == ["both.1", "both.2[1]", "both.2[2]"]
    np.testing.assert_allclose(
        table.loc["both.1", "posterior_mean"],
        table.loc[["mu", "s"], "posterior_mean"].sum(),
        rtol=1e-6,
    )
    assert table.loc["m[2,1]", "posterior_mean"] == pytest.approx(
        2 * table.loc["s", "posterior_mean"], rel=1e-5
    )


def test_the_report_and_the_file_hold_it(found, tmp_path):
    page = found.report(tmp_path / "it.html").read_text(encoding="utf-8")
    loaded = bw.load(bw.save(found, tmp_path / "it.bw"))

    assert "cannot take this program" in page
    assert list(loaded.to_frame("both").index) == ["both.1", "both.2[1]", "both.2[2]"]


def test_a_fit_of_it_is_not_adopted_unchecked(found):
    fit = found.lineup.posterior.cmdstan_fit

    with pytest.raises(UnsupportedProgramError, match="cannot take this program"):
        bw.adopt(fit, program=bw.Program.from_string(CODE, name="with_tuple"), data=DATA)
