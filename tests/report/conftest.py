"""Comparisons made of fixed random numbers: no program is compiled, nothing is sampled."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bayeswrap.comparison import Comparison, Missing, compare
from bayeswrap.estimates import (
    Approximation,
    Estimator,
    PointEstimate,
    Posterior,
    Scale,
    Status,
)
from bayeswrap.estimates.diagnostics import Diagnostics
from bayeswrap.estimates.ending import Optimum
from bayeswrap.estimates.layout import Layout
from bayeswrap.estimates.point import LogParts
from bayeswrap.program import Program
from bayeswrap.record import RunRecord
from bayeswrap.report import Report, build_report

if TYPE_CHECKING:
    from collections.abc import Callable

NORMAL = """data {
  int N;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
}
model {
  mu ~ normal(0,
              10);
  sigma ~ exponential(1);
  y ~ normal(mu, sigma);
}
generated quantities {
  real ratio = mu / sigma;
}
"""
FLAT = "data { int n; int y; } parameters { real a; } model { y ~ poisson_log(a + n); }\n"
MANY = """data { int K; vector[K] y; }
parameters { vector[K] beta; }
model { beta ~ normal(0, 1); y ~ normal(beta, 1); }
"""


@dataclass
class Builder:
    """Makes results of one program from centres and spreads of its scalars."""

    source: str = NORMAL
    name: str = "normal_model"
    centres: dict[str, float] = field(
        default_factory=lambda: {"mu": -0.52, "sigma": 1.31, "ratio": -0.4}
    )
    spreads: dict[str, float] = field(
        default_factory=lambda: {"mu": 0.081, "sigma": 0.12, "ratio": 0.1}
    )
    labels: dict[str, str] = field(default_factory=dict)
    engine: str = "Stan 2.39.0 through CmdStan 2.39.0."

    @property
    def layout(self) -> Layout:
        program = Program(name=self.name, source=self.source)
        return Layout.of(program, tuple(self.centres))

    @property
    def supports(self) -> np.ndarray:
        return np.array([[0.0 if n == "sigma" else -np.inf, np.inf] for n in self.centres])

    def record(self, method: str) -> RunRecord:
        return RunRecord(
            method=method,
            program_name=self.name,
            program=self.source,
            program_hash=Program(name=self.name, source=self.source).hash,
            data_hash="d" * 64,
            engine=self.engine,
            command=f"/somewhere/{self.name} {method}",
            seed=7,
            options={"iter_warmup": 1000} if method == "sample" else {"jacobian": False},
            seconds=0.5,
            started="2026-01-02T03:04:05+00:00",
            versions={"python": "3.11.7", "bayeswrap": "0.1.0", "cmdstanpy": "1.3.2"},
            platform="test",
        )

    def point(
        self,
        scale: Scale | None = None,
        *,
        status: Status = Status.CONVERGED,
        shift: float = 0.0,
        edge: tuple[str, ...] = (),
    ) -> PointEstimate:
        values = np.array([*self.centres.values()]) + shift
        spread = np.array([*self.spreads.values()])
        on_edge = np.array([n in edge for n in self.centres])
        k = len(values)
        return PointEstimate(
            estimator=Estimator.MLE if scale is None else Estimator.MAP,
            scale=scale,
            status=status,
            log_parts=LogParts(likelihood=-100.25, prior=-3.5, population=0.0),
            layout=self.layout,
            values=np.where(on_edge, 8.75651e-27, values),
            spread=np.where(on_edge, np.nan, spread),
            supports=self.supports,
            notes=dict.fromkeys(edge, "on the edge of its support: no standard error exists there"),
            root=np.diag(spread),
            optimum=Optimum(
                q=np.zeros(k),
                value=-103.75,
                status=status,
                root=np.eye(k),
                decrement=0.0,
                condition=2.0,
            ),
            coordinates=tuple(self.centres),
            warnings=(),
            record=self.record("mle" if scale is None else "map"),
            labels=self.labels,
        )

    def _draws(self, seed: int, chains: int, count: int, widen: float) -> np.ndarray:
        noise = np.random.default_rng(seed).standard_normal((chains, count, len(self.centres)))
        values = (
            np.array([*self.centres.values()]) + widen * np.array([*self.spreads.values()]) * noise
        )
        # a scale is positive
        return np.where(self.supports[:, 0] == 0, np.abs(values), values)

    def posterior(self, *, of_prior: bool = False, still: tuple[str, ...] = ()) -> Posterior:
        draws = self._draws(2 if of_prior else 1, 4, 250, 12.0 if of_prior else 1.0)
        for name in still:
            draws[:, :, list(self.centres).index(name)] = 3.0
        return Posterior(
            layout=self.layout,
            draws=draws,
            method_names=("lp__", "divergent__"),
            method_draws=np.zeros((4, 250, 2)),
            record=self.record("prior" if of_prior else "sample"),
            labels=self.labels,
            diagnostics=Diagnostics(
                divergences=0,
                max_treedepth_hits=0,
                bfmi_min=1.02,
                r_hat_max=1.004,
                ess_min=812.0,
                chains=4,
                draws=250,
            ),
            of_prior=of_prior,
        )

    def laplace(self) -> Approximation:
        return Approximation(
            layout=self.layout,
            draws=self._draws(3, 1, 400, 1.0),
            method_names=(),
            method_draws=np.zeros((1, 400, 0)),
            record=self.record("laplace"),
            labels=self.labels,
            method="laplace",
            centre=self.point(Scale.UNCONSTRAINED),
        )

    def everything(self, **options: object) -> Comparison:
        points = (
            self.point(shift=0.01),
            self.point(Scale.CONSTRAINED),
            self.point(Scale.UNCONSTRAINED, shift=0.004),
        )
        draws = (self.laplace(), self.posterior(), self.posterior(of_prior=True))
        return compare(*points, *draws, **options)  # type: ignore[arg-type]


def many(count: int) -> Builder:
    names = [f"beta[{i}]" for i in range(1, count + 1)]
    centres = dict(zip(names, np.linspace(-1, 1, count).tolist(), strict=True))
    return Builder(source=MANY, name="many", centres=centres, spreads=dict.fromkeys(names, 0.2))


@pytest.fixture
def builder() -> type[Builder]:
    return Builder


@pytest.fixture(scope="session")
def full() -> Comparison:
    """Every estimate of a normal model."""
    return Builder(labels={"ratio": "signal/noise"}).everything()


@pytest.fixture(scope="session")
def plain(full: Comparison) -> Report:
    """Its report without figures."""
    return build_report(full, pictures=False)


@pytest.fixture(scope="session")
def shapes() -> Callable[[str], Comparison]:
    """Comparisons of unusual make, by what is unusual."""
    normal = Builder()
    flat = Builder(source=FLAT, name="flat", centres={"a": 1.5}, spreads={"a": 0.3})
    lost = replace(
        normal.point(status=Status.AT_INFINITY),
        log_parts=LogParts(likelihood=np.inf, prior=np.nan, population=0.0),
    )
    told = Missing(title="MLE", reason="it has run away", advice="add a prior")
    cases = {
        "no prior": lambda: compare(flat.point(), flat.point(Scale.CONSTRAINED), flat.posterior()),
        "one parameter": flat.everything,
        "thirty parameters": many(30).everything,
        "four parameters": many(4).everything,
        "edge": lambda: compare(
            normal.point(),
            normal.point(Scale.CONSTRAINED, status=Status.BOUNDARY, edge=("sigma",)),
            normal.posterior(),
        ),
        "lost": lambda: compare(
            lost, normal.point(Scale.CONSTRAINED), normal.posterior(), missing=[told]
        ),
        "only missing": lambda: compare(normal.posterior(), missing=[told]),
        "still": lambda: compare(normal.point(Scale.CONSTRAINED), normal.posterior(still=("mu",))),
        "points only": lambda: compare(normal.point(), normal.point(Scale.CONSTRAINED)),
        "far": lambda: compare(
            normal.point(), normal.point(Scale.CONSTRAINED, shift=50.0), normal.posterior()
        ),
    }
    return functools.cache(lambda case: cases[case]())
