from __future__ import annotations

import numpy as np
import pytest
from fixtures.family_parameters import PARAMETERS, outcome
from scipy import integrate

from bayeswrap.predictions.family_moments import MEANS, VARIANCES
from bayeswrap.regression.families import FAMILIES, family_of


def test_every_family_of_numbers_has_moments():
    of_numbers = {n for n, f in FAMILIES.items() if f.outcome not in {"ordered", "categorical"}}
    assert set(MEANS) == set(VARIANCES) == set(PARAMETERS) == of_numbers


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_moments_are_those_of_the_density(name):
    of_family = outcome(name)
    if of_family.is_discrete:
        y = np.arange(0.0, 400.0)
        p = np.exp(of_family.log_density(y))
        moments = [float((p * y**k).sum()) for k in (0, 1, 2)]
    else:
        kind = family_of(name).outcome
        low, high = {"real": (-np.inf, np.inf), "positive": (0, np.inf)}.get(kind, (0, 1))
        middle = float(of_family.quantile(np.array(0.5)))

        def moment(k):
            def weighted(y):
                return float(np.exp(of_family.log_density(np.asarray(y)))) * y**k

            parts = ((low, middle), (middle, high))
            return sum(integrate.quad(weighted, *p, epsabs=1e-12, limit=400)[0] for p in parts)

        moments = [moment(k) for k in (0, 1, 2)]
    assert moments[0] == pytest.approx(1, rel=1e-8)
    assert float(of_family.mean()) == pytest.approx(moments[1], rel=1e-7)
    assert float(of_family.variance()) == pytest.approx(moments[2] - moments[1] ** 2, rel=1e-6)


def test_moments_that_do_not_exist_are_not_numbers():
    assert np.isnan(outcome("student", nu=1.0).mean())
    assert np.isinf(outcome("student", nu=2.0).variance())
    assert np.isinf(outcome("loglogistic", shape=1.0).mean())
    assert np.isinf(outcome("loglogistic", shape=2.0).variance())
