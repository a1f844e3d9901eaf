"""Predictions of groups that were seen, as glmmTMB 1.1.5 (R 4.2.2) has them: estimate and error.

``predict(glmmTMB(...), newdata, se.fit = TRUE)`` on lme4's sleepstudy and cbpp. The standard errors
hold the uncertainty of the variances, and that of the effects given the estimates.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.folders import ROOT

import bayeswrap as bw

MIXED = ROOT / "tests" / "gold" / "mixed"
NEW = pd.DataFrame({"Days": [0.0, 5.0], "Subject": ["s308", "s309"]})


def sleep():
    return pd.read_csv(MIXED / "sleepstudy.csv")


@pytest.mark.parametrize(
    ("formula", "reml", "estimate", "error"),
    [
        (
            "Reaction ~ Days + (1 | Subject)",
            False,
            [292.04017676569, 226.17567293724],
            [10.16823287386, 9.66730988506],
        ),
        (
            "Reaction ~ Days + (1 | Subject)",
            True,
            [292.188813310, 225.891983454],
            [10.21194393223, 9.70186326998],
        ),
        (
            "Reaction ~ Days + (Days | Subject)",
            False,
            [254.220895618, 220.472697324],
            [12.94513469381, 8.13961857663],
        ),
    ],
    ids=["ML", "REML", "slopes"],
)
def test_normal_outcomes(formula, reml, estimate, error):
    model = bw.glm(formula, sleep(), engine="stanli")
    table = model.predict(model.mle(reml=reml), NEW)
    # the optimiser of glmmTMB stops at a gradient of 1e-3
    np.testing.assert_allclose(table.estimate, estimate, rtol=1e-6)
    np.testing.assert_allclose(table.se, error, rtol=1e-6)


def test_binomial_outcomes():
    data = pd.read_csv(MIXED / "cbpp.csv")
    model = bw.glm(
        "incidence ~ period + (1 | herd)", data, family="binomial", trials="size", engine="stanli"
    )
    result = model.mle()
    table = model.predict(result, data.head(3), kind="linear")
    np.testing.assert_allclose(
        table.estimate, [-0.80851226553, -1.80084455839, -1.93718356304], rtol=2e-6
    )
    np.testing.assert_allclose(
        table.se, [0.378330128527, 0.430200063614, 0.449510770861], rtol=5e-6
    )
    one_trial = model.predict(result, data[["period", "herd"]].head(3))
    np.testing.assert_allclose(
        one_trial.se, [0.0806659157961, 0.0523362946876, 0.0494876663184], rtol=5e-6
    )
