"""A program with its score: the order of observations, large k-hats, outcomes."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.errors import ComparisonError
from bayeswrap.estimates.pointwise.log_likelihood import DERIVED, PointwiseLogLikelihood
from bayeswrap.model_comparison import scores
from bayeswrap.model_comparison.scores import Scored
from bayeswrap.program.roles.role import Role


def pointwise(names):
    values = np.arange(6.0).reshape(1, 2, 3)
    return PointwiseLogLikelihood(values=values, names=names, lines=(4, 5, 6), source=DERIVED)


def test_the_same_observations_are_put_in_one_order():
    ordered = scores._in_order(pointwise(("c", "a", "b")), ("a", "b", "c"))

    assert ordered.names == ("a", "b", "c")
    assert ordered.lines == (5, 6, 4)
    np.testing.assert_array_equal(ordered.values, [[[1, 2, 0], [4, 5, 3]]])


@pytest.mark.parametrize("order", [(), ("a", "b", "c"), ("a", "b", "d")])
def test_other_observations_keep_their_order(order):
    own = pointwise(("a", "b", "c"))

    assert scores._in_order(own, order) is own


def test_a_k_hat_that_is_not_a_number_counts_as_large():
    elpd = SimpleNamespace(pareto_k=np.array([0.1, 0.7, 0.71, np.nan]), good_k=0.7, n_data_points=4)
    scored = Scored(name="m", elpd=elpd, observed=(), outcome=None, doubtful=True, notes=())

    assert scored.bad_k == 2
    assert scores._bad_k(elpd)[0].startswith("Pareto k-hat is above 0.70 for 2 of 4 observations")


def test_no_large_k_hat_is_no_doubt():
    elpd = SimpleNamespace(pareto_k=np.array([0.1]), good_k=0.7, n_data_points=1)

    assert scores._bad_k(elpd) == ()


def program(*observed):
    statements = [SimpleNamespace(data=frozenset(names)) for names in observed]
    return SimpleNamespace(of_role=lambda role: statements if role is Role.LIKELIHOOD else [])


def test_the_outcome_is_what_the_likelihood_observes_in_any_order():
    data = SimpleNamespace(values={"y": [3.0, 1.0], "z": np.array([[2.0]]), "N": 2})

    np.testing.assert_array_equal(scores._outcome(program({"y"}, {"z"}), data), [1, 2, 3])


@pytest.mark.parametrize("observed", [[], [{"log_y"}]])
def test_an_outcome_that_the_program_computes_is_unknown(observed):
    assert scores._outcome(program(*observed), SimpleNamespace(values={"y": [1.0]})) is None


def test_what_is_no_posterior_is_refused(made):
    for entry in (made.mle({"a": 1.0}), made.posterior({"a": 0.0}, of_prior=True), 3):
        with pytest.raises(ComparisonError, match="not draws of a posterior"):
            Scored.of("m", entry, ())


def test_draws_from_a_file_are_passed_with_their_model(made):
    with pytest.raises(ComparisonError, match="with their model"):
        Scored.of("m", made.posterior({"a": 0.0}), ())
