"""What a generated quantity replicates: a wrong match is worse than none."""

from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.replications import (
    Replication,
    listed_outcome,
    named_predictions,
    replications,
)

LINE = """
functions {{ real own_lpdf(vector y, vector mu, real s) {{ return normal_lpdf(y | mu, s); }} }}
data {{ int N; int M; int J; array[N] int group; vector[N] x; vector[M] x_new; vector[N] other;
       vector[N] y; vector[N] z; array[N] int k; }}
transformed data {{ vector[N] log_y = log(y); vector[N] x_std = (x - mean(x)) / sd(x); }}
parameters {{ real a; real b; real<lower=0> s; vector[J] u; real c; }}
transformed parameters {{ vector[N] mu = a + b * x; }}
model {{ a ~ normal(0, 1); b ~ normal(0, 1); s ~ exponential(1); u ~ normal(0, c); {model} }}
generated quantities {{ {generated} }}
"""
OF_Y = "y ~ normal(mu, s);"
REP = "array[N] real y_rep = normal_rng(mu, s);"


def program(model: str = OF_Y, generated: str = REP) -> Program:
    return Program.from_string(LINE.format(model=model, generated=generated), name="t")


def of(model: str = OF_Y, generated: str = REP, name: str = "y_rep") -> Replication:
    return replications(program(model, generated))[name]


@pytest.mark.parametrize(
    ("model", "generated"),
    [
        (OF_Y, REP),
        (OF_Y, "vector[N] y_rep; for (n in 1:N) y_rep[n] = normal_rng(a + b * x[n], s);"),
        ("target += normal_lpdf(y | mu, s);", REP),
        ("y ~ normal_id_glm(to_matrix(x), a, [b]', s);", REP),
        ("y ~ own(mu, s);", REP),
        ("for (n in 1:N) y[n] ~ normal(mu[n], s);", REP),
        ("y ~ normal(a + b * x_std, s);", "array[N] real y_rep = normal_rng(a + b * x_std, s);"),
        (
            OF_Y,
            "vector[N] y_rep; { vector[N] m = a + b * x; y_rep = to_vector(normal_rng(m, s)); }",
        ),
        (
            (
                "for (n in 1:N) target += log_mix(0.5, normal_lpdf(y[n] | a + b * x[n], s),"
                " normal_lpdf(y[n] | a, s));"
            ),
            (
                "vector[N] y_rep; for (n in 1:N) y_rep[n] = bernoulli_rng(0.5)"
                " ? normal_rng(a + b * x[n], s) : normal_rng(a, s);"
            ),
        ),
        ("y ~ normal(a + u[group], s);", "array[N] real y_rep = normal_rng(a + u[group], s);"),
        # an autoregression: the data before stand in its mean
        (
            "y[2:N] ~ normal(a + b * y[1:(N - 1)], s);",
            (
                "vector[N] y_rep; y_rep[1] = y[1];"
                " for (n in 2:N) y_rep[n] = normal_rng(a + b * y[n - 1], s);"
            ),
        ),
    ],
)
def test_a_replication_is_made_as_the_likelihood_is(model, generated):
    assert of(model, generated) == Replication(outcome="y")


@pytest.mark.parametrize(
    ("model", "generated", "doubt"),
    [
        # another scale: the likelihood observes the logarithm
        ("log_y ~ normal(mu, s);", REP, "no likelihood statement observes y"),
        ("log(y) ~ normal(mu, s);", REP, "does not observe y as it is declared"),
        ("target += normal_lpdf(log(y) | mu, s);", REP, "does not observe y as it is declared"),
        ("y / 2 ~ normal(mu, s);", REP, "does not observe y as it is declared"),
        ("target += -0.5 * dot_self((y - mu) / s);", REP, "no likelihood statement observes y"),
        ("vector[N] v = y - 1; v ~ normal(mu, s);", REP, "does not observe y as it is declared"),
        # computed on from what was drawn
        (OF_Y, "vector[N] y_rep = exp(to_vector(normal_rng(mu, s)));", "computed from random"),
        (OF_Y, "vector[N] y_rep = 2 * to_vector(normal_rng(mu, s));", "computed from random"),
        # another distribution
        (OF_Y, "array[N] real y_rep = lognormal_rng(mu, s);", "drawn from lognormal"),
        # other groups, another treatment, no exposure, the prior
        (
            "y ~ normal(a + u[group], s);",
            (
                "vector[N] y_rep; { vector[J] v = to_vector(normal_rng(rep_vector(0, J), c));"
                " y_rep = to_vector(normal_rng(a + v[group], s)); }"
            ),
            "made of a, c, s",
        ),
        (OF_Y, "array[N] real y_rep = normal_rng(rep_vector(a + b, N), s);", "does not use x"),
        ("y ~ normal(mu + other, s);", REP, "does not use other"),
        (
            OF_Y,
            "array[N] real y_rep = normal_rng(normal_rng(0, 1) + normal_rng(0, 1) * x, 1);",
            "made of nothing",
        ),
        ("y ~ normal(mu, s) T[0, ];", REP.replace("[N] real", "[N] real"), "truncated"),
    ],
)
def test_what_is_not_sure_is_open(model, generated, doubt):
    if "T[0" in model:
        model = "for (n in 1:N) y[n] ~ normal(mu[n], s) T[0, ];"
    found = of(model, generated)

    assert (found.outcome, found.new) == ("", False)
    assert doubt in found.doubt


