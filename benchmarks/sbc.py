"""Simulation-based calibration of the programs of the library (Talts et al. 2018).

python benchmarks/sbc.py [NAME ...] [--count 50] [--seconds 110] [--thin 10] [--seed 1] [--out FILE]
A model draws its parameters from its own prior and outcomes from its own generated quantities; the
rank of each parameter among posterior draws is uniform if program and sampler agree. Ranks are
judged by the simultaneous band of their ECDF (Säilynoja, Bürkner and Vehtari 2022).
"""

from __future__ import annotations

import argparse
import csv
import functools
import time
import warnings
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special, stats

import bayeswrap as bw
from bayeswrap.errors import BayeswrapError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.program_library import LibraryEntry

    Arrays = Mapping[str, np.ndarray]

_ROWS = 30  # of the example data at most
_RANKS = 100  # possible ranks: one more than the draws that are kept
_WARMUP = 400  # draws
_ADAPT_DELTA = 0.9
_PRIOR_DRAWS = 4000
_PRIOR_ESS = 400  # below it, truths are no sample of the prior (a centred funnel)
_NULL_SETS = 4000  # of uniform ranks, for the distribution of the test statistic
_LARGEST = 1e6  # outcomes above it are left out, in simulations and so in posteriors
_SCALARS = 12  # parameters of a model that are judged at most
_TIME = 1.0  # at which survival times are censored, the median under the priors
_RIGHT, _LEFT, _INTERVAL = 1, 2, 3  # row numbers modulo 4: what censoring a row can have
_END = 20.0  # of observation, for piecewise hazards
_SHORT_OF_TIME = 5  # simulations without which a row says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What the ranks of one model say.

    Attributes
    ----------
    model : str
        Name in the library.
    simulations, left_out : int
        Data sets with ranks, and those outside the support or the range that is simulated.
    scalars : int
        Parameters that were judged.
    worst : str
        The one whose ranks are least uniform.
    p_worst, p_model : float
        Its p-value, and the same times the number of scalars (Bonferroni).
    divergent : float
        Share of divergent transitions.
    ess : float
        Smallest bulk effective sample size of a judged parameter, the median over data sets. Ranks
        are uneven where it is below 99, whatever the program.
    seconds : float
        Wall clock.
    note : str
        Why there are no ranks, where there are none.
    """

    model: str
    simulations: int
    left_out: int
    scalars: int
    worst: str
    p_worst: float
    p_model: float
    divergent: float
    ess: float
    seconds: float
    note: str = ""


def discrepancy(ranks: np.ndarray, possible: int) -> np.ndarray:
    """Return the smallest two-sided tail probability of the ECDF of ranks.

    Parameters
    ----------
    ranks : array, (..., simulations)
        From 0 to possible - 1.
    possible : int
        Number of possible ranks.

    Notes
    -----
    At i = 1, ..., possible - 1 the number of ranks below i is binomial with probability
    i / possible, where ranks are uniform (Säilynoja et al. 2022, section 2).
    """
    size = ranks.shape[-1]
    points = np.arange(1, possible)
    below = (ranks[..., None, :] < points[:, None]).sum(axis=-1)
    law = stats.binom(size, points / possible)
    tails: np.ndarray = np.minimum(1.0, 2 * np.minimum(law.cdf(below), law.sf(below - 1)))
    return tails.min(axis=-1)


@functools.cache
def _null(size: int, possible: int) -> np.ndarray:
    uniform = np.random.default_rng(1).integers(possible, size=(_NULL_SETS, size))
    return np.sort(discrepancy(uniform, possible))


def p_value(ranks: np.ndarray, possible: int) -> float:
    """Return the probability that uniform ranks are as uneven as these.

    Examples
    --------
    >>> bool(p_value(np.arange(100), 100) > 0.9), bool(p_value(np.arange(60) // 2, 100) < 0.01)
    (True, True)
    """
    null = _null(ranks.shape[-1], possible)
    found = discrepancy(ranks, possible) * (1 + 1e-9)
    return float((np.searchsorted(null, found) + 1) / (len(null) + 1))


def design(entry: LibraryEntry) -> dict[str, np.ndarray]:
    """Return example data: at most `_ROWS` rows, predictors standardised and small."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    data = {name: np.asarray(value) for name, value in model.data.values.items()}
    rows = int(data.get("N", np.array(0)))
    if rows > _ROWS:
        # of a table rows from all parts; of groups and series the beginning, which is whole
        last = rows if entry.card.group in {"regression", "survival"} else _ROWS
        chosen = np.linspace(0, last - 1, _ROWS).round().astype(int)
        data = {k: v[chosen] if v.shape[:1] == (rows,) else v for k, v in data.items()}
        data["N"] = np.array(_ROWS)
    for name in {"X", "Z"} & set(data):
        data[name] = _standard(data[name])
    return data


def _standard(x: np.ndarray) -> np.ndarray:
    # divided by their number, so that a linear predictor stays where exp is an ordinary number
    spread = x.std(axis=0)
    scaled: np.ndarray = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return scaled / max(x.shape[1], 1)


def observed(name: str, data: Arrays, outcomes: Arrays) -> dict[str, np.ndarray] | None:
    """Put simulated outcomes into the data; None where they are outside what is simulated."""
    made = dict(data)
    for variable, values in outcomes.items():
        target = variable.removesuffix("_rep")
        if target not in data or data[target].shape != values.shape:
            raise BayeswrapError(f"{variable} is no new version of a data variable")
        if not np.isfinite(values).all() or np.abs(values).max(initial=0.0) > _LARGEST:
            return None
        made[target] = values.astype(data[target].dtype)
    if "censored" in data:
        made |= _censored(made["y"])
    if name == "piecewise_exponential":
        event = made["y"] < _END
        made |= {"y": np.where(event, made["y"], _END), "event": event.astype(float)}
    return made


def _censored(times: np.ndarray) -> dict[str, np.ndarray]:
    """Censor by a rule that depends on times alone: a kind of censoring for each row in turn."""
    kind = np.arange(len(times)) % 4
    right, left = (kind == _RIGHT) & (times > _TIME), (kind == _LEFT) & (times < _TIME)
    interval = kind == _INTERVAL
    decade = 10 ** np.floor(np.log10(np.maximum(times, 1e-300)))
    lower = np.where(right | left, _TIME, np.where(interval, decade, times))
    upper = np.where(interval, 10 * decade, lower)
    censored = np.where(right, 1, np.where(left, -1, np.where(interval, 2, 0)))
    return {"y": lower, "y_upper": upper, "censored": censored}


def _scalars(arrays: Arrays, names: list[str]) -> dict[str, np.ndarray]:
    """Return scalars, each (draws,), of variables with (chains, draws, ...)."""
    found: dict[str, np.ndarray] = {}
    for name in names:
        values = arrays[name].reshape(-1, *arrays[name].shape[2:])
        for index in np.ndindex(values.shape[1:]):
            label = ",".join(str(i + 1) for i in index)
            found[f"{name}[{label}]" if index else name] = values[(slice(None), *index)]
    return found


def _by_hand(name: str, arrays: Arrays, data: Arrays, seed: int) -> dict[str, np.ndarray]:
    """Return the outcomes of which a program has no predictions."""
    rng = np.random.default_rng(seed)
    if name == "logistic_regression":
        eta = arrays["alpha"][..., None] + arrays["beta"] @ data["X"].T
        return {"y_rep": (rng.uniform(size=eta.shape) < special.expit(eta)).astype(float)}
    if name == "measurement_error":
        error = rng.normal(scale=data["sigma_measurement"], size=arrays["x"].shape)
        return {"x_measured_rep": arrays["x"] + error}
    return {}


def simulations(
    entry: LibraryEntry, data: Arrays, count: int, seed: int
) -> Iterator[tuple[dict[str, float], dict[str, np.ndarray] | None]]:
    """Yield parameters from the prior, and the data that they made."""
    model = bw.Model(entry.program, dict(data), engine="stanli")
    prior = model.prior(draws=_PRIOR_DRAWS, seed=seed, show_progress=False)
    arrays = dict(prior.layout.split(prior.draws))
    arrays |= _by_hand(entry.name, arrays, data, seed)
    predicted = [name for name in arrays if name.endswith("_rep")]
    if not predicted:
        raise BayeswrapError("no predictions: the engine in process cannot compute them")
    scalars = _scalars(arrays, [p.name for p in entry.card.parameters])
    # some elements are constant by their type, as the first of a Cholesky factor
    truth = {n: v for n, v in scalars.items() if np.ptp(v) > 0}
    found = prior.to_frame().reindex(list(truth))["ess_bulk"].min()
    if found < _PRIOR_ESS:
        raise BayeswrapError(f"NUTS cannot draw this prior: effective sample size {found:.0f}")
    outcomes = {n: arrays[n].reshape(-1, *arrays[n].shape[2:]) for n in predicted}
    total = len(next(iter(truth.values())))
    for place in np.random.default_rng(seed).choice(total, size=count, replace=False):
        made = observed(entry.name, data, {n: v[place] for n, v in outcomes.items()})
        yield {n: float(v[place]) for n, v in truth.items()}, made


def _rank(
    entry: LibraryEntry, truth: dict[str, float], data: Arrays, seed: int, thin: int
) -> tuple[dict[str, int], float, float]:
    """Return ranks, the share of divergent transitions, and the smallest effective sample size."""
    model = bw.Model(entry.program, dict(data), engine="stanli")
    kept = _RANKS - 1
    draws = model.sample(
        chains=1,
        adapt_delta=_ADAPT_DELTA,
        iter_warmup=_WARMUP,
        iter_sampling=thin * kept,
        seed=seed,
        show_progress=False,
    )
    arrays = {n: v[:, ::thin] for n, v in draws.layout.split(draws.draws).items()}
    scalars = _scalars(arrays, [p.name for p in entry.card.parameters])
    chosen = list(truth)[:_SCALARS]
    ranks = {n: int((scalars[n] < truth[n]).sum()) for n in chosen}
    effective = float(draws.to_frame().reindex(chosen)["ess_bulk"].min())
    return ranks, float(draws.method_column("divergent__").mean()), effective


def calibrate(name: str, count: int, seconds: float, seed: int, thin: int) -> Calibration:
    """Simulate and rank until there are enough data sets, or no time is left."""
    start, entry = time.monotonic(), bw.library[name]
    ranks: list[dict[str, int]] = []
    divergent: list[float] = []
    effective: list[float] = []
    left_out, note = 0, ""
    try:
        # models share priors, but must not share draws of them
        first = seed + zlib.crc32(name.encode()) % 10**6
        for number, (truth, data) in enumerate(simulations(entry, design(entry), count, first)):
            if time.monotonic() - start > seconds:
                break
            try:
                if data is None:
                    left_out += 1
                    continue
                found, share, ess = _rank(entry, truth, data, first + number, thin)
            except BayeswrapError as error:
                left_out, note = left_out + 1, str(error).splitlines()[0]
                continue
            ranks.append(found)
            divergent.append(share)
            effective.append(ess)
    except BayeswrapError as error:
        note = str(error).splitlines()[0]
    seen = Calibration(
        model=name,
        simulations=len(ranks),
        left_out=left_out,
        scalars=0,
        worst="",
        p_worst=np.nan,
        p_model=np.nan,
        divergent=np.nan,
        ess=np.nan,
        seconds=round(time.monotonic() - start, 1),
        note=note,
    )
    if len(ranks) < _SHORT_OF_TIME:
        return replace(seen, note=note or "too slow for this run")
    return _with_ranks(seen, ranks, float(np.mean(divergent)), float(np.median(effective)))


def _with_ranks(
    seen: Calibration, ranks: list[dict[str, int]], divergent: float, effective: float
) -> Calibration:
    """Return a calibration with the p value of its worst scalar, corrected for their number."""
    p = {n: p_value(np.array([r[n] for r in ranks]), _RANKS) for n in ranks[0]}
    worst = min(p, key=lambda n: p[n])
    return replace(
        seen,
        scalars=len(p),
        worst=worst,
        p_worst=round(p[worst], 4),
        p_model=round(min(1.0, len(p) * p[worst]), 4),
        divergent=round(divergent, 4),
        ess=round(effective),
    )


def main() -> None:
    """Write a row a model, as each is done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=110.0)
    parser.add_argument("--thin", type=int, default=10, help="draws for each one that is kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("sbc.csv"))
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    names = arguments.names or [n for n in bw.library if bw.library[n].card.estimates["posterior"]]
    with arguments.out.open("w", newline="", encoding="utf-8") as file:
        writer: Any = None
        for name in names:
            row = asdict(
                calibrate(name, arguments.count, arguments.seconds, arguments.seed, arguments.thin)
            )
            writer = writer or csv.DictWriter(file, fieldnames=list(row))
            if file.tell() == 0:
                writer.writeheader()
            writer.writerow(row)
            file.flush()
            print(row, flush=True)


if __name__ == "__main__":
    main()
