"""The figures of a comparison by name: which there are, and what each needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import bayeswrap as bw
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.plots.kinds import KINDS, kinds_table, plot_kind
from bayeswrap.plots.study_panels import StudyFigure

OF_DRAWS = ("forest", "marginal", "trace", "rank", "energy", "predictive")


@pytest.mark.parametrize("kind", OF_DRAWS)
def test_a_kind_is_a_figure_at_any_width(counts, kind):
    figure = plot_kind(counts, kind, width=3.35)
    assert isinstance(figure, Figure)
    assert figure.get_figwidth() == pytest.approx(3.35)


def test_an_unknown_kind_lists_the_kinds(counts):
    with pytest.raises(UsageError, match="did you mean 'forest'") as caught:
        plot_kind(counts, "forrest")
    assert all(f"{name}: {kind.shows}" in str(caught.value) for name, kind in KINDS.items())


def test_the_help_of_plot_has_a_line_for_each_kind():
    for name, kind in KINDS.items():
        assert f'* ``"{name}"``: {kind.shows}' in Comparison.plot.__doc__


def test_parameters_in_the_place_of_a_kind_are_drawn_as_densities(counts):
    for words in ("rate", ["rate"]):
        assert plot_kind(counts, words).axes[0].get_xlabel() == "rate"
        assert plot_kind(counts, words).axes[0].get_ylabel() == "density"


def test_what_is_missing_is_named_with_the_way_to_get_it(counts_mode, counts):
    with pytest.raises(EstimandError, match=r"no draws of a posterior[\s\S]*do: put sample"):
        plot_kind(counts_mode, "trace")
    with pytest.raises(UsageError, match=r"no search from several starts[\s\S]*starts=50"):
        plot_kind(counts, "census")
    with pytest.raises(UsageError, match=r"one data set[\s\S]*bw\.studies\.n_ladder"):
        plot_kind(counts, "n_ladder")
    with pytest.raises(EstimandError, match=r"begins at the MLE[\s\S]*put mle\(\)"):
        plot_kind(counts, "prior_weight")


def test_ranks_need_two_chains(counts):
    draws = counts.lineup.posterior
    one = replace(draws, draws=draws.draws[:1], method_draws=draws.method_draws[:1])
    alone = replace(counts, lineup=type(counts.lineup)((one,)))
    with pytest.raises(UsageError, match=r"draws have one[\s\S]*sample\(chains=4\)"):
        plot_kind(alone, "rank")
    assert plot_kind(alone, "trace").axes


def test_a_loaded_comparison_says_how_to_get_its_data(counts, counts_mode, tmp_path):
    bw.save(counts, tmp_path / "c.bw")
    with pytest.raises(UsageError, match=r"loaded draws hold none[\s\S]*density=True"):
        bw.load(tmp_path / "c.bw").plot("predictive")
    bw.save(counts_mode, tmp_path / "m.bw")
    with pytest.raises(EstimandError, match=r"a loaded estimate holds no data[\s\S]*density=True"):
        bw.load(tmp_path / "m.bw").plot("profile")


def test_the_table_of_kinds_says_what_is_missing(counts_mode):
    table = kinds_table(counts_mode)
    assert list(table.index) == list(KINDS)
    assert table.loc["forest", ["missing", "do"]].tolist() == ["", ""]
    assert "draws" in table.loc["trace", "missing"]
    assert "sample()" in table.loc["trace", "do"]


def test_figures_are_drawn_on_axes_of_the_user(counts):
    figure = Figure(figsize=(6, 3))
    axes = figure.subplots(1, 2)
    assert plot_kind(counts, "marginal", "rate", axes=axes[1]) is figure
    assert axes[1].get_xlabel() == "rate"
    assert not axes[0].lines
    assert plot_kind(counts, "forest", axes=axes) is figure
    assert axes[0].get_yticklabels()[0].get_text() == "rate"


def test_fewer_axes_than_panels_are_refused(counts):
    axes = Figure().subplots()
    with pytest.raises(UsageError, match="too few axes") as caught:
        plot_kind(counts, "predictive", axes=axes)
    assert "3, one a panel" in str(caught.value)


def test_a_study_is_drawn_by_its_kind_alone(counts):
    table = pd.DataFrame(
        {"n": [10, 20] * 2, "parameter": ["a", "a", "b", "b"], "gap": np.arange(4.0)}
    )
    study = StudyFigure(
        table=table, x="n", x_label="n", y={"gap": "gap"}, y_label="gap", panels="parameter"
    )
    assert len(plot_kind(counts, "n_ladder", study=study).axes) == 2
    (axes,) = plot_kind(counts, "n_ladder", "b", study=study).axes
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [2, 3])
    with pytest.raises(UsageError, match="n_ladder or prior_weight"):
        plot_kind(counts, "trace", study=study)
