from dataclasses import replace

import numpy as np
import pytest
from fixtures.designs_by_hand import ROWS, group_of, predictor_of, regression_of

from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.regression.families import FAMILIES
from bayeswrap.regression.program_text import program_text

_HOSTILE = "real", "日本語", "a b", 'x"y', "lower", "beta", "sigma", "mean"


def test_a_program_can_be_read():
    assert (
        program_text(regression_of("bernoulli"))
        == """\
// bernoulli regression, link logit
data {
  int<lower=0> N;                       // rows
  array[N] int<lower=0, upper=1> y;     // outcome
  int<lower=1> K;                       // columns
  matrix[N, K] X;                       // predictors, no intercept
  vector<lower=0>[K] prior_scale_beta;  // of a default prior
  real prior_location_alpha;
  real<lower=0> prior_scale_alpha;
}
transformed data {
  vector[K] x_mean = (rep_row_vector(1.0 / N, N) * X)';
}
parameters {
  vector[K] beta;                                 // coefficients
  real<offset=-dot_product(x_mean, beta)> alpha;  // intercept
}
model {
  // priors
  beta ~ normal(0, prior_scale_beta);
  alpha + dot_product(x_mean, beta) ~ normal(prior_location_alpha, prior_scale_alpha);
  // likelihood
  y ~ bernoulli_logit_glm(X, alpha, beta);
}
"""
    )


def test_other_data_give_the_same_text():
    first = regression_of(
        "negbinomial", mu=predictor_of(("x", "z"), [group_of("g", ["Intercept"], 4)])
    )
    other = regression_of(
        "negbinomial",
        seed=5,
        mu=predictor_of(("w",), [group_of("g", ["Intercept"], 7)], shift=99.0),
    )
    assert program_text(first) == program_text(other)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_statement_has_its_role(name):
    groups = () if name == "categorical" else (group_of("g", ["Intercept", "x"], 4),)
    program = Program.from_string(program_text(regression_of(name, mu=predictor_of(groups=groups))))
    roles = {s.text: s.role for s in program.statements}
    assert all(s.sure for s in program.statements)
    assert roles.pop("to_vector(z_g) ~ std_normal();", Role.POPULATION) is Role.POPULATION
    outcomes = {text for text, role in roles.items() if role is Role.LIKELIHOOD}
    assert outcomes == {text for text in roles if "y ~" in text or "y[n]" in text}
    assert all(role is Role.PRIOR for text, role in roles.items() if text not in outcomes)


@pytest.mark.parametrize("hostile", _HOSTILE)
def test_names_of_any_kind_make_programs(hostile):
    groups = [group_of(hostile, ["Intercept"], 4), group_of("g", ["Intercept", hostile], 3)]
    mu = predictor_of((hostile, "x"), groups)
    regression = regression_of(mu=mu, further={"sigma": predictor_of((), groups)})
    assert Program.from_string(program_text(regression)).name == "model"


def test_correlated_slopes_have_a_cholesky_factor_and_others_none():
    slopes = ["Intercept", "x"]
    one = program_text(regression_of(mu=predictor_of(groups=[group_of("g", slopes, 4)])))
    two = program_text(
        regression_of(mu=predictor_of(groups=[group_of("g", slopes, 4, correlated=False)]))
    )
    assert "cholesky_factor_corr[M_g] L_g;" in one
    assert "corr_matrix[M_g] cor_g" in one
    assert "L_g" not in two


def test_without_columns_there_is_no_matrix():
    text = program_text(regression_of("poisson", mu=predictor_of(())))
    assert "X" not in text
    assert "y ~ poisson_log(eta);" in text


def test_a_formula_for_the_dispersion_leaves_the_form_with_a_matrix():
    text = program_text(regression_of("negbinomial", further={"phi": predictor_of(("x",))}))
    assert "y ~ neg_binomial_2_log(eta, phi);" in text
    assert Program.from_string(text)


def test_weights_stand_before_the_log_density_of_a_row():
    text = program_text(regression_of("gamma", weights=np.ones(ROWS)))
    assert "target += weights[n] * gamma_lpdf(y[n] | shape, shape / mu[n]);" in text


def test_a_given_prior_is_text_of_the_program():
    regression = replace(regression_of(), priors={"x": "normal(0, 1)", "sigma": "cauchy(0, 2)"})
    text = program_text(regression)
    assert "beta[1] ~ normal(0, 1);" in text
    assert "beta[2] ~ normal(0, prior_scale_beta[2]);" in text
    assert "sigma ~ cauchy(0, 2) T[0, ];" in text
