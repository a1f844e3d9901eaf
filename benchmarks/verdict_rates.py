"""How often the verdict is wrong (design and findings: docs/decisions, rates of the verdict).

python benchmarks/verdict_rates.py [--count 280] [--first 0] [--out FILE.jsonl] [--table]
One line of JSON a data set. With groups the marginal MLE is compared with draws; with --whole by
`analyze`, which looks for joint modes first and takes much longer. A run cut short is continued by
the same call; --table only counts.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
import traceback
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import simulated_groups as groups
import simulated_modes as modes
import simulated_posteriors as plain
from quadrature import Grid, Marginal, MixedMarginal, grid_of
from scipy import stats
from simulated_posteriors import Simulated

import bayeswrap as bw
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.report.sections.row_words import row_words
from bayeswrap.verdicts.check import Outcome

FAMILIES = (
    plain.rate,
    plain.proportion,
    plain.normal,
    plain.logistic,
    plain.separated,
    plain.zero_counts,
    modes.two_modes,
    modes.conflict,
    groups.schools,
    groups.intercepts,
    plain.overdispersion,
    groups.count_groups,
    modes.edges,
    plain.survival,
)
_SEED = 20261129
_SECONDS_MAX = 60.0  # of processor time for one verdict
_HELD = 1e-5  # of the largest weight: all below it together do not change a mass

# the limits of docs/decisions 3 and 14, written once more: the truth does not read the package's
_INSIDE, _TAIL, _GAP, _FACTOR = 0.90, 0.075, 0.3, 1.25


def simulated(number: int) -> Simulated:
    """Make the data set of a number."""
    return FAMILIES[number % len(FAMILIES)](np.random.default_rng((_SEED, number)))


def _family(number: int) -> str:
    return FAMILIES[number % len(FAMILIES)].__name__


class Truth:
    """The marginals of the posterior of a simulated data set."""

    def __init__(self, made: Simulated) -> None:
        self._made = made
        self._marginals: dict[str, Marginal] = dict(made.closed)
        self.grid: Grid | None = None
        self.error = 0.0
        if made.proper and not made.closed:
            self.grid = grid_of(made.log_density, made.start, made.points)
            half, weights = self.grid.half
            for name, values in made.values(self.grid.points).items():
                exact = self.grid.marginal(values)
                self._marginals[name] = exact
                rough = type(exact).of(made.values(half)[name], weights)
                shifts = [abs(rough.cdf(exact.ppf(p)) - p) for p in (0.025, 0.1, 0.5, 0.9, 0.975)]
                self.error = max(self.error, *shifts)

    def marginal(self, name: str) -> Marginal:
        """Return the distribution of a declared scalar."""
        if name not in self._marginals:
            self._marginals[name] = self._effect(name)
        return self._marginals[name]

    @cache  # noqa: B019 - one short-lived value a data set
    def _held(self) -> tuple[np.ndarray, np.ndarray]:
        points, weights = self.grid.points, self.grid.weights
        held = weights > _HELD * weights.max()
        return points[held], weights[held] / weights[held].sum()

    def _effect(self, name: str) -> Marginal:
        effects = self._made.effects
        place, (points, weights) = effects.names.index(name), self._held()
        means, sds = effects.moments(points, place)
        return MixedMarginal(lambda x: effects.cdf(points, place, x), weights, means, sds**2)

    def measured(self, name: str, lower: float, point: float, upper: float, spread: float) -> dict:
        """Hold an interval and an estimate against the distribution."""
        true = self.marginal(name)
        width, sd = true.ppf(0.975) - true.ppf(0.025), true.std()
        return {
            "below": true.cdf(lower),
            "above": 1 - true.cdf(upper),
            "centre": true.cdf(point),
            "width": (upper - lower) / width,
            "gap": (point - true.mean()) / sd,
            "ratio": spread / sd,
        }

    def of_own_mode(self) -> dict[str, dict]:
        """Hold the Laplace intervals of the mode found by hand against the marginals."""
        if self.grid is None:
            return {}
        mode, sds = self.grid.mode, np.sqrt(np.diag(self.grid.covariance))
        corners = np.stack([mode - 1.96 * sds, mode, mode + 1.96 * sds])
        found = {}
        for name, values in self._made.values(corners).items():
            # each scalar depends on its own coordinate alone
            ends = np.sort(values[[0, 2]])
            step = self._made.values(mode + np.outer([-1e-4, 1e-4], sds))[name]
            spread = abs(step[1] - step[0]) / 2e-4
            found[name] = self.measured(name, ends[0], values[1], ends[1], spread)
        return found


def reasons(measured: dict) -> list[str]:
    """Return which limits an interval and an estimate exceed; "inside" is the hard one."""
    shift = abs(measured["centre"] - 0.5)
    exceeded = {
        "inside": measured["below"] + measured["above"] > 1 - _INSIDE,
        "tail": max(measured["below"], measured["above"]) > _TAIL,
        "median": shift > stats.norm.cdf(_GAP) - 0.5,
        "width": measured["width"] > _FACTOR,
        "gap": abs(measured["gap"]) > _GAP,
        "ratio": not 1 / _FACTOR <= measured["ratio"] <= _FACTOR,
    }
    return [name for name, held in exceeded.items() if held]


def marginal_alone(model: bw.Model, seed: int) -> bw.Comparison:
    """Compare the marginal MLE with one run of the sampler.

    `analyze` also looks for joint modes, which takes much longer, and runs chains that nearly agree
    once more.
    """
    point = model.mle(marginal=True, seed=seed, require_converged=False)
    return bw.compare(point, model.sample(seed=seed, show_progress=False), starts=0)


def examined(number: int, *, whole: bool = False) -> dict[str, Any]:
    """Ask for the verdict of one data set, and hold it against the truth."""
    warnings.simplefilter("ignore")
    made = simulated(number)
    row: dict[str, Any] = {
        "number": number,
        "family": _family(number),
        "what": made.what,
        "proper": made.proper,
    }
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _SECONDS_MAX)
    try:
        model = bw.Model(bw.Program.from_string(made.code), dict(made.data), engine="stanli")
        if made.effects is not None and not whole:
            found = marginal_alone(model, number + 1)
        else:
            found = bw.analyze(model, seed=number + 1, show_progress=False)
    except Exception as error:  # noqa: BLE001 - it is to be counted, not to end the run
        seconds = round(time.process_time() - start, 2)
        failure = f"{type(error).__name__}: {error}"
        return row | {"failure": failure, "said": None, "seconds": seconds}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    row["seconds"] = round(time.process_time() - start, 2)
    row |= _said(found)
    if made.proper:
        row |= _held_against(found, Truth(made), row["declared"])
    row["truth_seconds"] = round(time.process_time() - start - row["seconds"], 2)
    return row


def _said(found: bw.Comparison) -> dict[str, Any]:
    words = {str(n): str(w) for n, w in row_words(found).items()}
    checks = {c.code: c for c in found.verdict.checks}
    judged = judged_estimate(found)
    return {
        "said": found.verdict.point_is_enough,
        "summary": found.verdict.summary,
        "flags": sorted(found.verdict.flags),
        "undecided": sorted(c for c in checks if checks[c].outcome is Outcome.NOT_DETERMINED),
        "judged": "" if judged is None else judged.title,
        "declared": [n for n, w in words.items() if "adequate" in w],
        "refused": [n for n, w in words.items() if "posterior" in w],
    }


def judged_estimate(found: bw.Comparison) -> PointEstimate | None:
    """Return the estimate that the verdict is about."""
    return found.lineup.mode


def _held_against(found: bw.Comparison, truth: Truth, declared: list[str]) -> dict[str, Any]:
    judged, row = judged_estimate(found), {"quadrature_error": truth.error}
    row["estimates"] = {
        point.title: _exceeded(truth, point, list(found.to_frame().index))
        for point in found.results
        if isinstance(point, PointEstimate) and point.status.is_estimate
    }
    row["own_mode"] = {n: reasons(m) for n, m in truth.of_own_mode().items() if reasons(m)}
    if judged is not None:
        row["measured"] = _rows(truth, judged, list(found.to_frame().index))
        row["exceeded"] = {n: reasons(m) for n, m in row["measured"].items() if reasons(m)}
        row["wrong"] = {n: r for n, r in row["exceeded"].items() if n in declared}
    return row


def _rows(truth: Truth, point: PointEstimate, names: list[str]) -> dict[str, dict]:
    table = point.to_frame(0.95)
    columns = ["ci_lower", "estimate", "ci_upper", point.spread_name]
    held = {n: table.loc[n, columns].to_numpy(float) for n in names if n in table.index}
    return {n: truth.measured(n, *v) for n, v in held.items() if np.isfinite(v).all()}


def _exceeded(truth: Truth, point: PointEstimate, names: list[str]) -> dict[str, list[str]]:
    measured = _rows(truth, point, names)
    missing = {n: ["no interval"] for n in names if n not in measured}
    if point.marginal is not None:
        missing = {n: r for n, r in missing.items() if n not in truth_effects(truth)}
    return {n: reasons(m) for n, m in measured.items() if reasons(m)} | missing


def truth_effects(truth: Truth) -> tuple[str, ...]:
    """Return the effects of groups, which a marginal estimate does not have."""
    effects = truth._made.effects  # noqa: SLF001 - of this file
    return effects.names if effects else ()


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return each rate with its exact 95 % interval (Clopper & Pearson 1934)."""
    good = [r for r in rows if "failure" not in r]
    offers = [r for r in good if r["declared"]]
    adequate = [r for r in good if is_adequate(r)]
    inadequate = [r for r in good if not is_adequate(r)]
    counts = {
        "wrong adequate, hard": (offers, lambda r: not r["proper"] or _is_off(r)),
        "wrong adequate, any limit": (offers, lambda r: not r["proper"] or bool(r.get("wrong"))),
        "needless refusal": (adequate, lambda r: r["said"] is False),
        "no answer, adequate": (adequate, lambda r: r["said"] is None),
        "no answer, not adequate": (inadequate, lambda r: r["said"] is None),
        "adequate truth": (good, is_adequate),
        "failure": (rows, lambda r: "failure" in r),
    }
    found = []
    for name, (of, test) in counts.items():
        hits = sum(map(test, of))
        ends = (np.nan, np.nan)
        if of:
            ends = stats.binomtest(hits, len(of)).proportion_ci(0.95, method="exact")
        found.append((name, hits, len(of), hits / max(len(of), 1), *ends))
    return pd.DataFrame(found, columns=["count", "hits", "of", "rate", "lower", "upper"])


