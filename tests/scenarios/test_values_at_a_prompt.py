"""What a prompt and a notebook show of every public value: short, and with tags that close."""

from __future__ import annotations

import inspect
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.inference.derived import Derived, DerivedDraws
from bayeswrap.estimates.inference.likelihood_ratio import LikelihoodRatioTest
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.profile_likelihood.profile import Profile
from bayeswrap.estimates.results.census import Census
from bayeswrap.predictions.effect_table import EffectTable
from bayeswrap.program_library import Library
from bayeswrap.reevaluation import Reevaluation
from bayeswrap.regression_model.regression_model import RegressionModel
from bayeswrap.studies.study import Study
from bayeswrap.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

CODE = """data {{ int N; vector[N] y; }}
parameters {{ vector[N] beta; real mu; }}
model {{ mu ~ normal(0, {scale}); beta ~ normal(0, 1); y ~ normal(mu + beta, 1); }}
"""
SMALL = """data { int N; vector[N] y; } parameters { real mu; }
model { mu ~ normal(0, 10); y ~ normal(mu, 1); }
"""
OLD = "data { int N; real y[N]; } parameters { real m; } model { y ~ normal(m, 1); }\n"
# those that the reference of public names has, and what their verbs return
CLASSES = {
    *(bw.Program, bw.Migration, bw.Model, RegressionModel, bw.Comparison, bw.ModelComparison),
    *(PointEstimate, Posterior, Approximation, Verdict, Profile, Derived, DerivedDraws),
    *(LikelihoodRatioTest, Study, Census, EffectTable, Library, Reevaluation),
}
SAMPLING = {"seed": 1, "iter_warmup": 150, "iter_sampling": 50, "show_progress": False}


def _values(folder: Path) -> list[Any]:
    """Return a value of each class, of a program with more parameters than lines of a prompt."""
    y = {"y": np.linspace(-1, 1, 30)}
    program = bw.Program.from_string(CODE.format(scale=1), name="many")
    model = bw.Model(program, y, engine="stanli", roles={"beta ~ normal(0, 1);": "prior"})
    draws, mode, laplace = model.sample(**SAMPLING), model.map(seed=1), model.laplace(seed=1)
    prior = model.prior(seed=1, draws=100, show_progress=False)
    comparison = bw.compare(mode, laplace, draws, starts=0)
    small = bw.Model(bw.Program.from_string(SMALL, name="small"), y, engine="stanli")
    text = SMALL.replace("real mu;", "real mu; real b;").replace(
        "(mu, 1)", "(mu + b * linspaced_vector(N, -1, 1), 1)"
    )
    larger = bw.Program.from_string(text, name="larger")
    best = small.mle(seed=1, starts=3)
    test = bw.likelihood_ratio_test(best, bw.Model(larger, y, engine="stanli").mle(seed=1))
    ranking = bw.compare_models({"one": small.sample(**SAMPLING), "other": draws})
    frame = pd.DataFrame({"x": np.arange(12.0), "z": np.arange(12.0) ** 2})
    frame["y"] = frame["x"] + np.sin(frame["z"])
    regression = bw.glm("y ~ x", frame, engine="stanli")
    fit = regression.mle(seed=1)
    return [
        *(program, bw.migrate(OLD), model, regression, comparison, comparison.verdict, ranking),
        *(mode, draws, prior, laplace, best.profile("mu"), best.derive("exp(mu)")),
        *(draws.derive("exp(mu)"), test, best.census, regression.effects(fit, "x"), bw.library),
        bw.studies.prior_weight_path(small, [0.5, 1, 2], seed=1),
        bw.verify(bw.save(best, folder / "best.bw")),
    ]


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return _values(tmp_path_factory.mktemp("saved"))


class Balance(HTMLParser):
    """Opening tags without an end, and rows of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own
        self.rows += tag == "tr"
        if tag not in {"br", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_class_of_the_reference_is_among_the_values(values):
    assert {c for c in CLASSES if not any(isinstance(v, c) for v in values)} == set()
    public = {getattr(bw, n) for n in bw.__all__ if inspect.isclass(getattr(bw, n))}
    assert {c for c in public - CLASSES if not issubclass(c, Exception)} == set()


def test_a_prompt_shows_at_most_ten_lines(values):
    long = {type(v).__name__: len(repr(v).split("\n")) for v in values}
    assert {name: n for name, n in long.items() if n > 10} == {}


def test_what_is_cut_says_so_and_ends_with_the_conclusion(values):
    comparison = next(v for v in values if isinstance(v, bw.Comparison))

    assert "more lines: print() shows them" in repr(comparison)
    assert repr(comparison).endswith(comparison.verdict.summary)
    assert len(str(comparison).split("\n")) > 10


def test_a_notebook_shows_each_as_html_of_a_screen(values):
    for value in values:
        page = Balance()
        page.feed(value._repr_html_())
        assert page.open == [], type(value)
        assert page.rows <= 60, type(value)
