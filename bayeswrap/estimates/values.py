"""Enumeration of a discrete parameter: the program lists its values, Stan evaluates them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.density import stan_spelling
from bayeswrap.errors import EstimandError
from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.estimates.layout import Layout

if TYPE_CHECKING:
    from bayeswrap.engine.output import CmdStanOutput
    from bayeswrap.estimates.request import Request

__all__ = ["enumerate_values"]


def enumerate_values(
    request: Request, log_likelihood: str, log_prior: str, prior: str
) -> Enumeration:
    """Evaluate all values of a discrete parameter.

    Parameters
    ----------
    request : Request
        Program, data and engine.
    log_likelihood, log_prior : str
        Generated quantities, one entry a value.
    prior : str
        Data variable with prior probabilities, where there is no such `log_prior`.

    Raises
    ------
    EstimandError
        The program has continuous parameters, or no such quantities.
    """
    program = request.program
    if program.variables_in("parameters"):
        raise EstimandError(
            f"program {program.name!r} has continuous parameters: nothing to enumerate",
            do="use mle(), map() or sample()",
        )
    started = time.perf_counter()
    found, output = _generated(request)
    if log_likelihood not in found:
        raise _missing(program.name, log_likelihood, prior, list(found))
    if log_prior in found:
        weights = found[log_prior]
    elif prior in request.data.values:
        with np.errstate(divide="ignore"):
            weights = np.log(request.data.values[prior])
    else:
        raise _missing(program.name, log_likelihood, prior, list(found))
    return Enumeration(
        log_likelihood=found[log_likelihood].ravel(),
        log_prior=np.asarray(weights, dtype=float).ravel(),
        record=request.record("enumerate", {"log_likelihood": log_likelihood}, output, started),
    )


def _generated(request: Request) -> tuple[dict[str, np.ndarray], CmdStanOutput | None]:
    """Run the program once and return its generated quantities."""
    if request.executable is None:
        density = request.density.transforms
        names = density.names(derived=True)
        values, output = density.constrain(np.zeros(0), derived=True), None
    else:
        run = request.executable.sample(
            request.stan_data,
            seed=request.seed,
            options={"fixed_param": True, "chains": 1, "iter_sampling": 1},
        )
        names = tuple(stan_spelling(n) for n in run.names)
        values, output = run.draws[0, 0], run.output
    return Layout.of(request.program, names).by_variable(values), output


def _missing(name: str, log_likelihood: str, prior: str, found: list[str]) -> EstimandError:
    return EstimandError(
        f"program {name!r} does not list the values of a discrete parameter",
        got="generated quantities " + (", ".join(found) or "none"),
        expected=f"{log_likelihood}[k] in generated quantities, and log_prior[k] there or "
        f"{prior}[k] in the data",
        do="compute them in a loop over the values k; see the six_valued program of the library",
    )
