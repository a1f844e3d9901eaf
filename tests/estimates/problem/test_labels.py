"""Labels of scalars: which names they take, and the way back to Stan's spelling."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.data.model_data import ModelData
from bayeswrap.estimates.problem.labels import (
    Labels,
    element_names,
    parameter_labels,
    stan_name,
)

CODE = (
    "data { int N; int K; matrix[N, K] X; vector[N] y; }"
    "parameters { vector[K] beta; real<lower=0> sigma; }"
    "model { beta ~ normal(0, 1); sigma ~ exponential(1); y ~ normal(X * beta, sigma); }"
)
FRAME = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [0.0, 1, 0, 1], "out": [1.0, 2, 2, 4]})


def test_coefficients_take_the_names_of_the_columns():
    program = bw.Program.from_string(CODE, name="t")
    made = bw.Model(program, FRAME, engine="stanli", y="out", X=["1", "a", "b"])

    assert made.map(seed=1).labels == {
        "beta[1]": "beta[(Intercept)]",
        "beta[2]": "beta[a]",
        "beta[3]": "beta[b]",
    }


def test_two_matrices_of_one_size_give_no_labels():
    code = CODE.replace("vector[N] y;", "matrix[N, K] Z; vector[N] y;")
    made = bw.Model(
        bw.Program.from_string(code, name="t"),
        FRAME,
        engine="stanli",
        y="out",
        X=["a", "b"],
        Z=["b", "a"],
    )

    assert made.map(seed=1).labels == {}


DECLARED = bw.Program.from_string(
    """data { int N; int M; int J; matrix[N, M] Z; array[N] int<lower=1, upper=J> g; }
    transformed data { int K = M; }
    parameters { matrix[J, M] r; corr_matrix[M] cor; array[2] vector[M] two; array[J, M] real a;
      cholesky_factor_corr[M] L; array[J] cov_matrix[M] S; complex_vector[M] c; vector[K] late; }
    transformed parameters { row_vector[M] row = r[1]; }
    model {}
    generated quantities { array[M] int counts = rep_array(1, M); matrix[N, M] fit = Z; }""",
    name="declared",
)


def labels_of(g: Any, names: tuple[str, ...] = ("Intercept", "I(x, 2)"), **more: Any) -> Labels:
    matrix = pd.DataFrame(np.ones((len(g), len(names))), columns=list(names))
    return parameter_labels(DECLARED, ModelData.build(DECLARED, {"Z": matrix, "g": g}, **more))


@pytest.fixture
def labels() -> Labels:
    with pytest.warns(bw.BayeswrapWarning, match="coded as 1 = 308"):
        return labels_of(["308", "309", "308"])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("r[2,1]", "r[309,Intercept]"),
        ("r[1,2]", "r[308,I(x, 2)]"),
        ("cor[1,2]", "cor[Intercept,I(x, 2)]"),
        ("L[2,2]", "L[I(x, 2),I(x, 2)]"),
        ("two[2,1]", "two[2,Intercept]"),
        ("a[2,2]", "a[309,I(x, 2)]"),
        ("S[2,1,2]", "S[309,Intercept,I(x, 2)]"),
        ("row[1]", "row[Intercept]"),
        ("counts[2]", "counts[I(x, 2)]"),
        ("fit[3,1]", "fit[3,Intercept]"),
    ],
)
def test_every_dimension_takes_the_names_of_its_size(labels: Labels, name: str, label: str):
    assert labels[name] == label
    assert labels.stan_name(label) == name
    assert stan_name(name, labels) == name


def test_what_stan_computes_itself_and_complex_numbers_have_no_labels(labels: Labels):
    assert not {"late", "c", "Z"} & {name.partition("[")[0] for name in labels}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("r[309, Intercept]", "r[2,1]"),
        ("r[ 2 , I(x,2) ]", "r[2,2]"),  # numbers and names side by side
        ("r[309,2]", "r[2,2]"),
        ("r[310,Intercept]", "r[310,1]"),  # no such element, as its user will be told
        ("r[309]", "r[309]"),
        ("r", "r"),
        ("sigma", "sigma"),
    ],
)
def test_spellings_are_translated(labels: Labels, text: str, name: str):
    assert labels.stan_name(text) == name


def test_levels_that_are_numbers_of_other_elements_say_whose_they_are():
    with pytest.warns(bw.BayeswrapWarning, match="coded as 1 = 0"):
        labels = labels_of([0, 1, 2])

    assert labels["r[2,1]"] == "r[g=1,Intercept]"
    assert labels.stan_name("r[1,Intercept]") == "r[1,1]"
    assert labels.stan_name("r[g=1,Intercept]") == "r[2,1]"


def test_names_that_are_given_for_a_size_stand_before_all_others():
    labels = labels_of([1, 2], labels={"M": ["a", "b"], "J": ["north", "south"]})

    assert labels["r[2,1]"] == "r[south,a]"


def test_columns_of_one_name_give_no_labels():
    assert "row[1]" not in labels_of([1, 2], names=("a", "a"))


def test_a_bound_with_more_room_than_levels_leaves_numbers():
    with pytest.warns(bw.BayeswrapWarning, match="coded"):
        labels = labels_of(["b", "a"], J=3)

    assert labels.elements["r"][0] == ("a", "b", "3")


def test_names_of_elements_are_coordinates(labels: Labels):
    assert element_names(labels, "two", (2, 2)) == [[1, 2], ["Intercept", "I(x, 2)"]]
    assert element_names(labels, "sigma", ()) == []
    assert element_names(labels, "late", (2,)) == [[1, 2]]
    assert element_names({"b[1]": "b[x]", "b[2]": "b[y]"}, "b", (2,)) == [["x", "y"]]
    assert element_names({"b[1]": "b[x]"}, "b", (2,)) == [[1, 2]]


def test_a_plain_mapping_serves_as_well():
    assert stan_name("b[ x ]", {"b[1]": "b[x]"}) == "b[1]"
    assert stan_name("b[1]", {"b[1]": "b[x]"}) == "b[1]"


def test_labels_pickle_and_equal_a_dict(labels: Labels):
    again = pickle.loads(pickle.dumps(labels))

    assert again == labels == dict(labels)
    assert len(again) == len(dict(labels))
