from __future__ import annotations

import inspect
import pickle
import warnings

import pytest

from bayeswrap import arguments, errors

CLASSES = [
    c
    for _, c in inspect.getmembers(errors, inspect.isclass)
    if issubclass(c, errors.BayeswrapError)
]
BUILTIN = {
    "DataError": ValueError,
    "DataFileError": OSError,
    "ProgramError": ValueError,
    "ProgramNotFoundError": FileNotFoundError,
    "ProgramSyntaxError": ValueError,
    "RoleError": ValueError,
    "FormulaError": ValueError,
    "CompilationError": RuntimeError,
    "EngineError": RuntimeError,
    "EngineNotFoundError": FileNotFoundError,
    "EngineBuildError": RuntimeError,
    "EngineRunError": RuntimeError,
    "UnsupportedProgramError": RuntimeError,
    "EngineDisagreementError": RuntimeError,
    "EstimationError": ArithmeticError,
    "EstimandError": ArithmeticError,
    "ConvergenceError": ArithmeticError,
    "AdoptionError": ValueError,
    "ComparisonError": ValueError,
    "OutOfTimeError": TimeoutError,
    "ResultFileError": ValueError,
    "UsageError": ValueError,
    "UnknownNameError": KeyError,
}


def test_a_message_has_its_parts_in_order() -> None:
    error = errors.BayeswrapError("it broke", do="mend it", got="a", expected="b", where="here")
    assert str(error) == "it broke\n  where: here\n  expected: b\n  got: a\n  do: mend it"
    assert (error.what, error.where, error.got, error.expected, error.do) == (
        "it broke",
        "here",
        "a",
        "b",
        "mend it",
    )


def test_parts_that_are_not_given_are_left_out() -> None:
    assert str(errors.BayeswrapError("it broke", got="")) == "it broke"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda c: c.__name__)
def test_every_error_keeps_message_and_parts_through_a_pickle(
    kind: type[errors.BayeswrapError],
) -> None:
    error = kind("it broke", where="here", do="mend it")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert str(again) == str(error) == "it broke\n  where: here\n  do: mend it"
    assert (again.where, again.do, again.got) == ("here", "mend it", None)


@pytest.mark.parametrize(("name", "builtin"), BUILTIN.items())
def test_every_error_is_a_fitting_builtin(name: str, builtin: type[Exception]) -> None:
    with pytest.raises(builtin, match="it broke"):
        raise getattr(errors, name)("it broke")


def test_every_error_is_exported_and_stands_in_the_tree() -> None:
    names = {c.__name__ for c in CLASSES}
    assert names <= set(errors.__all__)
    assert names - {"BayeswrapError"} == set(BUILTIN)
    assert all(name in (errors.__doc__ or "") for name in names)


def test_what_an_estimate_reached_travels_with_the_error() -> None:
    error = errors.ConvergenceError("no maximum")
    assert error.estimate is None
    error.estimate = {"theta": 0.5}
    assert pickle.loads(pickle.dumps(error)).estimate == {"theta": 0.5}


def test_warnings_are_user_warnings() -> None:
    with pytest.warns(UserWarning, match="mind"):
        warnings.warn("mind the step", errors.BayeswrapWarning, stacklevel=1)


def test_one_of_passes_what_is_allowed() -> None:
    arguments.one_of("a", ["a", "b"], "engine")
    with pytest.raises(errors.UsageError) as caught:
        arguments.one_of("c", ["a", "b"], "engine")
    message = str(caught.value)
    assert "engine" in message
    assert "'c'" in message
    assert "one of 'a', 'b'" in message


def test_a_warning_names_the_line_outside_of_the_package() -> None:
    with pytest.warns(errors.BayeswrapWarning) as told:
        errors.warn("careful")
    assert told[0].filename == __file__
