"""Fits made elsewhere, taken over: against the CSV files of real runs and against own results."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from fixtures.folders import GOLD, ROOT

import bayeswrap as bw
from bayeswrap.errors import AdoptionError
from bayeswrap.estimates.problem.estimand import Scale

RUNS = GOLD / "cmdstan" / "beta_binomial_7_of_10"
PROGRAM = GOLD / "bayes" / "beta_binomial_7_of_10" / "program.stan"
DATA = {"n": 10, "y": 7, "a": 2, "b": 2}
CHAINS = [RUNS / "sample_2chains_2.csv", RUNS / "sample_2chains_3.csv"]
FREE = "data { int n; int y; } parameters { real<lower=0, upper=1> theta; }"
LIKELIHOOD = FREE + "model { y ~ binomial(n, theta); }"


def column(path, name):
    lines = [ln for ln in path.read_text().splitlines() if ln and not ln.startswith("#")]
    at = lines[0].split(",").index(name)
    return np.array([float(line.split(",")[at]) for line in lines[1:]])


@pytest.fixture
def model():
    return bw.Model(PROGRAM, DATA, engine="stanli")


def test_draws_are_those_of_the_files_chain_by_chain():
    found = bw.adopt(CHAINS, program=PROGRAM, data=DATA)
    expected = np.array([column(path, "theta") for path in CHAINS])
    np.testing.assert_array_equal(found["theta"], expected)
    np.testing.assert_array_equal(found.method_column("lp__")[1], column(CHAINS[1], "lp__"))
    assert found.diagnostics.chains == 2
    assert found.record.seed == 20391
    assert found.record.options["iter_warmup"] == 50
    assert "CmdStan 2.39.0" in found.record.engine
    assert "sample_2chains_3.csv" in found.record.command
    assert found.record.command.startswith("adopted")


def test_adopted_results_stand_beside_own_ones(model):
    adopted = bw.adopt([str(p) for p in CHAINS], program=PROGRAM, data=DATA)
    mode = bw.adopt(RUNS / "optimize_lbfgs_j0.csv", program=PROGRAM, data=DATA)
    comparison = bw.compare(adopted, mode, model.mle(seed=1))
    row = comparison.to_frame().loc["theta"]
    assert row["posterior_mean"] == pytest.approx(adopted["theta"].mean())
    assert row["mle"] == pytest.approx(0.7, rel=1e-9)
    assert row["map_constrained"] == pytest.approx(8 / 12, rel=1e-4)


def test_optimum_keeps_its_values_and_gets_a_standard_deviation():
    path = RUNS / "optimize_lbfgs_j0.csv"
    found = bw.adopt(path, program=PROGRAM, data=DATA)
    # 1e-6 from 2/3, which is 1e-5 standard deviations: the fit's own digits are kept
    assert found["theta"] == pytest.approx(column(path, "theta")[0], rel=1e-14)
    # Beta(9, 5) has the curvature (9 - 1) / t^2 + (5 - 1) / (1 - t)^2 at its mode
    curvature = 8 / (2 / 3) ** 2 + 4 / (1 / 3) ** 2
    assert found.spread[0] == pytest.approx(curvature**-0.5, rel=1e-4)
    assert found.scale is Scale.CONSTRAINED
    assert found.warnings == ()
    assert found.cmdstan_fit is not None


def test_jacobian_flag_of_the_file_chooses_the_scale():
    found = bw.adopt(RUNS / "optimize_lbfgs_j1.csv", program=PROGRAM, data=DATA)
    assert found.title == "MAP (unconstrained scale)"
    assert found["theta"] == pytest.approx(9 / 14, rel=1e-4)


def test_a_model_stands_for_its_program_and_data():
    model = bw.Model(PROGRAM, DATA, engine="stanli")
    path = RUNS / "optimize_lbfgs_j0.csv"

    adopted = bw.adopt(path, program=model)
    assert adopted["theta"] == bw.adopt(path, program=PROGRAM, data=DATA)["theta"]
    with pytest.raises(AdoptionError, match="weighted model"):
        bw.adopt(path, program=model.weighted(prior=2))


def test_optimum_without_priors_is_the_mle(tmp_path):
    program = bw.Program.from_string(LIKELIHOOD, name="free")
    text = (RUNS / "optimize_lbfgs_j0.csv").read_text()
    path = tmp_path / "mle.csv"
    path.write_text(text.replace("0.666665419189262254", "0.7"))
    found = bw.adopt(path, program=program, data={"n": 10, "y": 7})
    assert found.title == "MLE"
    assert found["theta"] == pytest.approx(0.7, rel=1e-12)


def test_fit_that_is_no_mode_is_told_and_replaced_by_the_mode(tmp_path):
    path = tmp_path / "early.csv"
    text = (RUNS / "optimize_lbfgs_j0.csv").read_text()
    path.write_text(text.replace("0.666665419189262254", "0.5"))
    found = bw.adopt(path, program=PROGRAM, data=DATA)
    assert found["theta"] == pytest.approx(2 / 3, rel=1e-9)
    # logit(2/3) = log 2; the information in the logit is 12 t (1 - t)
    away = np.log(2) * np.sqrt(12 * 2 / 9)
    assert f"{away:.3g} standard errors" in found.warnings[0]


def test_draws_of_other_data_are_refused():
    with pytest.raises(AdoptionError, match="another program or of other data"):
        bw.adopt(CHAINS, program=PROGRAM, data={**DATA, "y": 6})
    with pytest.raises(AdoptionError, match="another program or of other data"):
        bw.adopt(CHAINS, program=PROGRAM, data={**DATA, "a": 2.0001})


def rounded(path, digits, target):
    lines = []
    for line in path.read_text().splitlines():
        numbers = line and (line[0].isdigit() or line[0] == "-")
        lines.append(
            ",".join(f"{float(x):.{digits}g}" for x in line.split(",")) if numbers else line
        )
    text = "\n".join(lines).replace("sig_figs = 18", f"sig_figs = {digits}")
    target.write_text(text + "\n")
    return target


@pytest.mark.parametrize("digits", [4, 6, 8])
def test_rounded_files_are_judged_by_their_digits(tmp_path, digits):
    path = rounded(CHAINS[0], digits, tmp_path / "rounded.csv")
    found = bw.adopt(path, program=PROGRAM, data=DATA)
    np.testing.assert_allclose(found["theta"][0], column(CHAINS[0], "theta"), rtol=10.0**-digits)
    with pytest.raises(AdoptionError, match="other data"):
        bw.adopt(path, program=PROGRAM, data={**DATA, "y": 6})


def test_other_parameters_are_named():
    other = "data { int n; int y; } parameters { vector<lower=0, upper=1>[2] p; real theta; }"
    program = bw.Program.from_string(other + "model { y ~ binomial(n, p[1]); }", name="other")
    with pytest.raises(AdoptionError, match="p: 0 in the fit, 2 in the program"):
        bw.adopt(CHAINS, program=program, data={"n": 10, "y": 7})
    program = bw.Program.from_string(
        "data { int K; } parameters { vector[K] theta; } model { theta ~ std_normal(); }", name="k"
    )
    with pytest.raises(AdoptionError, match="theta: 1 in the fit, 3 in the program"):
        bw.adopt(CHAINS, program=program, data={"K": 3})


@pytest.mark.parametrize(
    ("fit", "told"),
    [
        (RUNS / "sample_fixed.csv", "not made by NUTS"),
        (RUNS / "sample_static.csv", "not made by NUTS"),
        (RUNS / "pathfinder_4.csv", "cannot be adopted"),
        (RUNS / "nothing.csv", "do not exist"),
        (PROGRAM, "not the CSV files of one finished run"),
        ([CHAINS[0], RUNS / "sample_static.csv"], "not the CSV files of one finished run"),
        ([], "not a fit"),
        (3, "not a fit"),
    ],
)
def test_what_cannot_be_adopted_is_named(fit, told):
    with pytest.raises(AdoptionError, match=told):
        bw.adopt(fit, program=PROGRAM, data=DATA)


def test_adopted_result_outlives_the_files(tmp_path):
    paths = [Path(shutil.copy(path, tmp_path)) for path in CHAINS]
    found = bw.adopt(paths, program=PROGRAM, data=DATA)
    for path in paths:
        path.unlink()
    again = pickle.loads(pickle.dumps(found))
    np.testing.assert_array_equal(again.cmdstan_fit.stan_variable("theta"), found["theta"].ravel())


def test_own_fits_come_back_as_they_went(library_model):
    model = library_model("beta_binomial")
    posterior = model.sample(seed=3, iter_sampling=100, iter_warmup=100, show_progress=False)
    source = {"program": model.program, "data": dict(model.data.values)}
    found = bw.adopt(posterior.cmdstan_fit, **source)
    np.testing.assert_array_equal(found.draws, posterior.draws)
    assert found.layout == posterior.layout
    assert found.diagnostics == posterior.diagnostics
    assert found.record.program_hash == posterior.record.program_hash
    assert found.record.data_hash == posterior.record.data_hash
    own = model.map(seed=1)
    mode = bw.adopt(own.cmdstan_fit, **source)
    table = bw.compare(found, mode, model.mle(seed=1)).to_frame()
    assert {"mle", "map_constrained", "posterior_mean"} <= set(table.columns)
    # draws of the prior are draws of another density
    prior = model.prior(seed=2, draws=400, show_progress=False)
    with pytest.raises(AdoptionError, match="other data"):
        bw.adopt(prior.cmdstan_fit, **source)


def test_unit_vectors_leave_nothing_to_compare():
    runs = ROOT / "tests" / "engine" / "gold_cmdstan" / "types_gq"
    source = {"program": runs / "program.stan", "data": runs / "data.json"}
    found = bw.adopt([runs / "sample_2chains_2.csv", runs / "sample_2chains_3.csv"], **source)
    assert "length before scaling of unit vectors" in found.warnings[-1]
    np.testing.assert_array_equal(
        found["L"][0, :, 2, 1], column(runs / "sample_2chains_2.csv", "L.3.2")
    )


def test_simplexes_of_an_older_stan_are_compared_too(tmp_path):
    """Broken sticks have the Jacobian of the isometric log ratio, but for a constant."""
    program = bw.Program.from_string(
        "data { array[3] int y; } parameters { simplex[3] theta; }"
        "model { y ~ multinomial(theta); }",
        name="old",
    )
    lines = CHAINS[0].read_text().splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("lp__"))
    lines[head] = lines[head].replace("theta", "theta.1,theta.2,theta.3")
    sticks = iter(np.random.default_rng(1).uniform(0.1, 0.9, (len(lines), 2)))
    for i, line in enumerate(lines):
        if i > head and line and not line.startswith("#"):
            first, second = next(sticks)
            theta = [first, (1 - first) * second, (1 - first) * (1 - second)]
            jacobian = first * (1 - first) * (1 - first) * second * (1 - second)
            value = np.dot([7, 3, 2], np.log(theta)) + np.log(jacobian)
            inner = line.split(",")[1:-1]
            lines[i] = ",".join([repr(float(value)), *inner, *(repr(float(x)) for x in theta)])
    path = tmp_path / "old.csv"
    path.write_text("\n".join(lines).replace("minor = 39", "minor = 36") + "\n")
    found = bw.adopt(path, program=program, data={"y": [7, 3, 2]})
    assert not any("compared" in warning for warning in found.warnings)
    with pytest.raises(AdoptionError, match="other data"):
        bw.adopt(path, program=program, data={"y": [7, 2, 3]})
