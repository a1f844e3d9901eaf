import pickle

import numpy as np
import pytest
from fixtures.designs_by_hand import ROWS, group_of, predictor_of, regression_of

from bayeswrap.errors import UsageError
from bayeswrap.regression_model.regression_model import RegressionModel


def _model(**options):
    return RegressionModel(regression_of(**options), formula="y ~ x + z", engine="stanli")


def test_least_squares_is_the_mle_whatever_the_priors_say():
    for priors in (None, {"beta": "normal(50, 0.1)", "alpha": "normal(-40, 0.1)"}):
        model = _model(priors=priors)
        design = model.design
        matrix = np.column_stack([np.ones(ROWS), design.predictors["mu"].population.values])
        expected, rest, *_ = np.linalg.lstsq(matrix, design.response.values)
        point = model.mle()
        assert np.append(point["alpha"], point["beta"]) == pytest.approx(expected, rel=1e-9)
        assert float(point["sigma"]) == pytest.approx(np.sqrt(rest[0] / ROWS), rel=1e-9)


def test_reml_of_a_regression_without_groups_divides_by_the_degrees_of_freedom():
    model = _model()
    matrix = np.column_stack([np.ones(ROWS), model.design.predictors["mu"].population.values])
    expected, rest, *_ = np.linalg.lstsq(matrix, model.design.response.values)
    point = model.mle(reml=True)
    variance = rest[0] / (ROWS - 3)
    assert float(point["sigma"]) == pytest.approx(np.sqrt(variance), rel=1e-7)
    assert float(point["alpha"]) == pytest.approx(expected[0], rel=1e-8)
    deviations = np.sqrt(variance * np.diag(np.linalg.inv(matrix.T @ matrix)))
    spread = dict(zip(point.layout.names, point.spread, strict=True))
    found = [spread["alpha"], spread["beta[1]"], spread["beta[2]"]]
    assert found == pytest.approx(deviations, rel=1e-6)


def test_effects_are_integrated_out_unless_the_joint_maximum_is_asked_for():
    model = _model(mu=predictor_of(groups=[group_of("g", ["Intercept"], 6)]))
    point = model.mle(require_converged=False)
    assert point.marginal is not None
    assert point.marginal.latent == ("z_g",)
    with pytest.raises(UsageError, match="reml=True"):
        model.mle(reml=True, marginal="z_g")


def test_a_model_is_printed_with_its_priors():
    lines = str(_model()).splitlines()
    assert lines[0] == "RegressionModel('y ~ x + z', gaussian (identity), 24 rows)"
    assert any("normal(" in line and "beta[x]" in line for line in lines)


def test_a_weighted_model_keeps_formula_and_priors():
    other = _model().weighted(prior=0.5)
    assert other.formula == "y ~ x + z"
    assert list(other.priors().columns) == ["prior", "how"]


def test_a_model_pickles():
    model = pickle.loads(pickle.dumps(_model()))
    assert model.mle().labels["beta[1]"] == "beta[x]"
    assert "normal_id_glm" in model.stan_code
    assert repr(model) == "RegressionModel('y ~ x + z', gaussian (identity), 24 rows)"


def test_tables_have_correlations_and_effects_in_place_of_their_parametrisation():
    groups = [group_of("g", ["Intercept", "x"], 6)]
    point = _model(mu=predictor_of(groups=groups)).mle(require_converged=False)
    rows = dict.fromkeys(name.split("[")[0] for name in point.to_frame().index)
    assert list(rows) == ["beta", "alpha", "sd_g", "cor_g", "r_g", "sigma"]
    (cor,) = (name for name in point.parameters() if name.startswith("cor_g"))
    assert cor == "cor_g[2,1]"
    assert len(point.to_frame(names="z_g")) == 12, "by name a parameter is still there"


def test_the_record_of_a_result_has_the_formula_and_the_outcome():
    record = _model().mle().record
    assert record.formula == "y ~ x + z"
    assert record.outcomes == {"y": ROWS}
