"""A program bound to data: made once, lazily, and pickled without what was built."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EngineDisagreementError, UnknownNameError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.model import bound_model
from bayeswrap.model.bound_model import AgreementCheck, BoundModel
from bayeswrap.program.weights.part_weights import PartWeights

COIN = bw.Program.from_string(
    "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    "model { p ~ beta(2, 3); y ~ binomial(n, p); }",
    name="coin",
)


@pytest.fixture
def coin():
    return BoundModel.of(COIN, {"n": 10, "y": 7}, engine="stanli")


def test_it_is_frozen(coin):
    with pytest.raises(FrozenInstanceError):
        coin.engine = "auto"


def test_what_is_no_program():
    with pytest.raises(UsageError, match="not a program"):
        BoundModel.of(3)


def test_the_weighted_program_is_compared_with_the_users_own_once(coin, monkeypatch):
    calls = []
    monkeypatch.setattr(bound_model, "require_sound_weights", lambda *_: calls.append(1))

    assert coin.density is coin.density
    assert coin.warnings == ()
    assert calls == [1]


def test_weighted_models_share_what_was_built():
    model = bw.Model(COIN, {"n": 10, "y": 7}, engine="stanli")

    half = model.weighted(prior=0.5)

    assert half.density is model.density
    assert (half.weights.prior, model.weights.prior) == (0.5, 1.0)
    # beta(1 + 0.5, 1 + 0.5 * 2) times the likelihood
    assert half.map(seed=1)["p"] == pytest.approx(7.5 / 11.5, rel=1e-10)


def test_a_pickle_holds_the_fields_alone(coin):
    assert coin.density.transforms.dimension == 1

    again = pickle.loads(pickle.dumps(coin))

    fields = {"program", "data", "engine", "source", "elements", "replicate"}
    assert set(vars(again)) == fields
    assert again.density.transforms.dimension == 1


def test_a_problem_carries_estimand_start_and_seed(coin):
    weights = PartWeights(prior=0)
    problem = coin.problem(Estimator.MLE, None, weights, seed=5, start=np.array([0.1]))

    assert (problem.estimator, problem.scale, problem.weights) == (Estimator.MLE, None, weights)
    assert problem.seed == 5
    assert problem.engine == "evaluated by stanli, in process"
    assert problem.has_start
    assert not problem.inits


def test_a_seed_is_drawn_where_none_is_given(coin):
    assert coin.problem().seed != coin.problem().seed


def test_a_seed_that_stan_does_not_take_is_refused(coin):
    with pytest.raises(UsageError, match="seed"):
        coin.problem(seed=-1)


def test_nothing_is_compiled_for_a_fit_made_elsewhere(monkeypatch):
    monkeypatch.setattr(bound_model, "compile_program", lambda *_, **__: pytest.fail("compiled"))
    bound = BoundModel.of(COIN, {"n": 10, "y": 7})

    problem = bound.problem(Estimator.MAP, Scale.CONSTRAINED, seed=1, made_by="CmdStan 2.35")

    assert (problem.executable, problem.engine) == (None, "CmdStan 2.35")


def test_names_of_initial_values_are_checked(coin):
    with pytest.raises(UnknownNameError, match="no parameter 'q'"):
        coin.problem(inits={"q": 0.5})


def test_engines_are_compared_until_they_agree(coin, monkeypatch):
    answers = [EngineDisagreementError("apart", do="report it"), None]
    calls = []

    def compare(problem, q):
        calls.append(q)
        answer = answers[len(calls) - 1]
        if answer is not None:
            raise answer

    monkeypatch.setattr(bound_model, "require_agreement", compare)
    check = AgreementCheck()
    in_process, compiled = coin.problem(seed=1), coin.problem(seed=1)
    object.__setattr__(compiled, "executable", object())

    check.require(in_process, np.zeros(1))
    assert not calls
    with pytest.raises(EngineDisagreementError):
        check.require(compiled, np.zeros(1))
    check.require(compiled, np.ones(1))
    check.require(compiled, np.ones(1))
    assert len(calls) == 2
