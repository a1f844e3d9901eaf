"""Group terms against lme4: maximum likelihood, REML, the Laplace approximation, quadrature."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from fixtures.folders import GOLD

from bayeswrap.regression_model.glm import glm

_ITEMS = json.loads((GOLD / "mixed" / "lme4.json").read_text(encoding="utf-8"))["items"]
# a mode that a general optimizer found has half its digits; Laplace steps end in lme4 at 1e-7
_SD = 1e-5


@pytest.mark.filterwarnings("ignore::bayeswrap.errors.BayeswrapWarning")
@pytest.mark.parametrize("name", sorted(_ITEMS))
def test_a_formula_gives_the_numbers_of_lme4(name):
    item = _ITEMS[name]
    frame = pd.read_csv(GOLD / "mixed" / item["data"])
    model = glm(item["formula"], frame, family=item["family"], engine="stanli")

    point = model.mle(
        reml=name.endswith("_reml"), quadrature=25 if name.endswith("_quadrature") else None
    )

    table = point.to_frame(derived=True)
    for scalar, value in item["estimate"].items():
        error = item["se"][scalar]
        assert abs(table.loc[scalar, "estimate"] - value) < 1e-5 * error
        assert table.loc[scalar, "se"] == pytest.approx(error, rel=1e-5)
    for scalar, value in item["sd"].items():
        assert abs(table.loc[scalar, "estimate"] - value) < _SD * table.loc[scalar, "se"]
    if "loglik" in item:
        assert point.log_likelihood == pytest.approx(item["loglik"], rel=1e-8)


def test_a_variance_of_zero_is_a_boundary():
    # each group has the mean of the whole: there is nothing between groups
    frame = pd.DataFrame({"y": [1.0, 2, 3, 4] * 5, "g": [g for g in "abcde" for _ in range(4)]})
    point = glm("y ~ 1 + (1 | g)", frame, engine="stanli").mle()
    assert str(point.status).startswith("boundary")
    assert float(point["sd_g"][0]) == pytest.approx(0.0, abs=1e-8)
    assert float(point["sigma"]) == pytest.approx(1.25**0.5, rel=1e-7)
