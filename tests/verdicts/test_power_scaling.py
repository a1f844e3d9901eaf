"""Power scaling: the diagnosis is that of ArviZ, which rounds its numbers and logs a warning."""

from __future__ import annotations

import arviz_base
import arviz_stats
import numpy as np
import pytest

from bayeswrap.verdicts.power_scaling import diagnosis


@pytest.fixture(scope="module")
def container():
    """Four independent scalars: of the prior, of the likelihood, of both, of neither."""
    x = np.random.default_rng(1).normal(size=(2, 500, 4))
    return arviz_base.from_dict(
        {
            "posterior": {"x": x},
            "log_prior": {"prior": 2 * x[..., 0] + 2 * x[..., 2]},
            "log_likelihood": {"likelihood": 2 * x[..., 1] + 2 * x[..., 2]},
        }
    )


def test_arviz_gives_the_same_diagnoses(container, caplog):
    unrounded = {
        part: np.asarray(arviz_stats.psense(container, group=part)["x"])
        for part in ("prior", "likelihood")
    }

    table = arviz_stats.psense_summary(container)

    own = [diagnosis(*row) for row in zip(*unrounded.values(), strict=True)]
    assert own == list(table["diagnosis"])
    assert set(own) == {
        "potential strong prior / weak likelihood",
        "potential prior-data conflict",
        "\N{CHECK MARK}",
    }
    # why its table is not taken
    assert (table["prior"].to_numpy() != unrounded["prior"]).any()
    assert "potential issues" in caplog.text


@pytest.mark.parametrize(
    ("prior", "likelihood", "word"),
    [
        (0.2, 0.2, "potential prior-data conflict"),
        (0.05, 0.05, "potential prior-data conflict"),
        (0.06, 0.01, "potential strong prior / weak likelihood"),
        (0.05, 0.01, "\N{CHECK MARK}"),
        (0.01, 0.2, "\N{CHECK MARK}"),
        (np.nan, 0.2, "\N{CHECK MARK}"),
    ],
)
def test_the_threshold_belongs_to_both_sides_as_in_arviz(prior, likelihood, word):
    assert diagnosis(prior, likelihood) == word
