import numpy as np
import pytest
from fixtures.designs_by_hand import ROWS, group_of, predictor_of, regression_of

from bayeswrap.regression.likelihood_section import likelihood_lines, predictor_lines


def test_the_intercept_of_the_form_with_a_matrix_takes_groups_and_offset():
    mu = predictor_of(groups=[group_of("g", ["Intercept"], 4)], offset=np.ones(ROWS))
    regression = regression_of("poisson", mu=mu)
    assert predictor_lines(regression) == ["vector[N] intercept = alpha + offsets + r_g[level_g];"]
    assert likelihood_lines(regression) == ["y ~ poisson_log_glm(X, intercept, beta);"]


@pytest.mark.parametrize(
    ("family", "link", "lines"),
    [
        ("gamma", "inverse", ["y ~ gamma(shape, shape ./ mu);"]),
        ("beta", "logit", ["y ~ beta(mu * phi, (1 - mu) * phi);"]),
        ("binomial", "logit", ["y ~ binomial_logit(trials, eta);"]),
        ("binomial", "cloglog", ["y ~ binomial(trials, mu);"]),
        ("cumulative", "logit", ["y ~ ordered_logistic_glm(X, beta, c);"]),
    ],
)
def test_densities_take_all_rows_at_once(family, link, lines):
    assert likelihood_lines(regression_of(family, link)) == lines


def test_no_intercept_is_zero():
    regression = regression_of("bernoulli", mu=predictor_of(intercept=False))
    assert likelihood_lines(regression) == ["y ~ bernoulli_logit_glm(X, 0, beta);"]
