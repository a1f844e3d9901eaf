import pytest

from bayeswrap.errors import BayeswrapWarning, UnknownNameError, UsageError
from bayeswrap.regression_model.glm import glm

_DATA = {
    "y": [1.0, 3.0, 2.0, 5.0, 4.0, 7.0],
    "n": [0, 1, 2, 0, 3, 1],
    "x": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0],
    "g": ["a", "b", "c", "a", "b", "c"],
}


def test_formulas_for_two_parameters():
    model = glm(["y ~ x", "sigma ~ x"], _DATA, engine="stanli")
    assert model.formula == "y ~ x, sigma ~ x"
    assert "alpha_sigma" in model.stan_code
    assert list(model.priors().index) == ["beta[x]", "alpha", "beta_sigma[x]", "alpha_sigma"]


def test_the_same_structure_is_the_same_program():
    one = glm("y ~ x", _DATA, engine="stanli")
    other = glm("n ~ log(y)", {**_DATA, "n": [0.5, 1.5, 2.5, 3.5, 4, 2]}, engine="stanli")
    assert one.stan_code == other.stan_code


def test_labels_name_columns_and_levels():
    model = glm("y ~ x + (1 | g)", _DATA, engine="stanli")
    assert model.bound.labels["beta[1]"] == "beta[x]"
    assert model.bound.labels["r_g[2]"] == "r_g[b]"


@pytest.mark.parametrize(
    ("options", "error", "part"),
    [
        ({"family": "gausian"}, UsageError, "did you mean 'gaussian'"),
        ({"family": "poisson", "link": "logit"}, UsageError, "unknown value for link"),
        ({"priors": {"z": "normal(0, 1)"}}, UnknownNameError, "no parameter 'z'"),
        ({"family": "negbinomial", "censored": [0] * 6}, UsageError, "cannot be censored"),
    ],
)
def test_what_does_not_fit_is_refused(options, error, part):
    formula = "n ~ x" if "family" in options else "y ~ x"
    with pytest.raises(error, match=part):
        glm(formula, _DATA, engine="stanli", **options)


@pytest.mark.filterwarnings("ignore::bayeswrap.errors.BayeswrapWarning")
def test_categories_take_columns_alone():
    with pytest.raises(UsageError, match="columns alone"):
        glm("g ~ y + (1 | n)", _DATA, family="categorical", engine="stanli")


def test_rows_that_are_dropped_are_named():
    with pytest.warns(BayeswrapWarning, match="left out|dropped"):
        glm("y ~ x", {**_DATA, "x": [10.0, None, 30.0, 40.0, 50.0, 60.0]}, missing="drop")
