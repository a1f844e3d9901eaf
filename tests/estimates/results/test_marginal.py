"""What was integrated out of an estimate, and how."""

from __future__ import annotations

import pandas as pd
import pytest

from bayeswrap.estimates.results.marginal import Integral, Marginal


@pytest.mark.parametrize(
    ("integral", "word"),
    [
        (Integral.EXACT, "exact"),
        (Integral.LAPLACE, "Laplace"),
        (Integral.QUADRATURE, "quadrature"),
    ],
)
def test_titles_show_how_an_integral_was_computed(integral, word):
    assert str(integral) == word


def test_effects_keep_their_rows():
    effects = pd.DataFrame({"mode": [0.5, -0.5], "sd": [0.1, 0.1]}, index=["u[1]", "u[2]"])

    marginal = Marginal(latent=("u",), integral=Integral.EXACT, effects=effects)

    assert marginal.effects.loc["u[2]", "mode"] == -0.5
