"""The in-process log density: stanli through BridgeStan's interface, imported here alone.

stanli evaluates with the Jacobian and without the constants that ``~`` drops. The program whose
parts are all off is the log Jacobian alone, so what is asked for is got by subtraction, exactly.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import bridgestan
import numpy as np

from bayeswrap.budget import checkpoint
from bayeswrap.engine.console import engine_prints_to_stderr
from bayeswrap.engine.data_text import DataText, encoded
from bayeswrap.engine.density import names_by_position, stan_spelling
from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.engine.native_model import NativeModel, library_of
from bayeswrap.engine.run_files import json_values
from bayeswrap.errors import DataError, EngineError, UnsupportedProgramError

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Mapping, Sequence

__all__ = [
    "InProcessDensity",
    "Remainder",
    "sample_in_process",
    "translate",
]


_PAIRS = re.compile(r"dims declared=\(([\d,]*)\); dims found=\((?:\1,)?2\)")
_STEP = 1e-3  # of a difference, relative: its error is 1e-13 of the fifth derivative


class Remainder(Protocol):
    """Computes scalars of a program where one of its generated quantities fails."""

    def constrain(self, q: np.ndarray, names: Sequence[str], seed: int = 1) -> np.ndarray:
        """Map a position to named scalars; NaN for what cannot be computed there."""


@dataclass(slots=True)
class InProcessDensity:
    """One program on one data set, evaluated by stanli.

    The data are read once for the evaluations, and once more where transforms are asked for.

    Parameters
    ----------
    mir : str
        The program as `translate` returns it.
    data : str or DataText
        JSON of its data.
    name : str
        Model name for messages.
    remainder : Remainder, optional
        What can still be computed where a generated quantity fails; without it that is an error.
    by_differences : bool, optional
        Whether slopes that are not a number, where the density is finite, are taken by differences.
    transforms_alone : bool, optional
        Whether nothing is read for evaluations before one is made.
    array_ranks : mapping of str to int, optional
        How many indices choose an element of an array, by parameter.
    """

    mir: str
    data: str | DataText
    name: str
    remainder: Remainder | None = None
    by_differences: bool = False
    transforms_alone: bool = False
    array_ranks: Mapping[str, int] = field(default_factory=dict)
    evaluations: int = field(default=0, init=False)
    _native: NativeModel | None = field(default=None, init=False, repr=False)
    _bridge: bridgestan.StanModel | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.transforms_alone:
            _ = self._evaluator

    @property
    def _evaluator(self) -> NativeModel:
        if self._native is None:
            try:
                data = encoded(self.data)
                with engine_prints_to_stderr():
                    self._native = NativeModel(_library(), self.mir.encode(), data)
            except RuntimeError as error:
                raise _build_error(str(error), self.name) from error
        return self._native

    @property
    def _model(self) -> bridgestan.StanModel:
        if self._bridge is None:
            try:
                self._bridge = _bridge_model(self.mir, self.data, self.name)
            except RuntimeError as error:
                raise _build_error(str(error), self.name) from error
        return self._bridge

    @property
    def dimension(self) -> int:
        """Number of unconstrained coordinates."""
        if self._native is not None:
            return self._native.dimension
        return int(self._model.param_unc_num())

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the unconstrained coordinates, ``beta[1]``."""
        names = [stan_spelling(n) for n in self._model.param_unc_names() if n]
        return names_by_position(names, self.array_ranks)

    def names(self, *, derived: bool = False) -> tuple[str, ...]:
        """Names of the declared scalars, in Stan's spelling and CSV order."""
        dotted = self._model.param_names(include_tp=derived, include_gq=derived)
        return tuple(stan_spelling(n) for n in dotted if n)  # of no names it makes an empty one

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return log density with Jacobian (nats) and its gradient; -inf outside the support."""
        checkpoint()
        self.evaluations += 1
        found = self._evaluator.evaluate(q)
        if found is None:
            # Stan refuses the point (a scale of 0, a matrix that is not positive definite):
            # for an optimizer that is a place with no density
            return -np.inf, np.full(np.size(q), np.nan)
        value, slopes = found
        if self.by_differences and np.isfinite(value):
            for i in np.flatnonzero(np.isnan(slopes)):
                slopes[i] = self._slope(np.asarray(q, dtype=np.float64), int(i))
        return value, slopes

    def _slope(self, q: np.ndarray, i: int) -> float:
        """Return one partial derivative by central differences of order 4; NaN on an edge."""
        step = np.zeros(q.size)
        step[i] = _STEP * max(1.0, abs(q[i]))
        near = self.value(q + step) - self.value(q - step)
        far = self.value(q + 2 * step) - self.value(q - 2 * step)
        slope = (8 * near - far) / (12 * step[i])
        return float(slope) if np.isfinite(slope) else np.nan

    def refusal(self, q: np.ndarray) -> str:
        """Return in Stan's words why it does not evaluate a position; empty where it does."""
        try:
            self._model.log_density_gradient(np.asarray(q, dtype=np.float64))
        except RuntimeError as error:
            return " ".join(str(error).split())
        return ""

    def value(self, q: np.ndarray) -> float:
        """Return log density with Jacobian (nats) alone; -inf outside the support."""
        checkpoint()
        found = self._evaluator.evaluate(q)
        return found[0] if found else -np.inf

    def constrain(self, q: np.ndarray, *, derived: bool = False, seed: int = 1) -> np.ndarray:
        """Map a position to the declared scalars (and derived quantities on request).

        With a `remainder`, generated quantities that cannot be computed there are NaN.

        Raises
        ------
        EngineError
            A transformed parameter or generated quantity cannot be computed there.
        """
        checkpoint()
        rng = self._model.new_rng(seed) if derived else None
        try:
            values = self._model.param_constrain(
                np.asarray(q, dtype=np.float64), include_tp=derived, include_gq=derived, rng=rng
            )
        except RuntimeError as error:
            if self.remainder is not None:
                # stanli computes all generated quantities, asked for or not
                return self.remainder.constrain(q, self.names(derived=derived), seed)
            raise EngineError(
                "the program cannot compute its derived quantities at this point",
                where=self.name,
                got=str(error),
                do="check transformed parameters and generated quantities",
            ) from error
        return np.array(values)

    def unconstrain(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Map parameter values by variable name to a position.

        Raises
        ------
        DataError
            A value is missing, or outside the declared support.
        """
        try:
            return np.array(self._model.param_unconstrain_json(json.dumps(json_values(values))))
        except RuntimeError as error:
            raise DataError(
                "these parameter values do not fit the program",
                where=self.name,
                got=str(error).strip(),
                expected="every declared parameter at its shape, inside its bounds",
                do="correct the values",
            ) from error

    def unconstrain_scalars(self, values: np.ndarray) -> np.ndarray:
        """Map declared scalars, in the order of `names`, to a position; NaN where Stan refuses."""
        try:
            return np.array(
                self._model.param_unconstrain(np.ascontiguousarray(values, dtype=float))
            )
        except RuntimeError:
            return np.full(self.dimension, np.nan)


@functools.lru_cache(maxsize=128)
def translate(code: str, name: str) -> str:
    """Translate a Stan program once, for any number of `InProcessDensity` objects.

    Raises
    ------
    EngineError
        stanli does not support a feature of the program.
    """
    # stanli takes 0.3 s to import: only fits pay for it
    import stanli  # noqa: PLC0415 - see above

    try:
        with engine_prints_to_stderr():
            return str(stanli.stan_to_mir(code))
    except RuntimeError as error:
        raise UnsupportedProgramError(
            "the in-process density cannot take this program",
            where=name,
            got=str(error).strip(),
            do="estimates with curvature need it; sampling by cmdstanpy does not",
        ) from error


def _library_path() -> Path:
    import stanli  # noqa: PLC0415 - see translate

    names = {"darwin": "libstanli.dylib", "linux": "libstanli.so"}
    return Path(stanli.__file__).parent / "_bin" / names.get(sys.platform, "stanli.dll")


@functools.cache
def _library() -> ctypes.CDLL:
    return library_of(str(_library_path()))


def _bridge_model(mir: str, data: str | DataText, name: str) -> bridgestan.StanModel:
    """Return the program with BridgeStan's interface.

    ``stanli.bridgestan_model`` puts the same entry into the data, but reads and writes them in
    Python first.
    """
    import stanli  # noqa: PLC0415 - see translate

    program = {"build_id": stanli.build_id(), "mir": mir, "name": name}
    head, body = json.dumps({"__stanli": program})[:-1], encoded(data).decode()
    inside = body.lstrip()[1:]
    separator = "" if inside.lstrip().startswith("}") else ","
    with engine_prints_to_stderr():
        model = bridgestan.StanModel(
            str(_library_path()), head + separator + inside, warn=False, capture_stan_prints=False
        )
    model.data = ""  # it keeps the text, which is large
    return model


def _build_error(message: str, name: str) -> DataError | EngineError:
    text = message.replace("ERROR: Pipe to stdout was broken", "").strip()
    own_limit = text.startswith(("mir:", "stanli compile:"))
    # shapes are right by now: a dimension too many is that of the pairs of complex numbers
    is_complex = bool(_PAIRS.search(text))
    if is_complex:
        text = "data of complex numbers"
    if own_limit or is_complex or "nsupported" in text or "not support" in text:
        return UnsupportedProgramError(
            "the in-process density cannot take this program",
            where=name,
            got=text,
            do="simplify the feature that is named; sample() with CmdStan may take it as it is",
        )
    return DataError(
        "Stan refuses the data",
        where=name,
        got=text,
        do="compare the data with the program's data and transformed data blocks",
    )


def sample_in_process(
    mir: str,
    data: str | DataText,
    *,
    seed: int,
    inits: np.ndarray | None,
    options: Mapping[str, object],
) -> DrawsTable:
    """Run stanli's NUTS.

    Parameters
    ----------
    mir : str
        The program as `translate` returns it.
    data : str or DataText
        JSON of its data.
    seed : int
        Stan's seed.
    inits : (dimension,) array or None
        Unconstrained starting point for all chains.
    options : mapping
        Further arguments of ``stanli.Model.sample``.

    Raises
    ------
    EngineError
        stanli could not sample.
    """
    import stanli  # noqa: PLC0415 - see translate

    try:
        with engine_prints_to_stderr():
            model = stanli.Model(mir=mir, data=encoded(data).decode())
            fit = model.sample(seed=seed, inits=inits, refresh=0, **options)
    except RuntimeError as error:
        raise EngineError(
            "stanli could not sample",
            got=str(error).strip(),
            do="pass inits=, or use the compiled engine",
        ) from error
    return DrawsTable(
        names=tuple(stan_spelling(name) for name in fit.names),
        draws=np.asarray(fit.draws()),
        method_names=tuple(stanli.SAMPLER_COLUMNS),
        method_draws=np.asarray(fit.sampler_stats),
    )
