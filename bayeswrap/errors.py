"""The error tree: every exception and warning of bayeswrap, by stage.

::

    BayeswrapError
    ├── DataError (ValueError)           a value that the program cannot take
    │   └── DataFileError (OSError)      a data file that cannot be read
    ├── ProgramError (ValueError)        the Stan program itself
    │   ├── ProgramNotFoundError (FileNotFoundError)
    │   ├── ProgramSyntaxError           stanc refuses it
    │   ├── RoleError                    a statement that is neither prior nor likelihood for sure
    │   └── CompilationError (RuntimeError)
    ├── EngineError (RuntimeError)       Stan itself
    │   ├── EngineNotFoundError (FileNotFoundError)
    │   ├── EngineBuildError             the assembly of a CmdStan home failed
    │   ├── UnsupportedProgramError      the in-process density cannot take the program
    │   ├── EngineRunError               a run ended with an error
    │   └── EngineDisagreementError      two evaluations of one density differ
    ├── EstimationError (ArithmeticError)
    │   ├── EstimandError                the estimate asked for is not defined for this program
    │   └── ConvergenceError             no verified optimum; carries the estimate
    ├── AdoptionError (ValueError)       a fit made elsewhere that is not one of this model
    ├── ComparisonError (ValueError)     results that cannot stand side by side
    ├── OutOfTimeError (TimeoutError)    the seconds allowed for a piece of work are spent
    ├── ResultFileError (ValueError)     a saved result that cannot be read
    └── UsageError (ValueError)          a wrong argument
        ├── FormulaError                 a regression formula that cannot be read
        └── UnknownNameError (KeyError)  a variable or entry that does not exist
    BayeswrapWarning (UserWarning)
"""

from __future__ import annotations

import sys
import warnings

__all__ = [
    "AdoptionError",
    "BayeswrapError",
    "BayeswrapWarning",
    "ComparisonError",
    "CompilationError",
    "ConvergenceError",
    "DataError",
    "DataFileError",
    "EngineBuildError",
    "EngineDisagreementError",
    "EngineError",
    "EngineNotFoundError",
    "EngineRunError",
    "EstimandError",
    "EstimationError",
    "FormulaError",
    "OutOfTimeError",
    "ProgramError",
    "ProgramNotFoundError",
    "ProgramSyntaxError",
    "ResultFileError",
    "RoleError",
    "UnknownNameError",
    "UnsupportedProgramError",
    "UsageError",
    "warn",
]

_PACKAGE = "bayeswrap."


class BayeswrapError(Exception):
    """Base of all errors.

    Parameters
    ----------
    what : str
        One sentence: what is wrong.
    where : str, optional
        The variable, file and line, or command concerned.
    got, expected : str, optional
        What was found and what is needed.
    do : str, optional
        What to do next.

    Examples
    --------
    >>> print(BayeswrapError("the file is empty", where="wells.csv", do="check the path"))
    the file is empty
      where: wells.csv
      do: check the path
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        got: str | None = None,
        expected: str | None = None,
        do: str | None = None,
    ) -> None:
        self.what, self.where, self.got, self.expected, self.do = what, where, got, expected, do
        parts = {"where": where, "expected": expected, "got": got, "do": do}
        lines = [f"  {label}: {text}" for label, text in parts.items() if text]
        super().__init__("\n".join([what, *lines]))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by state: the keyword-only arguments would be lost by the default."""
        return (_rebuild, (type(self), self.args), self.__dict__)


def _rebuild(cls: type[BayeswrapError], args: tuple[object, ...]) -> BayeswrapError:
    error = cls("")  # by way of the type: the __new__ of two builtin bases is not theirs to call
    error.args = args
    return error


class DataError(BayeswrapError, ValueError):
    """A data variable is missing, misnamed, of a wrong shape or type, or out of bounds."""


class DataFileError(DataError, OSError):
    """A data file does not exist or cannot be read."""

    __str__ = Exception.__str__


class ProgramError(BayeswrapError, ValueError):
    """The Stan program cannot be used as it is."""


class ProgramNotFoundError(ProgramError, FileNotFoundError):
    """The program's file does not exist."""

    __str__ = Exception.__str__


class ProgramSyntaxError(ProgramError):
    """stanc refuses the program; its own message is quoted."""


class RoleError(ProgramError):
    """A statement's role (prior, population, likelihood) is not determined, or is set wrongly."""


class CompilationError(ProgramError, RuntimeError):
    """The C++ compiler or the linker failed on a program that stanc accepts."""


class EngineError(BayeswrapError, RuntimeError):
    """Stan itself is missing, could not be built, or failed."""


class EngineNotFoundError(EngineError, FileNotFoundError):
    """No usable CmdStan home on this machine."""

    __str__ = Exception.__str__


class EngineBuildError(EngineError):
    """The assembly of a CmdStan home failed; nothing half-made is left."""


class UnsupportedProgramError(EngineError):
    """The in-process density has no support for a feature of the program; CmdStan may have."""


class EngineRunError(EngineError):
    """A run of the compiled program ended with an error."""


class EngineDisagreementError(EngineError):
    """The in-process density and the compiled program give different numbers."""


class EstimationError(BayeswrapError, ArithmeticError):
    """An estimate could not be computed."""


class EstimandError(EstimationError):
    """The estimate asked for is not defined for this program."""


class ConvergenceError(EstimationError):
    """No verified optimum was reached.

    Attributes
    ----------
    estimate : object
        The point reached, with its status; what was computed is not lost.
    """

    estimate: object = None


class AdoptionError(BayeswrapError, ValueError):
    """A fit made elsewhere cannot be read, or is one of another program or of other data."""


class ComparisonError(BayeswrapError, ValueError):
    """Results of different programs or data cannot stand side by side."""


class OutOfTimeError(BayeswrapError, TimeoutError):
    """The seconds that a piece of work was allowed are spent."""

    __str__ = Exception.__str__


class ResultFileError(BayeswrapError, ValueError):
    """A saved result cannot be read."""


class UsageError(BayeswrapError, ValueError):
    """An argument is not one of those that are understood."""


class FormulaError(UsageError):
    """A regression formula that cannot be read, or does not fit the data frame."""


def warn(message: str) -> None:
    """Warn with the place of the user's own line, the first one outside of this package."""
    depth, frame = 2, sys._getframe(1)  # noqa: SLF001 - the public name of the running frame
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        depth, frame = depth + 1, frame.f_back
    warnings.warn(message, BayeswrapWarning, stacklevel=depth)


class UnknownNameError(UsageError, KeyError):
    """A variable, parameter or library entry that does not exist."""

    __str__ = Exception.__str__


class BayeswrapWarning(UserWarning):
    """Something the user should know that does not stop the work."""
