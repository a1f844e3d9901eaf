"""Differences against derivatives in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.numerics.derivatives import (
    central_difference,
    diagonal_scale,
    directional_second_difference,
    hessian_along,
    whiten,
)


def quadratic(matrix):
    return lambda q: (float(-0.5 * q @ matrix @ q), -matrix @ q)


def test_a_central_difference_is_of_fourth_order():
    at, along = np.array([0.3, -0.2]), np.array([1.0, 2.0])

    def function(q):
        return np.exp(q[0] + q[1])

    exact = 3 * np.exp(0.1)
    errors = [abs(central_difference(function, at, along, h) - exact) for h in (0.2, 0.1)]

    # h^4 f^(5) / 30
    assert errors[1] == pytest.approx(0.1**4 * 3**5 * np.exp(0.1) / 30, rel=0.02)
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.05)


def test_the_usual_step_leaves_twelve_digits():
    slope = central_difference(np.sin, np.array([0.7]), np.ones(1))

    np.testing.assert_allclose(slope, np.cos(0.7), rtol=1e-12)


def test_an_array_is_differenced_in_its_own_shape():
    slope = central_difference(lambda q: np.outer(q, q), np.array([1.0, 2.0]), np.array([1.0, 0]))

    np.testing.assert_allclose(slope, [[2, 2], [2, 0]], atol=1e-11)


def test_a_second_difference_takes_off_what_values_share():
    def function(q):
        return 1e6 + np.exp(q)

    at = np.array([0.5])

    second = directional_second_difference(function, at, np.array([3.0]), function(at), 1e-2)

    np.testing.assert_allclose(second, 9 * np.exp(0.5), rtol=2e-5)


def test_a_diagonal_scale_is_the_standard_error_of_each_coordinate():
    function = quadratic(np.diag([1e-8, 4.0, 1e10]))

    scale = diagonal_scale(function, np.zeros(3), np.zeros(3))

    np.testing.assert_allclose(scale, [1e4, 0.5, 1e-5], rtol=1e-6)


def test_a_coordinate_without_curvature_or_room_keeps_the_scale_1():
    def narrow(q):
        inside = abs(q[0]) < 1e-9
        return (0.0 if inside else -np.inf), np.array([0.0 if inside else np.nan, 3.0])

    np.testing.assert_array_equal(diagonal_scale(narrow, np.zeros(2), np.array([0.0, 3.0])), 1)


def test_the_root_gives_the_covariance():
    matrix = np.array([[2.0, 0.5], [0.5, 1.0]])

    root = whiten(quadratic(matrix), np.zeros(2), np.eye(2))

    np.testing.assert_allclose(root @ root.T, np.linalg.inv(matrix), rtol=1e-10)


def test_the_root_at_a_saddle_takes_absolute_eigenvalues():
    root = whiten(quadratic(np.diag([4.0, -9.0])), np.zeros(2), np.eye(2))

    np.testing.assert_allclose(root @ root.T, np.diag([1 / 4, 1 / 9]), atol=1e-10)


def test_hessian_of_a_gaussian_in_closed_form():
    y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])

    def function(q):
        scaled = (y - q[0]) * np.exp(-q[1])
        gradient = np.array([scaled.sum() * np.exp(-q[1]), (scaled**2).sum() - y.size])
        return float(-0.5 * scaled @ scaled - y.size * q[1]), gradient

    at = np.array([y.mean(), np.log(y.std())])
    exact = -np.diag([y.size / y.var(), 2 * y.size])
    scale = np.diag(1 / np.sqrt(-np.diag(exact)))

    np.testing.assert_allclose(hessian_along(function, at, scale), -np.eye(2), atol=1e-8)


def test_a_column_that_leaves_the_support_is_differenced_with_smaller_steps():
    def function(q):
        if not 0 < q[0] < 2:
            return -np.inf, np.array([np.nan])
        return float(np.log(q[0]) - q[0]), 1 / q - 1

    # a first step of 1e-3 columns goes beyond 2
    np.testing.assert_allclose(
        hessian_along(function, np.ones(1), np.array([[2e3]])), -4e6, rtol=1e-3
    )


def test_curvature_that_overflows_is_none():
    def function(q):
        return 0.0, np.full(2, 1e300) * q

    with np.errstate(over="ignore", invalid="ignore"):
        hessian = hessian_along(function, np.zeros(2), 1e200 * np.eye(2))

    assert np.isfinite(np.linalg.eigvalsh(hessian)).all()
