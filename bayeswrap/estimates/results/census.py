"""`Census`: the modes that many starts reached, and the ends that are no mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.estimates.results.status import Status
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.thresholds import EQUAL_HEIGHT, RARELY_REACHED

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Basin",
    "Census",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basin:
    """One mode, or all ends of one kind that are no mode.

    Attributes
    ----------
    status : Status
        How the search ended there.
    log_density : float
        Nats, with all constants, of the density that was maximised; +inf where it grows without
        bound.
    hits : int
        How many starts ended there.
    distance : float
        From the best mode, in its standard errors (Mahalanobis distance on the unconstrained
        scale); NaN for what is no mode.
    relabelled : int
        How many further modes are this one with its labels permuted; their hits are counted here.
    values : (n,) array
        The declared scalars; the highest point reached where it is no mode.
    log_mass : float
        Log of the Laplace approximation of its mass on the declared scale, up to a constant that
        all modes share; NaN for what is no regular maximum.
    visits : int
        How many climbs from other places, such as draws of the posterior, ended there.
    edge : str
        The parameter that goes to a bound made of the outcomes where the density grows without
        bound; empty where a scale shrinks.
    """

    status: Status
    log_density: float
    hits: int
    distance: float
    relabelled: int
    values: np.ndarray
    log_mass: float = np.nan
    visits: int = 0
    edge: str = ""

    @property
    def is_mode(self) -> bool:
        """Whether a maximum was verified."""
        return self.status.is_estimate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Census:
    """All that a search from many starts found.

    Attributes
    ----------
    names : tuple of str
        Declared scalars.
    basins : tuple of Basin
        Verified modes first, the highest leading; then what is no mode, by kind.
    starts : int
        How many starts were asked for.
    failed : int
        How many found no point with a finite density.
    labels : mapping of str to str
        Labels by Stan's name, for printing.
    """

    names: tuple[str, ...]
    basins: tuple[Basin, ...]
    starts: int
    failed: int
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def modes(self) -> tuple[Basin, ...]:
        """The verified modes, the highest first; relabellings count as one."""
        return tuple(b for b in self.basins if b.is_mode)

    @property
    def multimodal(self) -> bool:
        """Whether there are two or more modes that are no relabellings of each other."""
        return len(self.modes) > 1

    @property
    def is_unanimous(self) -> bool:
        """Whether every start that had a density ended in one mode."""
        return len(self.basins) == 1 and bool(self.modes) and not self.label_switching

    @property
    def mass_shares(self) -> tuple[float, ...]:
        """The share of each mode in the Laplace mass of all; NaN where one has none."""
        logs = np.array([m.log_mass for m in self.modes])
        weights = np.exp(logs - logs.max()) if logs.size else logs
        return tuple(float(w) for w in weights / weights.sum())

    @property
    def label_switching(self) -> bool:
        """Whether some mode was found under several labellings."""
        return any(b.relabelled for b in self.basins)

    @property
    def unbounded(self) -> bool:
        """Whether some starts ran into a spike, where the density grows without bound."""
        return any(b.status is Status.UNBOUNDED for b in self.basins)

    @property
    def collapses(self) -> bool:
        """Whether a scale can shrink around a value of the data, where chains are caught.

        The way up to an edge that is made of the outcomes has next to no mass.
        """
        return any(b.status is Status.UNBOUNDED and not b.edge for b in self.basins)

    @property
    def higher(self) -> tuple[Basin, ...]:
        """What is no mode but lies higher than the best one."""
        if not self.modes:
            return ()
        best = self.modes[0].log_density
        tie = EQUAL_HEIGHT.value * (1 + abs(best))
        return tuple(b for b in self.basins if not b.is_mode and b.log_density > best + tie)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a basin.

        Returns
        -------
        pandas.DataFrame
            ``status``, ``log_density`` (nats), ``hits``, ``distance`` (standard errors of the best
            mode), ``relabelled``, then a column for each declared scalar.
        """
        rows = [
            {
                "status": b.status.name.lower(),
                "log_density": b.log_density,
                "hits": b.hits,
                "distance": b.distance,
                "relabelled": b.relabelled,
                **dict(zip(self.names, b.values, strict=True)),
            }
            for b in self.basins
        ]
        columns = ["status", "log_density", "hits", "distance", "relabelled", *self.names]
        index = pd.RangeIndex(1, len(rows) + 1, name="basin")
        return pd.DataFrame(rows, columns=columns, index=index)

    def sentences(self) -> tuple[str, ...]:
        """Return what a reader of the estimate must know of the search."""
        if not self.modes:
            return (f"no start of {self.starts} reached a maximum",)
        best, sentences = self.modes[0], [self.summary()]
        if best.hits <= max(1, RARELY_REACHED.value * self.starts) and self.starts > 1:
            sentences.append(
                "few starts reached the best mode, so a better one may be missing; "
                "raise starts=, or give inits= near it"
            )
        sentences += [self._about_higher(b) for b in self.higher]
        return tuple(sentences)

    def _about_higher(self, higher: Basin) -> str:
        if higher.edge:
            return (
                f"the density is unbounded as {higher.edge} goes to its bound, which is made of "
                "the outcomes; no maximum is global, and the estimate is a local one"
            )
        if not higher.hits:
            return (
                "the density is unbounded, because a scale can shrink to 0 around one value of the "
                "data; no maximum is global, and the estimate is the best local one"
            )
        return (
            f"{higher.hits} of {self.starts} starts ended at a higher density without a maximum "
            f"({higher.status.name.lower()}), so the estimate is a local maximum"
        )

    def summary(self) -> str:
        """Return how often the best mode was reached, and what else was reached, as a clause."""
        best = self.modes[0]
        text = f"{best.hits} of {self.starts} starts reached the best mode"
        if self.multimodal:
            ties = [
                m for m in self.modes[1:] if best.log_density - m.log_density < EQUAL_HEIGHT.value
            ]
            text += f"; there are {len(self.modes)} separate modes" + (
                f", {len(ties) + 1} of them equally high" if ties else ""
            )
        if best.relabelled:
            text += f"; it occurs under {best.relabelled + 1} labellings (label switching)"
        return text

    def __str__(self) -> str:
        head = f"Census of {self.starts} starts. {'; '.join(self.sentences())}"
        if self.failed:
            head += f"; {self.failed} had no point with a finite density"
        frame = self.to_frame().rename(columns=dict(self.labels))
        table = frame.to_string(float_format=lambda x: f"{x:.6g}")
        return f"{head}\n{table}"

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        head = f"Census of {self.starts} starts"
        return block(head, table(self.to_frame(), digits=6), sentences(self.sentences()))
