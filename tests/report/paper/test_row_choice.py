"""Which scalars have a row, and their labels."""

from __future__ import annotations

import pytest

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.report.paper.row_choice import (
    chosen_rows,
    latent_counts,
    latent_variables,
    require_known_labels,
    row_labels,
    usual_rows,
)


def test_effects_are_counted_and_correlations_stand_for_their_factor(grouped_mle):
    choice = usual_rows([grouped_mle])

    labels = grouped_mle.labels
    assert [labels.get(n, n) for n in choice.names] == [
        "beta[x]",
        "alpha",
        "sd_g[Intercept]",
        "sd_g[x]",
        "cor_g[x,Intercept]",
    ]
    assert choice.left_out == {}
    assert latent_variables([grouped_mle]) == {"z_g"}
    assert latent_counts([grouped_mle]) == {"groups (g)": 5}


def test_a_long_vector_alone_is_shown_and_beside_others_left_out(made):
    point = made.mle({"mu": 0.0} | {f"beta[{i}]": 1.0 for i in range(1, 14)})

    assert usual_rows([point]).names == ("mu",)
    assert usual_rows([point]).left_out == {"beta": 13}
    alone = made.mle({f"beta[{i}]": 1.0 for i in range(1, 14)})
    assert len(usual_rows([alone]).names) == 13


def test_names_patterns_and_new_labels_find_rows(full):
    found = chosen_rows(full.results, ["ratio", "Centre", "sig*", "no"], {"mu": "Centre"})

    assert found == {"ratio": ("ratio",), "Centre": ("mu",), "sig*": ("sigma", "ratio"), "no": ()}


def test_labels_are_the_users_or_the_data_frames():
    own = {"beta[1]": "beta[x]"}
    labels = row_labels(["beta[1]", "beta[2]"], own, {"beta[x]": "Dose\n(mg)"})

    assert labels == {"beta[1]": "Dose (mg)", "beta[2]": "beta[2]"}


def test_two_rows_of_one_label_are_refused():
    with pytest.raises(UsageError, match="same label"):
        row_labels(["a", "b"], {}, {"a": "x", "b": "x"})


def test_a_label_of_nothing_is_refused(full):
    with pytest.raises(UnknownNameError, match="did you mean 'sigma'"):
        require_known_labels({"": full.results}, {"sigam": "Spread"})


def test_a_number_that_is_another_column_in_each_model_is_refused(made):
    first = made.mle({"beta[1]": 0.0}, labels={"beta[1]": "beta[x]"})
    second = made.mle({"beta[1]": 0.0}, labels={"beta[1]": "beta[z]"})

    with pytest.raises(UsageError, match="another parameter in each model"):
        require_known_labels({"A": [first], "B": [second]}, {"beta[1]": "Distance"})
    require_known_labels({"A": [first], "B": [second]}, {"beta[x]": "Distance"})
