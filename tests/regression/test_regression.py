from fixtures.designs_by_hand import group_of, predictor_of, regression_of

from bayeswrap.regression.regression import names_of


def test_names_follow_the_parameter():
    names = regression_of(
        mu=predictor_of(groups=[group_of("g", ["Intercept"], 4)]),
        further={"sigma": predictor_of(("x",), [group_of("g", ["Intercept", "x"], 4)])},
    ).names
    assert (names["mu"].alpha, names["mu"].beta) == ("alpha", "beta")
    assert (names["sigma"].alpha, names["sigma"].beta) == ("alpha_sigma", "beta_sigma")
    assert names["mu"].groups[0].effects == "r_g"
    assert names["mu"].groups[0].is_intercept
    assert names["sigma"].groups[0].effects == "r_sigma_g"
    assert names["sigma"].groups[0].correlation == "cor_sigma_g"


def test_two_terms_of_one_factor_have_two_names():
    groups = [group_of("g", ["Intercept"], 4), group_of("g", ["x"], 4)]
    names = regression_of(mu=predictor_of(groups=groups)).mu
    assert [g.sd for g in names.groups] == ["sd_g", "sd_g_2"]
    assert names.groups[1].columns == "Z_g_2"


def test_an_ordered_outcome_has_no_intercept_beside_its_cutpoints():
    regression = regression_of("cumulative")
    assert names_of(regression.design, regression.family)["mu"].alpha == ""
    assert regression.categories == 3


def test_constants_are_parameters_without_a_formula():
    assert regression_of("student").constants == ("sigma", "nu")
    assert regression_of("student", further={"sigma": predictor_of()}).constants == ("nu",)
