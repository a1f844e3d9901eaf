"""Which groups differ from the mean of all, by draws that are known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.report.sections.group_differences import difference_sentences, differing_elements

SLOPES = """
data { int J; matrix[J, 2] y; }
parameters { matrix[J, 2] r; }
model { to_vector(r) ~ normal(0, 5); to_vector(y) ~ normal(to_vector(r), 0.1); }
"""
CODE = """
data { int J; vector[J] y; }
parameters { real mu; vector[J] theta; }
model { mu ~ normal(0, 5); theta ~ normal(mu, 1); y ~ normal(theta, 0.1); }
"""


def draws_at(centres, sd):
    """Draws of a vector with given centres; a common shift, which says nothing of differences."""
    rng = np.random.default_rng(1)
    shape = (4, 250, len(centres))
    shift = 5 * rng.standard_normal((4, 250, 1))
    names = tuple(f"theta[{i}]" for i in range(1, len(centres) + 1))
    draws = np.array(centres) + sd * rng.standard_normal(shape) + shift
    return SimpleNamespace(layout=SimpleNamespace(names=names), draws=draws), names


@pytest.mark.parametrize(
    ("centres", "below", "above"),
    [
        ((-3.0, 0, 0, 3), ["theta[1]"], ["theta[4]"]),
        # all at one place, however far from 0
        ((7.0, 7, 7, 7), [], []),
        ((7.0, 7, 7, 27), ["theta[1]", "theta[2]", "theta[3]"], ["theta[4]"]),
    ],
)
def test_elements_differ_from_their_mean_not_from_zero(centres, below, above):
    posterior, names = draws_at(centres, 0.5)
    assert differing_elements(posterior, names, 0.95) == (below, above)


@pytest.fixture(scope="module")
def effects():
    values = np.r_[np.zeros(13), 4.0]
    data = {"J": 14, "y": values}
    labels = {"J": [f"site {c}" for c in "abcdefghijklmn"]}
    program = bw.Program.from_string(CODE, name="sites")
    model = bw.Model(program, data, engine="stanli", labels=labels)
    return bw.compare(model.sample(seed=1, iter_warmup=300, iter_sampling=300))


def test_a_sentence_counts_and_names_the_groups(effects):
    names = [f"theta[{i}]" for i in range(1, 15)]
    (text,) = difference_sentences(effects, "theta", names)
    assert "14 of 14 elements differ from the mean of all 14" in text
    assert "site h and 5 more. Above the mean: site n." in text
    assert "95 % credible interval" in text
    assert "not adjusted" in text


def test_what_is_no_vector_of_effects_has_no_sentence(effects):
    assert difference_sentences(effects, "mu", ["mu"]) == ()
    assert difference_sentences(effects, "theta", ["theta[1]", "theta[2]"]) == ()


def test_each_column_of_a_matrix_of_effects_has_a_sentence():
    data = {"J": 3, "y": np.array([[0.0, 1], [0, 1], [9, 1]])}
    program = bw.Program.from_string(SLOPES, name="slopes").with_roles({"4:9": "population"})
    model = bw.Model(program, data, engine="stanli", labels={"J": ["a", "b", "c"]})
    draws = bw.compare(model.sample(seed=1, iter_warmup=300, iter_sampling=300))
    names = [f"r[{i},{j}]" for j in (1, 2) for i in (1, 2, 3)]
    first, second = difference_sentences(draws, "r", names)
    assert "1: 3 of 3 elements differ" in first
    assert "Below the mean: a, b. Above the mean: c." in first
    assert second.startswith("2: 0 of 3 elements differ")
