"""Units of data and parameters, and where they are shown."""

from __future__ import annotations

import functools

import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.data.row_names import Origin, Rows
from bayeswrap.data.stated_units import checked_units
from bayeswrap.errors import DataError

FRAME = pd.DataFrame({"dose": [0.5, 1, 2, 3], "age": [1.0, 0, 1, 1], "height": [0.4, 1, 2, 3]})
UNITS = {"height": "mm", "dose": "mg", "sigma": "mm", "beta[dose]": "mm/mg"}


@functools.cache
def program() -> bw.Program:
    return bw.Program.from_string(
        "data { int N; int K; matrix[N, K] X; vector[N] y; }"
        "parameters { vector[K] beta; real<lower=0> sigma; }"
        "model { beta ~ normal(0, 1); sigma ~ exponential(1); y ~ normal(X * beta, sigma); }",
        name="line",
    )


@pytest.fixture(scope="module")
def model() -> bw.Model:
    return bw.Model(program(), FRAME, X=["dose", "age"], y="height", units=UNITS, engine="stanli")


def test_units_are_kept_by_variable_column_and_scalar(model):
    kept = {"y": "mm", "dose": "mg", "sigma": "mm", "beta[dose]": "mm/mg"}

    assert dict(model.data.units) == kept


def test_tables_and_containers_show_them(model, tmp_path):
    point = model.map(seed=1)
    draws = model.laplace(seed=1, draws=20)

    assert point.to_frame()["unit"].tolist() == ["mm/mg", "", "mm"]
    assert list(draws.to_frame().columns[:2]) == ["label", "unit"]
    assert bw.load(bw.save(point, tmp_path / "point.bw")).to_frame().equals(point.to_frame())
    assert draws.idata.posterior["sigma"].attrs["units"] == "mm"
    assert "units" not in draws.idata.posterior["beta"].attrs


def test_results_without_units_have_no_such_column(model):
    plain = bw.Model(program(), FRAME, X=["dose", "age"], y="height", engine="stanli")

    assert "unit" not in plain.map(seed=1).to_frame()


@pytest.mark.parametrize(
    ("name", "hint"), [("sigm", "sigma"), ("Dose", "dose"), ("bta[dose]", "beta")]
)
def test_unknown_names_get_the_nearest_one(name, hint):
    origins = {"X": Origin(columns=("dose", "age"), rows=Rows())}
    with pytest.raises(DataError, match=f"no column that is used; did you mean '{hint}'"):
        checked_units({name: "mg"}, program(), origins)
