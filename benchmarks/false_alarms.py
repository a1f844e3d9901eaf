"""How often each flag is raised on ordinary regressions (design: docs/decisions/0005).

python benchmarks/false_alarms.py [--count 1008] [--first 0] [--out FILE] [--workers 2] [--shape]
With --shape only the mode is held against the draws, in a tenth of the time.
Every regression is made from its own number. A run cut short is continued by the same call.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import bayeswrap as bw
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.thresholds import COVERAGE_ERROR, LARGE_GAP, LARGE_RATIO
from bayeswrap.verdicts.alignment import align
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.checks.gap_checks import shape_of_posterior
from bayeswrap.verdicts.lineup import lineup_of

FAMILIES = ("gaussian", "bernoulli", "poisson", "neg_binomial", "student_t", "gamma")
_DATA = "data {{ int<lower=1> N; int<lower=1> K; matrix[N, K] X; {outcome} }}"
_OUTCOMES = {
    "gaussian": "vector[N] y;",
    "bernoulli": "array[N] int<lower=0, upper=1> y;",
    "poisson": "array[N] int<lower=0> y;",
    "neg_binomial": "array[N] int<lower=0> y;",
    "student_t": "vector[N] y;",
    "gamma": "vector<lower=0>[N] y;",
}
_SCALES = {"gaussian": "sigma", "neg_binomial": "phi", "student_t": "sigma", "gamma": "shape"}
_LIKELIHOODS = {
    "gaussian": "y ~ normal(alpha + X * beta, sigma);",
    "bernoulli": "y ~ bernoulli_logit(alpha + X * beta);",
    "poisson": "y ~ poisson_log(alpha + X * beta);",
    "neg_binomial": "y ~ neg_binomial_2_log(alpha + X * beta, phi);",
    "student_t": "y ~ student_t(4, alpha + X * beta, sigma);",
    "gamma": "y ~ gamma(shape, shape ./ exp(alpha + X * beta));",
}
_SHAPE = "non_gaussian_posterior"
_FIELDS = ("number", "family", "n", "predictors", "prior", "flags", "undecided", "point_is_enough")
_FIELDS += ("reasons", "confirmed", "longer", "largest_gap", "at", "seconds")
_SURE = 5  # Monte Carlo errors beyond a limit, with which no longer run is needed
_TAIL, _MEDIAN = 0.025, 0.5  # mass beyond each end of a 95 % interval, and below a median
_SIZES = (20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Regression:
    """One simulated regression."""

    number: int
    family: str
    n: int
    predictors: int
    flat: bool
    data: dict[str, object]

    @property
    def code(self) -> str:
        """The Stan program."""
        scale = _SCALES.get(self.family)
        parameters = "real alpha; vector[K] beta;" + (f" real<lower=0> {scale};" if scale else "")
        priors = "" if self.flat else "alpha ~ normal(0, 2.5); beta ~ normal(0, 2.5);"
        if scale and not self.flat:
            priors += f" {scale} ~ exponential({1 if scale == 'sigma' else 0.2});"
        data = _DATA.format(outcome=_OUTCOMES[self.family])
        model = f"model {{ {priors} {_LIKELIHOODS[self.family]} }}"
        return f"{data} parameters {{ {parameters} }} {model}"


def regression(number: int) -> Regression:
    """Draw the regression of a number; families and sizes are balanced, the rest is random."""
    rng = np.random.default_rng((20261124, number))
    family = FAMILIES[number % len(FAMILIES)]
    n = _SIZES[number // len(FAMILIES) % len(_SIZES)]
    k = int(rng.integers(1, max(2, min(6, n // 10 + 1))))
    correlation = rng.uniform(0, 0.8)
    covariance = np.full((k, k), correlation) + (1 - correlation) * np.eye(k)
    x = rng.multivariate_normal(np.zeros(k), covariance, size=n)
    eta = rng.normal(0, 0.5) + x @ rng.normal(0, 0.5, size=k)
    y = _outcome(family, eta, rng)
    return Regression(number, family, n, k, bool(rng.integers(2)), {"X": x, "y": y})


def _outcome(family: str, eta: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    mean = np.exp(np.minimum(eta, 5))
    match family:
        case "gaussian":
            return eta + rng.normal(size=eta.size)
        case "student_t":
            return eta + rng.standard_t(4, size=eta.size)
        case "bernoulli":
            return (rng.random(eta.size) < 1 / (1 + np.exp(-eta))).astype(int)
        case "poisson":
            return rng.poisson(mean)
        case "neg_binomial":
            return rng.poisson(mean * rng.gamma(3, 1 / 3, size=eta.size))
        case _:
            return rng.gamma(2, mean / 2)


def examined(number: int) -> dict[str, object]:
    """Compare all estimates of one regression and return its flags."""
    warnings.simplefilter("ignore")
    start, made = time.perf_counter(), regression(number)
    row: dict[str, object] = {
        "number": number,
        "family": made.family,
        "n": made.n,
        "predictors": made.predictors,
        "prior": "flat" if made.flat else "weak",
    }
    program = bw.Program.from_string(made.code, name=made.family)
    model = bw.Model(program, made.data, engine="stanli")
    found = bw.analyze(program, made.data, engine="stanli", seed=number + 1, show_progress=False)
    flags = found.verdict.flags
    checks = {c.code: c for c in found.verdict.checks}
    gap = found.to_frame().get("shape_gap_mean", pd.Series(dtype=float)).abs()
    row["flags"] = " ".join(sorted(flags))
    row["undecided"] = " ".join(
        sorted(c for c in checks if checks[c].outcome is Outcome.NOT_DETERMINED)
    )
    row["point_is_enough"] = str(found.verdict.point_is_enough)
    row["reasons"] = reasons(found.to_frame(), checks[_SHAPE].parameters) if _SHAPE in flags else ""
    row["confirmed"] = _confirmed(model, found, number) if _SHAPE in flags else ""
    row["largest_gap"] = f"{gap.max():.3f}"
    row["at"] = str(gap.idxmax()) if gap.notna().any() else ""
    row["seconds"] = f"{time.perf_counter() - start:.1f}"
    return row


def reasons(frame: pd.DataFrame, names: tuple[str, ...]) -> str:
    """Return which of the limits of records 3 and 14 are exceeded by one of the scalars."""
    part = frame.loc[list(names)]
    if "interval_below" not in part:
        return "none"
    below, above = part["interval_below"], part["interval_above"]
    ratio, shift = part["se_sd_ratio"], (part["estimate_below"] - _MEDIAN).abs()
    found = {
        "gap": part["shape_gap_mean"].abs() > LARGE_GAP.value,
        "ratio": ratio.clip(lower=1 / ratio) > LARGE_RATIO.value,
        "coverage": below + above > 2 * _TAIL + COVERAGE_ERROR.value,
        "tail": below.clip(lower=above) > _TAIL + COVERAGE_ERROR.value,
        "median": shift > stats.norm.cdf(LARGE_GAP.value) - _MEDIAN,
        "width": part["interval_ratio"] > LARGE_RATIO.value,
    }
    return " ".join(name for name, where in found.items() if where.any())


def of_shape(number: int) -> dict[str, object]:
    """Hold the mode of one regression against its draws, and do nothing else."""
    warnings.simplefilter("ignore")
    start, made = time.process_time(), regression(number)
    row: dict[str, object] = {
        "number": number,
        "family": made.family,
        "n": made.n,
        "predictors": made.predictors,
        "prior": "flat" if made.flat else "weak",
    }
    if made.flat and made.family == "neg_binomial":
        return row | {"flags": "improper_posterior"}  # all of them: record 5
    program = bw.Program.from_string(made.code, name=made.family)
    model = bw.Model(program, made.data, engine="stanli")
    try:
        point = model.mle() if made.flat else model.map(scale="constrained")
    except bw.EstimationError:
        return row | {"flags": "no_mode"}
    frame, check = _shape(model, point, number + 1, 1000)
    row["largest_gap"] = f"{frame['shape_gap_mean'].abs().max():.3f}"
    row["at"] = frame["shape_gap_mean"].abs().idxmax()
    if check.outcome is Outcome.FAILED:
        row |= {"flags": _SHAPE, "reasons": reasons(frame, check.parameters)}
        row["confirmed"] = "certain"
        sure = frame["shape_gap_mean"].abs() - _SURE * frame["shape_gap_mcse"] > LARGE_GAP.value
        if not sure.any():
            again, longer = _shape(model, point, number + 1_000_001, 4000)
            # its own outcome, and the limits that its own values exceed, errors or not
            row["confirmed"] = longer.outcome is Outcome.FAILED
            row["longer"] = reasons(again, check.parameters)
    elif check.outcome is Outcome.NOT_DETERMINED:
        row |= {"undecided": _SHAPE, "reasons": reasons(frame, check.parameters)}
    row["seconds"] = f"{time.process_time() - start:.1f}"
    return row


def _shape(
    model: bw.Model, point: PointEstimate, seed: int, draws: int
) -> tuple[pd.DataFrame, Check]:
    options = {"iter_warmup": max(1000, draws // 2), "iter_sampling": draws}
    sampled = model.sample(seed=seed, show_progress=False, **options)
    lineup = lineup_of([point, sampled])
    frame = align(lineup, [str(n) for n in point.to_frame().index], 0.95)
    return frame, next(shape_of_posterior(lineup, frame))


def _confirmed(model: bw.Model, found: bw.Comparison, number: int) -> bool:
    """Ask draws of another seed, four times as many, whether mode and spread misdescribe them."""
    draws = model.sample(
        seed=number + 1_000_001, iter_warmup=2000, iter_sampling=4000, show_progress=False
    )
    points = [r for r in found.results if isinstance(r, PointEstimate)]
    return _SHAPE in bw.compare(*points, draws, starts=0).verdict.flags


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rate of each flag with its exact 95 % interval (Clopper & Pearson 1934)."""
    flags = sorted({f for text in rows["flags"].fillna("") for f in text.split()})
    found = []
    for flag in flags:
        hits = int(rows["flags"].fillna("").str.split().map(lambda f, flag=flag: flag in f).sum())
        interval = stats.binomtest(hits, len(rows)).proportion_ci(0.95, method="exact")
        found.append((flag, hits, hits / len(rows), interval.low, interval.high))
    return pd.DataFrame(found, columns=["flag", "raised", "rate", "lower", "upper"])


