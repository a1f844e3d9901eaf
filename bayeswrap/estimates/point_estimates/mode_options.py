"""`ModeOptions`: how a mode is sought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

__all__ = [
    "MODE_SEED",
    "ModeOptions",
]

MODE_SEED = 1  # a mode is no draw: without a seed it is the same each time


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeOptions:
    """Options of a search for a mode.

    Parameters
    ----------
    inits : mapping, optional
        Initial values by variable; may be partial.
    start : (dimension,) array, optional
        An unconstrained position to start from, in place of `inits`.
    marginal : bool, str or sequence of str
        Latent variables that are integrated out: all that the program shows (True), or the ones
        that are named.
    quadrature : int, optional
        Nodes of a quadrature in each group, in place of the Laplace approximation.
    starts : int, optional
        Starts of a search in this process; None for a single start.
    stan_first : bool
        With `starts`: whether Stan's optimizer also seeks from one start, and the higher mode is
        taken.
    fixed : mapping, optional
        Parameters that are held, by scalar or by variable.
    joint : bool
        Whether an MLE maximises over latent effects as well.
    require_converged : bool
        Whether to raise where there is no verified maximum.
    seed : int, optional
        Stan's seed.
    show_progress : bool, optional
        Whether to show a bar; None shows it when a person watches.

    Raises
    ------
    UsageError
        Options that exclude each other, or no number of starts.
    """

    inits: Mapping[str, Any] | None = None
    start: np.ndarray | None = None
    marginal: bool | str | Sequence[str] = False
    quadrature: int | None = None
    starts: int | None = None
    stan_first: bool = False
    fixed: Mapping[str, Any] | None = None
    joint: bool = False
    require_converged: bool = True
    seed: int | None = None
    show_progress: bool | None = None

    def __post_init__(self) -> None:
        if self.marginal:
            self._check_marginal()
            return
        if self.quadrature is not None:
            raise UsageError(
                "quadrature= sets how effects are integrated out, and none are",
                do="pass marginal=True as well",
            )
        if self.starts is not None and (isinstance(self.starts, bool) or self.starts < 1):
            raise UsageError(
                "not a number of starts",
                where="starts=",
                got=repr(self.starts),
                expected="a whole number of at least 1, such as 50",
                do="leave starts= out for a single start",
            )

    def _check_marginal(self) -> None:
        if self.starts or self.fixed:
            raise UsageError(
                "marginal= has a search of its own",
                got="starts= or fixed= as well",
                do="leave one of them out",
            )
        if self.joint:
            raise UsageError(
                "marginal= integrates the effects out, joint=True maximises them",
                got="both",
                do="leave one of them out",
            )
