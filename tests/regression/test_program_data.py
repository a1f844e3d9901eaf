from dataclasses import replace

import numpy as np
from fixtures.designs_by_hand import ROWS, group_of, predictor_of, regression_of

from bayeswrap.regression.program_data import element_axes, program_data


def test_data_are_those_of_the_block():
    groups = [group_of("g", ["Intercept"], 4), group_of("h", ["Intercept", "x"], 3)]
    data = program_data(regression_of("poisson", mu=predictor_of(groups=groups)))
    assert data["N"] == ROWS
    assert data["y"].dtype == np.int64
    assert data["J_g"] == 4
    assert "Z_g" not in data
    assert data["Z_h"].shape == (ROWS, 2)
    assert data["M_h"] == 2


def test_dimensions_are_named_by_columns_levels_and_categories():
    groups = [group_of("g", ["Intercept"], 4), group_of("g:h", ["Intercept", "x"], 3)]
    axes = element_axes(regression_of(mu=predictor_of(groups=groups)))
    assert axes["beta"] == (("x", "z"),)
    assert axes["sd_g"] == (("Intercept",),)
    assert axes["r_g"] == (("a", "b", "c", "d"),)
    assert axes["r_g_h"] == (("a", "b", "c"), ("Intercept", "x"))
    assert axes["cor_g_h"] == (("Intercept", "x"), ("Intercept", "x"))
    assert element_axes(regression_of("cumulative"))["c"] == (("low|middle", "middle|high"),)
    assert element_axes(regression_of("categorical"))["beta"] == (("x", "z"), ("middle", "high"))


def test_levels_that_are_other_numbers_than_their_places_say_so():
    group = replace(group_of("g", ["Intercept"], 3), levels=("0", "1", "2"))
    axes = element_axes(regression_of(mu=predictor_of(groups=[group])))
    assert axes["r_g"] == (("g=0", "g=1", "g=2"),)
