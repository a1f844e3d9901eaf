"""The start of a marginal search: a scan over scales, and a rough ascent."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.scale_scan import (
    rough_maximum,
    scanned_start,
    start_of,
)
from bayeswrap.program.syntax.constraints import CONSTRAINTS

Y = 100 * np.sin(np.arange(20.0))


def joint(q):
    """y ~ normal(u, 1), u ~ normal(mu, tau), for q = (mu, log tau, u)."""
    mu, scale, u = q[0], np.exp(q[1]), q[2:]
    z = (u - mu) / scale
    value = -0.5 * ((Y - u) ** 2).sum() - 0.5 * (z**2).sum() - 20 * q[1]
    slope = np.concatenate([[z.sum() / scale, (z**2).sum() - 20], Y - u - z / scale])
    return float(value), slope


def problem(inits=()):
    kinds = ("Identity", "Lower", *["Identity"] * 20)
    coordinates = SimpleNamespace(
        origin=np.zeros(22),
        constraints=[CONSTRAINTS[kind] for kind in kinds],
        variables=["mu", "tau", *["u"] * 20],
    )
    transforms = SimpleNamespace(dimension=22)
    density = SimpleNamespace(transforms=transforms)
    return SimpleNamespace(
        coordinates=coordinates,
        inits=dict(inits),
        start=None,
        fixed_coordinates={},
        density=density,
    )


def laplace():
    latent = np.arange(22) > 1
    return Laplace(joint, np.zeros(22), latent, ~latent)


def test_the_scan_starts_within_a_log_unit_of_the_scale():
    mu, log_scale = scanned_start(problem(), laplace())

    # the marginal likelihood of y ~ normal(mu, sqrt(1 + tau^2))
    assert abs(log_scale - np.log(np.sqrt(Y.var() - 1))) < 1
    assert mu == pytest.approx(Y.mean(), abs=1)


def test_what_the_user_sets_is_left_where_it_is():
    mu, log_scale = scanned_start(problem({"mu": 0, "tau": 1}), laplace())

    assert (mu, log_scale) == (0, 0)


def test_the_origin_is_a_start_where_the_density_is_finite_there():
    np.testing.assert_array_equal(start_of(problem(), joint), np.zeros(22))


def test_a_rough_ascent_stays_near_along_coordinates_that_have_an_edge():
    def levelling(psi):
        return float(-np.exp(psi[0]) - psi[1] ** 2), np.array([-np.exp(psi[0]), -2 * psi[1]])

    end = rough_maximum(levelling, np.array([0.0, 30.0]), np.array([True, False]))

    assert end[0] >= -8
    assert end[1] == pytest.approx(0, abs=1e-4)


def test_a_rough_ascent_of_what_is_refused_stays_where_it_is():
    start = np.array([1.0])

    end = rough_maximum(lambda psi: (np.nan, psi), start, np.array([False]))

    np.testing.assert_array_equal(end, start)
