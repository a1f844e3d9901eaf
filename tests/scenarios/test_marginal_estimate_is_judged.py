"""The verdict on a hierarchy judges what a user reports: the marginal MLE of the population."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.report.sections.row_words import Recommendation, row_words

CLINICS = GOLD / "cases" / "clinics"
GROUPS = """
data { int N; int J; array[N] int<lower=1, upper=J> g; vector[N] y; }
parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] z; }
model {
  mu ~ normal(0, 10); tau ~ normal(0, 5); sigma ~ normal(0, 5);
  z ~ std_normal();
  y ~ normal(mu + tau * z[g], sigma);
}
"""


def groups(count, size, tau, seed=1):
    rng = np.random.default_rng(seed)
    g = np.repeat(np.arange(1, count + 1), size)
    y = 1 + tau * rng.normal(size=count)[g - 1] + rng.normal(size=g.size)
    program = bw.Program.from_string(GROUPS, name="groups")
    data = {"N": g.size, "J": count, "g": g, "y": y}
    return bw.analyze(program, data, engine="stanli", seed=1, show_progress=False)


@pytest.mark.slow
def test_the_marginal_mle_of_sixty_clinics_is_adequate():
    found = bw.analyze(
        CLINICS / "program.stan",
        CLINICS / "data.csv",
        J=60,
        engine="stanli",
        seed=1,
        show_progress=False,
    )
    words, table = row_words(found), found.to_frame()

    population = ("alpha", "b_age", "b_dose", "tau", "sigma")
    enough = {Recommendation.MARGINAL_MLE, Recommendation.ROUGH_MARGINAL_MLE}
    assert {words[n] for n in population} <= enough
    assert words["a[1]"] is Recommendation.POSTERIOR
    assert table.loc["tau", "mle"] == pytest.approx(5.670, abs=1e-3)
    assert table.loc[list(population), "se_sd_ratio"].between(0.9, 1.1).all()
    assert found.verdict.point_is_enough is True
    assert found.verdict.flags == frozenset()
    assert found.verdict.summary.startswith("The marginal MLE with its standard error is")
    assert "Report the posterior of the effects a" in found.verdict.summary
    # a joint mode is mentioned, and was not sought
    assert "A joint mode of effects and population parameters was not sought." in (
        found.verdict.summary
    )
    assert [p.marginal is not None for p in found.lineup.points] == [True]
    assert not found.missing


@pytest.mark.slow
def test_few_groups_make_no_adequate_scale():
    found = groups(4, 5, tau=1.0)

    words = row_words(found)
    assert words["tau"] is Recommendation.POSTERIOR
    assert words["mu"] is Recommendation.POSTERIOR
    assert found.verdict.point_is_enough is False


@pytest.mark.slow
def test_a_scale_on_the_boundary_answers_for_nothing():
    found = groups(6, 4, tau=0.0)

    assert found.to_frame().loc["tau", "mle"] == 0
    assert found.verdict.point_is_enough is False
    assert set(row_words(found).values()) == {Recommendation.POSTERIOR}
    assert "at tau" in found.verdict.summary
    assert {"boundary_estimate", "recommend_marginal_or_full_bayes"} <= found.verdict.flags
