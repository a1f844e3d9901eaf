import pytest
from fixtures.designs_by_hand import group_of, predictor_of, regression_of

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.regression.default_priors import prior_slots
from bayeswrap.regression.given_priors import GivenPrior, given_priors

_SLOTS = prior_slots(regression_of(mu=predictor_of(groups=[group_of("g", ["Intercept", "x"], 4)])))


def test_keys_are_columns_elements_or_variables():
    given = given_priors(
        _SLOTS,
        {"x": "normal(0, 1)", "beta[z]": "cauchy(0, 2)", "sd_g": "normal(0, 3)", "cor_g": "lkj(3)"},
    )
    assert given == {
        ("beta", 0): GivenPrior("normal(0, 1)"),
        ("beta", 1): GivenPrior("cauchy(0, 2)"),
        ("sd_g", -1): GivenPrior("normal(0, 3)", truncated=True),
        ("L_g", -1): GivenPrior("lkj_corr_cholesky(3)"),
    }


def test_flat_is_no_statement():
    assert given_priors(_SLOTS, {"beta": "flat"}) == {("beta", -1): GivenPrior("")}


def test_the_intercept_may_be_meant_at_the_means():
    given = given_priors(_SLOTS, {"Intercept": "normal(0, 5)"})
    assert given == {("alpha", -1): GivenPrior("normal(0, 5)", is_centred=True)}


@pytest.mark.parametrize(
    ("priors", "error", "part"),
    [
        ({"xx": "normal(0, 1)"}, UnknownNameError, "no parameter 'xx'"),
        ({"sigm": "normal(0, 1)"}, UnknownNameError, "did you mean 'sigma'"),
        ({"x": "norml(0, 1)"}, UnknownNameError, "did you mean 'normal'"),
        ({"x": "normal(0)"}, UsageError, "normal takes 2 arguments"),
        ({"x": "std_normal(1)"}, UsageError, "std_normal takes 0 arguments"),
        ({"x": "normal(0, -1)"}, UsageError, "'-1' is no argument of normal"),
        ({"x": "normal(0, s)"}, UsageError, "'s' is no argument of normal"),
        ({"x": "beta(1, 1)"}, UsageError, "beta is a distribution of a number between 0 and 1"),
        ({"x": "exponential(1)"}, UsageError, "exponential is a distribution of a positive number"),
        ({"sigma": "beta(1, 1)"}, UsageError, "sigma is a positive number"),
        ({"L_g": "normal(0, 1)"}, UsageError, "a matrix of correlations"),
        ({"x": "normal"}, UsageError, "not a prior in Stan's words"),
        ({"x": 3}, UsageError, "not a prior in Stan's words"),
        ({"x": "normal(0, 1); target += 1"}, UsageError, "not a prior in Stan's words"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(priors, error, part):
    with pytest.raises(error, match=part.replace("(", r"\(")):
        given_priors(_SLOTS, priors)
