"""Results made by hand: no program is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bayeswrap.estimates import (
    Approximation,
    Diagnostics,
    Estimator,
    LogParts,
    PointEstimate,
    Posterior,
    Scale,
    Status,
)
from bayeswrap.estimates.ending import Optimum
from bayeswrap.estimates.layout import Layout
from bayeswrap.record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAT = "parameters { real x; } model { x ~ normal(0, 1); }"
HIERARCHY = (
    "data { vector[2] y; } parameters { real mu; vector[2] a; }"
    "model { a ~ normal(mu, 1); y ~ normal(a, 1); }"
)
DIAGNOSTICS = Diagnostics(
    divergences=0,
    max_treedepth_hits=0,
    bfmi_min=1.0,
    r_hat_max=1.001,
    ess_min=2000.0,
    chains=4,
    draws=1000,
)


class Made:
    """Builders of results for scalars a, b, ... of one program and data set."""

    @staticmethod
    def record(method: str, **changes: Any) -> RunRecord:
        fields: dict[str, Any] = {
            "method": method,
            "program_name": "t",
            "program": FLAT,
            "program_hash": "p",
            "data_hash": "d",
            "engine": "",
            "command": "",
            "seed": 1,
            "options": {},
            "seconds": 0.0,
        }
        return RunRecord(**fields | changes)

    @classmethod
    def point(
        cls,
        estimator: Estimator,
        scale: Scale | None,
        values: Mapping[str, float],
        spread: Mapping[str, float] | float = 1.0,
        status: Status = Status.CONVERGED,
        **more: Any,
    ) -> PointEstimate:
        names, n = tuple(values), len(values)
        errors = dict.fromkeys(names, spread) if isinstance(spread, float) else spread
        errors = {k: v if status.is_estimate else np.nan for k, v in errors.items()}
        fields: dict[str, Any] = {
            "estimator": estimator,
            "scale": scale,
            "status": status,
            "log_parts": LogParts(likelihood=-1.0, prior=-1.0, population=0.0),
            "layout": cls.layout(names, more.pop("derived", ())),
            "values": np.array(list(values.values()), dtype=float),
            "spread": np.array([errors[name] for name in names], dtype=float),
            "supports": np.tile([-np.inf, np.inf], (n, 1)),
            "notes": {},
            "root": np.eye(n),
            "coordinates": names,
            "warnings": (),
            "optimum": Optimum(
                q=np.zeros(n),
                value=0.0,
                status=status,
                root=np.eye(n),
                decrement=0.0,
                condition=more.pop("condition", 1.0),
                direction=more.pop("direction", None),
            ),
            "record": cls.record(str(estimator).lower()),
        }
        return PointEstimate(**fields | more)

    @classmethod
    def mle(cls, values: Mapping[str, float], spread: Any = 1.0, **more: Any) -> PointEstimate:
        return cls.point(Estimator.MLE, None, values, spread, **more)

    @classmethod
    def map(cls, values: Mapping[str, float], spread: Any = 1.0, **more: Any) -> PointEstimate:
        return cls.point(Estimator.MAP, Scale.CONSTRAINED, values, spread, **more)

    @classmethod
    def map_unconstrained(
        cls,
        values: Mapping[str, float],
        spread: Any = 1.0,
        **more: Any,
    ) -> PointEstimate:
        return cls.point(Estimator.MAP, Scale.UNCONSTRAINED, values, spread, **more)

    @staticmethod
    def layout(names: tuple[str, ...], derived: tuple[str, ...] = ()) -> Layout:
        variables = dict.fromkeys(n.split("[")[0] for n in names)
        return Layout(
            names,
            {v: "generated quantities" if v in derived else "parameters" for v in variables},
        )

    @classmethod
    def posterior(
        cls,
        means: Mapping[str, float],
        sds: Mapping[str, float] | float = 1.0,
        *,
        draws: int = 1000,
        **more: Any,
    ) -> Posterior:
        rng = np.random.default_rng(1)
        columns = []
        for name, mean in means.items():
            sd = sds if isinstance(sds, float) else sds[name]
            z = rng.normal(size=(4, draws))
            # exact moments: the gaps of a test are what it says they are
            columns.append(mean + sd * (z - z.mean()) / z.std(ddof=1))
        fields: dict[str, Any] = {
            "layout": cls.layout(tuple(means), more.pop("derived", ())),
            "draws": np.stack(columns, axis=-1),
            "method_names": ("lp__",),
            "method_draws": np.zeros((4, draws, 1)),
            "record": cls.record("sample"),
            "diagnostics": DIAGNOSTICS,
        }
        return Posterior(**fields | more)

    @classmethod
    def laplace(cls, log_weights: np.ndarray) -> Approximation:
        n = log_weights.size
        return Approximation(
            layout=cls.layout(("a",)),
            draws=np.random.default_rng(2).normal(size=(1, n, 1)),
            method_names=("log_p__", "log_q__"),
            method_draws=np.stack([log_weights, np.zeros(n)], axis=-1)[np.newaxis],
            record=cls.record("laplace"),
            method="laplace",
            centre=cls.map_unconstrained({"a": 0.0}),
        )


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made


@pytest.fixture(scope="session")
def hierarchy() -> str:
    return HIERARCHY
