"""Programs that CmdStan takes and stanli does not: modes by the compiled program, and its word."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import AdoptionError

CODE = """
data { vector[7] y; }
parameters { real mu; real<lower=0> s; }
transformed parameters {
  tuple(real, vector[2]) both = (mu + s, [mu, s]');
  matrix[2, 2] m = [[mu, s], [2 * s, mu]];
}
model { mu ~ normal(0, 5); s ~ exponential(1); y ~ normal(mu, s); }
"""
JACOBIAN = """
data { int N; vector[N] y; }
parameters { real mu; real log_s; }
transformed parameters { real s = exp(log_s); jacobian += log_s; }
model { mu ~ normal(0, 5); s ~ exponential(1); y ~ normal(mu, s); }
"""
DATA = {"y": [1.0, 2, 3, 4, 2.5, 1.8, 2.2]}


@pytest.fixture(scope="module")
def found():
    """All that there is of a program with a tuple."""
    program = bw.Program.from_string(CODE, name="with_tuple")
    return bw.analyze(program, DATA, seed=1, show_progress=False)


def test_the_modes_are_those_of_the_formula(found):
    y = np.array(DATA["y"])

    mle = found.lineup.mle

    assert mle["mu"] == pytest.approx(y.mean(), abs=1e-6)
    assert mle["s"] == pytest.approx(y.std(), abs=1e-6)
    # the expected information of a normal sample: s^2 / n, and s^2 / 2n
    assert mle.to_frame().loc["mu", "se"] == pytest.approx(y.std() / 7**0.5, rel=1e-5)
    assert mle.to_frame().loc["s", "se"] == pytest.approx(y.std() / 14**0.5, rel=1e-5)
    density = sum(np.log(2 * np.pi * y.var()) + (y - y.mean()) ** 2 / y.var()) / -2
    assert mle.log_likelihood == pytest.approx(density, rel=1e-12)


def test_what_evaluates_is_told(found):
    for result in (found.lineup.mle, found.lineup.map_unconstrained, found.lineup.posterior):
        assert "evaluated by the compiled program" in result.warnings[0]
        assert "stanli cannot take it" in result.warnings[0]


def test_rows_are_spelt_as_in_stan(found):
    table = found.to_frame(derived=True)

    assert list(table.index)[:5] == ["mu", "s", "both.1", "both.2[1]", "both.2[2]"]
    assert list(found.to_frame("both").index) == ["both.1", "both.2[1]", "both.2[2]"]
    np.testing.assert_allclose(
        table.loc["both.1", "posterior_mean"],
        table.loc[["mu", "s"], "posterior_mean"].sum(),
        rtol=1e-6,
    )
    assert table.loc["m[2,1]", "posterior_mean"] == pytest.approx(
        2 * table.loc["s", "posterior_mean"], rel=1e-5
    )


def test_the_report_and_the_file_hold_it(found, tmp_path):
    page = found.report(tmp_path / "it.html").read_text(encoding="utf-8")
    loaded = bw.load(bw.save(found, tmp_path / "it.bw"))

    assert "stanli cannot take it" in page
    assert list(loaded.to_frame("both").index) == ["both.1", "both.2[1]", "both.2[2]"]


def test_a_fit_of_it_is_adopted_and_checked(found):
    fit, program = found.lineup.posterior.cmdstan_fit, bw.Program.from_string(CODE, "with_tuple")

    adopted = bw.adopt(fit, program=program, data=DATA)

    np.testing.assert_array_equal(adopted["mu"], found.lineup.posterior["mu"])
    with pytest.raises(AdoptionError):
        bw.adopt(fit, program=program, data={"y": [9.0, *DATA["y"][1:]]})


def test_a_jacobian_of_the_users_counts_on_the_unconstrained_scale_alone(found):
    model = bw.Model(bw.Program.from_string(JACOBIAN, name="own_jacobian"), {**DATA, "N": 7})

    for scale in ("constrained", "unconstrained"):
        mode = model.map(scale, seed=1)

        declared = getattr(found.lineup, f"map_{scale}")
        assert mode["s"] == pytest.approx(declared["s"], abs=1e-6)
    assert model.mle(seed=1)["s"] == pytest.approx(np.std(DATA["y"]), abs=1e-6)
