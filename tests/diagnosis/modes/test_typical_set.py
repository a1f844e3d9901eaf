"""Log densities of draws below that of the mode."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixtures.folders import program_text
from scipy import stats

import bayeswrap as bw
from bayeswrap.diagnosis.modes.typical_set import DensityDrop, drop_below


def results(code):
    model = bw.Model(bw.Program.from_string(code, name="t"), None, engine="stanli")
    return model.map("unconstrained", seed=1), model.sample(seed=1, show_progress=False)


def test_a_normal_in_many_dimensions_is_in_order():
    mode, posterior = results("parameters { vector[50] x; } model { x ~ std_normal(); }")
    drop = drop_below(mode, posterior)

    assert drop.dimension == 50
    assert drop.expected == pytest.approx(stats.chi2.median(50) / 2)
    # a median of 200 draws: its standard error is 1.25 sd / sqrt(200)
    assert abs(drop.median - drop.expected) < 4 * 1.25 * 5 / 200**0.5
    assert drop.median < drop.threshold


def test_a_funnel_is_not():
    mode, posterior = results(program_text("funnel"))
    drop = drop_below(mode, posterior)

    assert drop.median > 4 * drop.threshold


def test_a_loaded_mode_has_no_way_back():
    mode, posterior = results("parameters { real x; } model { x ~ std_normal(); }")

    assert drop_below(replace(mode, problem=None), posterior) is None


def test_threshold_is_one_in_a_thousand():
    assert DensityDrop(median=0.0, dimension=1).threshold == pytest.approx(
        stats.norm.isf(5e-4) ** 2 / 2
    )
