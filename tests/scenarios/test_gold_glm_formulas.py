"""The items of gold/glm from their data frames by formulas: no Stan is written."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fixtures.folders import GOLD

from bayeswrap.estimates.results.status import Status
from bayeswrap.regression_model.glm import glm

_HOUSING = {
    "Sat": ["Low", "Medium", "High"],
    "Infl": ["Low", "Medium", "High"],
    "Type": ["Tower", "Apartment", "Atrium", "Terrace"],
    "Cont": ["Low", "High"],
}
_LUNG = "time | cens(censored) ~ age + sex"
_AMONG = "ignore::bayeswrap.errors.BayeswrapWarning"  # outcomes and factors are coded
# by item: formula, and what else `glm` is told
_CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "betabinomial_lirat_intercept": ("R | trials(N) ~ 1", {"family": "beta_binomial"}),
    "binomial_beetles_logit": ("killed | trials(n) ~ dose", {"family": "binomial"}),
    "binomial_menarche": ("Menarche ~ Age", {"family": "binomial", "trials": "Total"}),
    "exponential_ovarian": ("futime ~ `ecog.ps` + rx", {"family": "exponential"}),
    "fitdistr_t_michelson": ("I((Speed - 850) / 100) ~ 1", {"family": "student"}),
    "gamma_clotting_lot1": ("lot1 ~ log(u)", {"family": "gamma", "link": "inverse"}),
    "lmm_sleepstudy_intercept": ("Reaction ~ Days + (1 | Subject)", {}),
    "logistic_mtcars_am_wt": ("am ~ wt", {"family": "bernoulli"}),
    "logistic_wells": ("switch ~ I(dist / 100) + arsenic", {"family": "bernoulli"}),
    "lognormal_lung": (_LUNG, {"family": "lognormal"}),
    "multinomial_iris_sepalwidth": ("Species ~ `Sepal.Width`", {"family": "categorical"}),
    "negbin_quine_main": ("Days ~ Eth + Sex + Age + Lrn", {"family": "negbinomial"}),
    "ordlogit_housing": ("Sat ~ Infl + Type + Cont", {"family": "cumulative", "weights": "Freq"}),
    "poisson_dobson": ("counts ~ C(outcome) + C(treatment)", {"family": "poisson"}),
    "poisson_insectsprays": ("count ~ spray", {"family": "poisson"}),
    "student_t4_stackloss": (
        "`stack.loss` ~ `Air.Flow` + `Water.Temp` + `Acid.Conc.`",
        {"family": "student"},
    ),
    "weibull_lung": (_LUNG, {"family": "weibull"}),
}


def _frame(name: str) -> pd.DataFrame:
    frame = pd.read_csv(GOLD / "glm" / name / "data.csv")
    if name == "ordlogit_housing":
        for column, levels in _HOUSING.items():
            frame[column] = pd.Categorical(frame[column], levels, ordered=column == "Sat")
    if "status" in frame:
        frame["censored"] = np.where(frame["status"] == 2, "none", "right")
    if "fustat" in frame:
        frame["censored"] = 1 - frame["fustat"]
    return frame


def _own_name(name: str, scalar: str) -> str:
    """Return what a scalar of the item's own program is called here."""
    if name == "ordlogit_housing":
        return scalar
    if scalar.startswith("B["):
        row, category = scalar[2:-1].split(",")
        return f"alpha[{category}]" if row == "1" else f"beta[{int(row) - 1},{category}]"
    if scalar.startswith("beta["):
        column = int(scalar[5:-1])
        return "alpha" if column == 1 else f"beta[{column - 1}]"
    return {"mu": "alpha", "tau": "sd_Subject[1]"}.get(scalar, scalar)


def test_every_item_has_a_formula():
    assert set(_CALLS) == {p.name for p in (GOLD / "glm").iterdir()}


@pytest.mark.filterwarnings(_AMONG)
@pytest.mark.parametrize("name", sorted(_CALLS))
def test_a_formula_gives_the_numbers_of_r(name):
    formula, options = _CALLS[name]
    if name == "exponential_ovarian":
        options = {**options, "censored": "censored"}
    model = glm(formula, _frame(name), engine="stanli", **options)
    text = (GOLD / "glm" / name / "result.json").read_text(encoding="utf-8")
    numbers = json.loads(text)

    mle = model.mle(fixed={"nu": 4} if "t4" in name else None)

    table = mle.to_frame()
    assert mle.status is Status.CONVERGED
    for scalar, value in numbers["mle"].items():
        error = numbers["se_observed_information"][scalar]
        own = _own_name(name, scalar)
        assert abs(table.loc[own, "estimate"] - value) < 1e-6 * error
        assert table.loc[own, "se"] == pytest.approx(error, rel=1e-5)
    assert mle.log_likelihood == pytest.approx(numbers["loglik"], rel=1e-8)