def _left(asked: argparse.Namespace) -> list[int]:
    """Return the numbers that the file does not have yet."""
    numbers = range(asked.first, asked.first + asked.count)
    done = set(pd.read_csv(asked.out)["number"]) if asked.out.exists() else set()
    sizes = {n: _SIZES[n // len(FAMILIES) % len(_SIZES)] for n in numbers}
    return [n for n in numbers if n not in done and sizes[n] <= asked.n_max]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1008)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("false_alarms.csv"))
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--shape", action="store_true")
    parser.add_argument("--n-max", type=int, default=max(_SIZES))
    asked = parser.parse_args()
    numbers, begun = _left(asked), asked.out.exists()
    with asked.out.open("a", newline="") as file, ProcessPoolExecutor(asked.workers) as pool:
        writer = csv.DictWriter(file, _FIELDS)
        if not begun:
            writer.writeheader()
        for row in pool.map(of_shape if asked.shape else examined, numbers):
            writer.writerow(row)
            file.flush()
    rows = pd.read_csv(asked.out)
    for name, part in [("all", rows), *((f"n = {n}", g) for n, g in rows.groupby("n"))]:
        print(f"\n{name}: {len(part)} regressions")
        print(table(part).to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    raised = rows[rows["flags"].fillna("").str.contains(_SHAPE)]
    print(f"\n{_SHAPE}: {len(raised)}, by limits exceeded, and whether a longer run confirms it")
    print(pd.crosstab(raised["reasons"].fillna(""), raised["confirmed"].astype(str)))


if __name__ == "__main__":
    main()
