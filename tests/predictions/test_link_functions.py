from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import UsageError
from bayeswrap.predictions.link_functions import inverse_link, link
from bayeswrap.regression.families import FAMILIES

LINKS = sorted({name for family in FAMILIES.values() for name in family.links})


@pytest.mark.parametrize("name", LINKS)
def test_links_of_all_families_come_back(name):
    mu = np.array([0.01, 0.3, 0.5, 0.97])
    np.testing.assert_allclose(inverse_link(name, link(name, mu)), mu, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "eta", "mu"),
    [
        ("cloglog", 0.0, 1 - np.exp(-1)),
        ("cauchit", 1.0, 0.75),
        ("1/mu^2", 4.0, 0.5),
        ("inverse", 4.0, 0.25),
        ("sqrt", 3.0, 9.0),
    ],
)
def test_inverse_links_have_their_values(name, eta, mu):
    assert float(inverse_link(name, np.array(eta))) == pytest.approx(mu, rel=1e-14)


def test_an_unknown_link_is_named():
    with pytest.raises(UsageError, match="did you mean 'logit'"):
        inverse_link("logti", np.zeros(1))
    with pytest.raises(UsageError, match="link"):
        link("", np.zeros(1))
