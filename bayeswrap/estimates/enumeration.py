"""`Enumeration`: estimates of a discrete parameter by trying all of its values."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from bayeswrap.engine.density import stan_spelling
from bayeswrap.errors import EstimandError
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.markup import block, brief, sentences, table

if TYPE_CHECKING:
    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.record import RunRecord

__all__ = [
    "Enumeration",
    "enumerate_values",
]


def enumerate_values(
    problem: Problem, log_likelihood: str, log_prior: str, prior: str
) -> Enumeration:
    """Evaluate all values of a discrete parameter.

    Parameters
    ----------
    problem : Problem
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
    program = problem.program
    if program.variables_in("parameters"):
        raise EstimandError(
            f"program {program.name!r} has continuous parameters: nothing to enumerate",
            do="use mle(), map() or sample()",
        )
    started = time.perf_counter()
    generated, output = _generated(problem)
    if log_likelihood not in generated:
        raise _missing(program.name, log_likelihood, prior, list(generated))
    if log_prior in generated:
        weights = generated[log_prior]
    elif prior in problem.data.values:  # noqa: PD011 - a dict, not a data frame
        with np.errstate(divide="ignore"):
            weights = np.log(problem.data.values[prior])  # noqa: PD011 - a dict
    else:
        raise _missing(program.name, log_likelihood, prior, list(generated))
    return Enumeration(
        log_likelihood=generated[log_likelihood].ravel(),
        log_prior=np.asarray(weights, dtype=float).ravel(),
        record=problem.record("enumerate", {"log_likelihood": log_likelihood}, output, started),
    )


def _generated(problem: Problem) -> tuple[dict[str, np.ndarray], CmdStanOutput | None]:
    """Run the program once and return its generated quantities."""
    if problem.executable is None:
        density = problem.density.transforms
        names = density.names(derived=True)
        values, output = density.constrain(np.zeros(0), derived=True), None
    else:
        run = problem.executable.sample(
            problem.stan_data,
            seed=problem.seed,
            options={"fixed_param": True, "chains": 1, "iter_sampling": 1},
        )
        names = tuple(stan_spelling(n) for n in run.names)
        values, output = run.draws[0, 0], run.output
    return Layout.of(problem.program, names).split(values), output


def _missing(name: str, log_likelihood: str, prior: str, names: list[str]) -> EstimandError:
    return EstimandError(
        f"program {name!r} does not list the values of a discrete parameter",
        got="generated quantities " + (", ".join(names) or "none"),
        expected=f"{log_likelihood}[k] in generated quantities, and log_prior[k] there or "
        f"{prior}[k] in the data",
        do="compute them in a loop over the values k; see the six_valued program of the library",
    )


_TIE = 1e-9  # nats: values whose log densities agree to rounding are ties


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enumeration:
    """A parameter with finitely many values, tried one by one.

    Attributes
    ----------
    log_likelihood : (K,) array
        Log likelihood of each value, nats.
    log_prior : (K,) array
        Log prior probability of each value, nats.
    record : RunRecord
        What it was made from.
    """

    log_likelihood: np.ndarray
    log_prior: np.ndarray
    record: RunRecord

    @property
    def values(self) -> np.ndarray:
        """The values 1, ..., K, as the program indexes them."""
        return np.arange(1, self.log_likelihood.size + 1)

    @property
    def posterior(self) -> np.ndarray:
        """Posterior probability of each value."""
        joint = self.log_likelihood + self.log_prior
        return np.asarray(np.exp(joint - logsumexp(joint)))

    @property
    def log_marginal_likelihood(self) -> float:
        """Log of the likelihood averaged over the prior, nats."""
        total = logsumexp(self.log_likelihood + self.log_prior)
        return float(total - logsumexp(self.log_prior))

    @property
    def mle(self) -> frozenset[int]:
        """All values of maximal likelihood: several may tie."""
        return _argmax(self.values, self.log_likelihood)

    @property
    def map(self) -> frozenset[int]:
        """All values of maximal posterior probability: several may tie."""
        return _argmax(self.values, self.log_likelihood + self.log_prior)

    @property
    def posterior_mean(self) -> float:
        """Posterior mean of the value's index."""
        return float(self.values @ self.posterior)

    @property
    def posterior_sd(self) -> float:
        """Posterior standard deviation of the value's index."""
        return float(np.sqrt((self.values - self.posterior_mean) ** 2 @ self.posterior))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a value: log likelihood, prior and posterior probability, MLE, MAP."""
        return pd.DataFrame(
            {
                "log_likelihood": self.log_likelihood,
                "prior": np.exp(self.log_prior - logsumexp(self.log_prior)),
                "posterior": self.posterior,
                "mle": [int(v) in self.mle for v in self.values],
                "map": [int(v) in self.map for v in self.values],
            },
            index=pd.Index(self.values, name="value"),
        )

    def __str__(self) -> str:
        def listed(values: frozenset[int]) -> str:
            return ", ".join(map(str, sorted(values)))

        same = "the same" if self.mle == self.map else "not the same: the prior decides"
        table = self.to_frame().to_string(float_format=lambda x: f"{x:.6g}")
        return (
            f"{table}\nMLE {listed(self.mle)}, MAP {listed(self.map)} ({same}). "
            "A discrete parameter has no Jacobian: its MAP has no scale."
        )

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        conclusion = str(self).rpartition("\n")[2]
        return block(
            "Values of a discrete parameter", table(self.to_frame()), sentences([conclusion])
        )


def _argmax(values: np.ndarray, score: np.ndarray) -> frozenset[int]:
    best = score.max()
    return frozenset(int(v) for v in values[score >= best - _TIE * max(1.0, abs(best))])