@pytest.mark.parametrize(
    "generated",
    [
        # of other rows: whatever N and M are in the data
        "array[M] real y_tilde = normal_rng(a + b * x_new, s);",
        "vector[M] y_tilde; for (m in 1:M) y_tilde[m] = normal_rng(a + b * x_new[m], s);",
        # of the same number of rows, with other predictors
        "array[N] real y_tilde = normal_rng(a + b * other, s);",
        "array[N] real y_tilde = normal_rng(mu + other, s);",
    ],
)
def test_a_prediction_of_other_rows_is_new(generated):
    found = of(generated=generated, name="y_tilde")

    assert (found.outcome, found.new) == ("", True)


def test_a_mean_is_no_prediction():
    generated = "vector[N] y_pred = a + b * x; vector[N] y_new = rep_vector(a, N);"

    assert named_predictions(program(generated=generated)) == {"y_pred": "y", "y_new": "y"}
    assert replications(program(generated=generated)) == {}


def test_of_two_outcomes_the_one_that_is_made_so():
    both = f"{OF_Y} z ~ normal(a, s); k ~ poisson_log(a);"
    generated = (
        "array[N] real y_rep = normal_rng(mu, s); array[N] real z_rep = normal_rng(mu, s);"
        "array[N] int k_rep = poisson_log_rng(rep_vector(a, N));"
    )
    found = replications(program(both, generated))

    assert found["y_rep"].outcome == "y"
    assert found["k_rep"].outcome == "k"
    assert found["z_rep"].outcome == ""


def test_the_usual_name_needs_one_outcome_that_fits():
    code = """data {{ int N; vector[N] t1; vector[N] t2; }} parameters {{ real m; real d; }}
    model {{ t1 ~ normal(m, 1); t2 ~ normal({second}, 1); }}
    generated quantities {{ array[N] real y_rep = normal_rng(rep_vector(m, N), 1); }}"""

    apart = Program.from_string(code.format(second="m + d"), name="t")
    alike = Program.from_string(code.format(second="m"), name="t")
    assert replications(apart)["y_rep"].outcome == "t1"
    assert replications(alike)["y_rep"].doubt == "t1 and t2 are both possible"


def test_one_outcome_has_one_replication():
    generated = f"array[N] real y_pred = normal_rng(mu, s); {REP}"
    found = replications(program(generated=generated))

    assert found["y_rep"].outcome == "y"
    assert found["y_pred"].doubt == "y_rep is the replication of y"


@pytest.mark.parametrize(
    ("model", "generated", "outcome"),
    [
        (OF_Y, "log_lik[n] = normal_lpdf(y[n] | mu[n], s);", "y"),
        (OF_Y, "log_lik[n] = normal_lpdf(y[n] | mu[n], 1);", ""),
        (OF_Y, "log_lik[n] = normal_lpdf(z[n] | mu[n], s);", ""),
        (OF_Y + "z ~ normal(a, s);", "log_lik[n] = normal_lpdf(y[n] | mu[n], s);", ""),
        ("log(y) ~ normal(mu, s);", "log_lik[n] = normal_lpdf(log(y[n]) | mu[n], s);", ""),
    ],
)
def test_the_outcome_of_log_lik(model, generated, outcome):
    generated = f"vector[N] log_lik; for (n in 1:N) {generated}"
    assert listed_outcome(program(model, generated)) == outcome


def test_names():
    code = """data { int N; array[N] int switched; array[N] int y; }
    parameters { real theta; }
    model { switched ~ bernoulli_logit(theta); y ~ poisson_log(theta); }
    generated quantities { array[N] int switched_rep = rep_array(1, N);
      array[N] int y_tilde = rep_array(1, N); real theta_rep = 1; real yrep = 1;
      real reputation = 1; }"""

    found = named_predictions(Program.from_string(code, name="t"))
    assert found == {"switched_rep": "switched", "y_tilde": "y", "yrep": "y"}
