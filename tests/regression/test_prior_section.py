from fixtures.designs_by_hand import group_of, predictor_of, regression_of

from bayeswrap.regression.prior_section import prior_section


def test_the_table_shows_numbers_and_where_they_come_from():
    table = prior_section(regression_of("bernoulli", priors={"z": "normal(0, 1)"})).table
    assert list(table.index) == ["beta[x]", "beta[z]", "alpha"]
    assert table.loc["beta[z]", "prior"] == "normal(0, 1)"
    assert table.loc["beta[z]", "how"] == "yours"
    assert table.loc["alpha", "prior"] == "normal(0, 2.5)"
    assert str(table.loc["beta[x]", "how"]) == "default: 2.5 / sd(x)"


def test_data_of_a_default_go_with_it():
    regression = regression_of(priors={"beta": "flat", "sigma": "exponential(1)"})
    section = prior_section(regression)
    assert set(section.data) == {"prior_location_alpha", "prior_scale_alpha"}
    assert [line for line in section.lines if "beta ~" in line] == []


def test_one_element_of_the_standard_deviations_may_have_its_own():
    mu = predictor_of(groups=[group_of("g", ["Intercept", "x"], 4)])
    section = prior_section(regression_of(mu=mu, priors={"sd_g[x]": "normal(0, 2)"}))
    assert "sd_g[1] ~ exponential(prior_rate_sd_g[1]);" in section.lines
    assert "sd_g[2] ~ normal(0, 2) T[0, ];" in section.lines


def test_the_intercept_at_the_means_and_the_intercept_are_two_things():
    centred = prior_section(regression_of(priors={"Intercept": "normal(0, 5)"})).lines
    assert "alpha + dot_product(x_mean, beta) ~ normal(0, 5);" in centred
    assert (
        "alpha ~ normal(0, 5);"
        in prior_section(regression_of(priors={"alpha": "normal(0, 5)"})).lines
    )