def is_adequate(row: dict[str, Any]) -> bool:
    """Return whether the estimate that was judged is truly adequate for all it is offered for."""
    if not row["proper"]:
        return False
    if row["judged"]:
        return not row["estimates"].get(row["judged"], {"": ["no estimate"]})
    return bool(row.get("quadrature_error")) and not row["own_mode"]


def _is_off(row: dict[str, Any]) -> bool:
    return any("inside" in r for r in row.get("wrong", {}).values())


def _others(row: dict[str, Any]) -> list[str]:
    """Return the estimates that are truly adequate beside one that is not."""
    if is_adequate(row):
        return []
    return [title for title, of in row.get("estimates", {}).items() if not of]


def show(rows: list[dict[str, Any]]) -> None:
    """Print the rates, all together and by family, and every error."""
    print(table(rows).to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    by_family = {}
    for family in FAMILIES:
        part = [r for r in rows if r["family"] == family.__name__]
        if part:
            of = table(part).set_index("count")
            by_family[family.__name__] = of["hits"].astype(str) + "/" + of["of"].astype(str)
    print(pd.DataFrame(by_family).T.to_string())
    for r in rows:
        line = f"{r['number']:4d} {r['family']}: {r['what']} | "
        if "failure" in r:
            print(line, "failure:", r["failure"][:300])
        elif r["declared"] and (not r["proper"] or r.get("wrong")):
            print(line, "WRONG", r.get("wrong"), "|", r["summary"][:250])
        elif r["said"] is False and is_adequate(r):
            print(line, "NEEDLESS", r["flags"], "|", r["summary"][:250])
    others = [r for r in rows if r["said"] is False and _others(r)]
    print(f"refused, while another estimate would do: {len(others)}")
    for r in others:
        print(f"{r['number']:4d} {r['family']}: {r['what']} | {r['judged']}", _others(r))


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a table without nested values."""
    plain_keys = ("number", "family", "what", "proper", "said", "judged", "failure", "seconds")
    words = {"exceeded": row.get("exceeded", {}), "wrong": row.get("wrong", {})}
    return (
        {key: row.get(key, "") for key in plain_keys}
        | {"adequate": "" if "failure" in row else is_adequate(row)}
        | {"declared": " ".join(row.get("declared", []))}
        | {k: "; ".join(f"{n}: {' '.join(r)}" for n, r in v.items()) for k, v in words.items()}
        | {"flags": " ".join(row.get("flags", [])), "quadrature_error": row.get("quadrature_error")}
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=280)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("verdict_rates.jsonl"))
    parser.add_argument("--families", nargs="*", default=[f.__name__ for f in FAMILIES])
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--table", action="store_true")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _end)
    rows = [json.loads(t) for t in asked.out.open()] if asked.out.exists() else []
    if not asked.table:
        done = {r["number"] for r in rows}
        with asked.out.open("a") as file:
            for number in range(asked.first, asked.first + asked.count):
                if number not in done and _family(number) in asked.families:
                    rows.append(_line(number, whole=asked.whole))
                    print(json.dumps(rows[-1]), file=file, flush=True)
    if asked.csv:
        pd.DataFrame([flat(r) for r in rows]).to_csv(asked.csv, index=False)
    show(rows)


def _end(*_: object) -> None:
    raise TimeoutError("no answer in time")


def _line(number: int, *, whole: bool) -> dict[str, Any]:
    try:
        return json.loads(json.dumps(examined(number, whole=whole), default=float))
    except Exception:  # noqa: BLE001 - one data set must not end the run
        trace = traceback.format_exc().strip()[-600:]
        family = _family(number)
        return {"number": number, "family": family, "what": "", "said": None, "failure": trace}


if __name__ == "__main__":
    main()
