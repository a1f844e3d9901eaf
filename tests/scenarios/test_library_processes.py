"""Library entries for series, processes and hidden states, against numbers without Stan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import special

import bayeswrap as bw

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

# with the tolerance in standard errors: the solver of the equation has errors of its own
TOLERANCE = {
    "autoregression": 1e-5,
    "capture_recapture": 1e-4,
    "change_point": 1e-4,
    "gaussian_process_regression": 1e-4,
    "one_compartment_ode": 1e-3,
}
FEW_STARTS = {"starts": 2, "seed": 1}


def _model(name: str) -> bw.Model:
    entry = bw.library[name]
    return bw.Model(entry.program, entry.example_data, engine="stanli", columns=entry.columns)


def _check(found: PointEstimate, name: str, block: str, tolerance: float) -> None:
    reference = bw.library[name].reference[block]
    table, se = found.to_frame(), reference["se"]
    for key, value in reference["values"].items():
        assert table.loc[key, "estimate"] == pytest.approx(value, abs=tolerance * se[key]), key
        assert table.loc[key, "se"] == pytest.approx(se[key], rel=10 * tolerance), key
    assert found.log_likelihood == pytest.approx(reference["log_likelihood"], rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLERANCE)
def test_mle_is_that_of_another_program(name: str) -> None:
    found = _model(name).mle(**FEW_STARTS)
    assert found.status.is_estimate
    _check(found, name, "mle", TOLERANCE[name])


@pytest.mark.slow
def test_mixture_has_a_finite_maximum_and_is_said_to_be_unbounded() -> None:
    name = "two_component_mixture"
    assert "unbounded" in bw.library[name].card.reasons["mle"]
    start = {"weight": 0.4, "mu": [55.0, 80.0], "sigma": [6.0, 6.0]}
    found = _model(name).mle(inits=start, **FEW_STARTS)
    _check(found, name, "local_maximum", 1e-4)
    published = bw.library[name].reference["published"]["values"]
    for key, value in published.items():
        assert found.to_frame().loc[key, "estimate"] == pytest.approx(value, rel=1e-6), key


@pytest.mark.slow
def test_level_is_integrated_out_exactly() -> None:
    found = _model("local_level").mle(marginal=True)
    _check(found, "local_level", "marginal_mle", 1e-4)
    # a first level of infinite variance moves neither by a hundredth of a standard error
    reference = bw.library["local_level"].reference
    for key, value in reference["published"]["values"].items():
        gap = reference["marginal_mle"]["values"][key] - value
        assert abs(gap) < 0.01 * reference["marginal_mle"]["se"][key], key


@pytest.mark.slow
def test_volatilities_are_integrated_out_by_laplace() -> None:
    found = _model("stochastic_volatility").mle(marginal=True)
    assert "Laplace" in found.title
    _check(found, "stochastic_volatility", "marginal_mle", 1e-3)


def _marginal_log_likelihood(answers: np.ndarray, slope: np.ndarray, alpha: np.ndarray) -> float:
    """Item response by Gauss-Hermite quadrature over abilities, written down once more."""
    node, weight = np.polynomial.hermite_e.hermegauss(61)
    eta = alpha + slope * node[:, None]
    log_right, log_wrong = special.log_expit(eta).T, special.log_expit(-eta).T
    log_given = answers @ log_right + (1 - answers) @ log_wrong
    total = special.logsumexp(log_given + np.log(weight / weight.sum()), axis=1)
    return float(total.sum())


@pytest.mark.slow
def test_abilities_are_integrated_out_by_quadrature() -> None:
    found = _model("irt_2pl").mle(marginal=True, quadrature=21)
    _check(found, "irt_2pl", "marginal_mle", 1e-3)


def test_reference_of_item_response_is_that_of_another_rule() -> None:
    entry = bw.library["irt_2pl"]
    reference = entry.reference["marginal_mle"]
    value = [
        np.array([reference["values"][f"{name}[{k}]"] for k in range(1, 6)])
        for name in ("discrimination", "alpha")
    ]
    found = _marginal_log_likelihood(entry.example_data.to_numpy(), *value)
    assert found == pytest.approx(reference["log_likelihood"], rel=1e-10)


def test_item_parameters_are_those_of_psychometric_software() -> None:
    reference = bw.library["irt_2pl"].reference
    values, published = reference["marginal_mle"]["values"], reference["published"]["values"]
    for k in range(1, 6):
        slope, intercept = values[f"discrimination[{k}]"], values[f"alpha[{k}]"]
        assert slope == pytest.approx(published[f"discrimination[{k}]"], rel=0.002)
        assert -intercept / slope == pytest.approx(published[f"difficulty[{k}]"], rel=0.002)


def test_change_lies_where_the_literature_has_it() -> None:
    found = bw.library["change_point"].reference["at_mle"]
    # Raftery and Akman (1986) and many after them: the first years of the 1890s
    assert found["most_probable_last_year_before"] in {1889, 1890, 1891}


def test_recaptures_and_those_never_seen_again_are_all_that_were_released() -> None:
    data = bw.library["capture_recapture"].example_data
    assert isinstance(data, dict)
    assert [sum(row) for row in data["recaptured"]] == [13, 25, 36, 48, 51, 52]
    assert all(sum(r) <= n for r, n in zip(data["recaptured"], data["released"], strict=True))
