"""The front end's command line: what it accepts, what it refuses, which files it leaves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[1] / "gold_cmdstan"
DATA = f"data file={GOLD / 'beta_binomial_7_of_10' / 'data.json'}"
METHODS = "sample, optimize, generate_quantities, pathfinder, log_prob, laplace"
QUICK = f"num_samples=20 num_warmup=30 {DATA} random seed=1"

NO_PARAMETERS = "generated quantities { real y = normal_rng(0, 1); }"
PROFILED = """
parameters { real x; }
model { profile("prior") { x ~ normal(0, 1); } }
"""

Result = subprocess.CompletedProcess[str]


def call(program: Path, folder: Path, words: str) -> Result:
    return subprocess.run(
        [str(program), *words.split()], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def beta(gold_executable: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Result]:
    """Run the beta-binomial program in an empty folder."""
    program = gold_executable("beta_binomial_7_of_10")
    return lambda words: call(program, tmp_path, words)


@pytest.fixture(scope="session")
def no_parameters(compile_program: Callable[..., Path]) -> Path:
    return compile_program("no_parameters", NO_PARAMETERS)


def draws(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if not line.startswith("#")]


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- arguments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("foo", f"foo: unknown or misplaced argument; valid methods: {METHODS}"),
        ("random seed=1", f"no method was given; valid methods: {METHODS}"),
        ("method=gibbs", f"method=gibbs: expected one of: {METHODS}"),
        ("optimize sample", "method sample: a method was already given"),
        ("sample foo=3", "foo=3: unknown or misplaced argument; valid here: num_samples,"),
        ("sample output delta=0.9", "delta=0.9: unknown or misplaced argument; it is valid as: sample adapt delta"),  # noqa: E501
        ("sample max_depth=3", "it is valid as: sample algorithm=hmc engine=nuts max_depth"),
        ("sample random num_samples=3", "num_samples=3: unknown or misplaced argument"),
        ("sample num_samples", "num_samples needs a value: num_samples=..."),
        ("sample num_samples=-1", "num_samples=-1: expected an integer with num_samples >= 0"),
        ("sample num_samples=1.5", "num_samples=1.5: expected an integer"),
        ("sample num_samples=", "num_samples=: expected an integer"),
        ("sample thin=0", "thin=0: expected an integer with thin >= 1"),
        ("sample num_chains=0", "num_chains=0: expected an integer with num_chains >= 1"),
        ("sample adapt delta=0", "delta=0: expected a number with 0 < delta < 1"),
        ("sample adapt delta=1", "delta=1: expected a number with 0 < delta < 1"),
        ("sample adapt delta=nan", "delta=nan: expected a number with 0 < delta < 1"),
        ("sample adapt engaged=2", "engaged=2: expected 0, 1, false or true"),
        ("sample algorithm=foo", "algorithm=foo: expected one of: hmc, fixed_param"),
        ("sample algorithm=hmc stepsize=0", "stepsize=0: expected a number with stepsize > 0"),
        ("sample id=-1", "id=-1: expected an integer with id >= 0"),
        ("sample random seed=-2", "seed=-2: expected an integer with -1 <= seed <= 4294967295"),
        ("sample random seed=4294967296", "seed=4294967296: expected an integer"),
        ("sample output sig_figs=19", "expected an integer with -1 <= sig_figs <= 18"),
        ("sample output refresh=-1", "refresh=-1: expected an integer with refresh >= 0"),
        ("sample num_threads=2", "num_threads=2: expected an integer with num_threads = 1"),
        ("optimize iter=0", "iter=0: expected an integer with iter >= 1"),
        ("optimize algorithm=bfgs history_size=3", "history_size=3: unknown or misplaced"),
        ("laplace draws=0", "draws=0: expected an integer with draws >= 1"),
        ("pathfinder num_paths=0", "num_paths=0: expected an integer with num_paths >= 1"),
        ("pathfinder iter=5", "misplaced argument; it is valid as: optimize iter"),
        ("optimize num_paths=2", "it is valid as: pathfinder num_paths"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named_with_what_is_valid(
    words: str, message: str, beta: Callable[[str], Result], tmp_path: Path
) -> None:
    result = beta(words)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert written(tmp_path) == set()


def test_arguments_come_in_the_order_of_cmdstanpy(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    result = beta(
        f"id=2 random seed=7 {DATA} init=0.5 output file=a.csv refresh=0 sig_figs=4 "
        "method=sample num_samples=10 num_warmup=20 algorithm=hmc engine=nuts max_depth=4 "
        "stepsize=0.5 metric=dense_e adapt engaged=1 delta=0.7 num_chains=1"
    )
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "a.csv").read_text()
    for setting in ("id = 2", "max_depth = 4", "metric = dense_e", "stepsize = 0.5", "delta = 0.7"):
        assert f"{setting}\n" in text
    assert len(draws(tmp_path / "a.csv")) == 11


def test_without_arguments_the_usage_is_shown_and_the_code_is_1(
    beta: Callable[[str], Result],
) -> None:
    result = beta("")
    assert result.returncode == 1
    assert result.stdout.startswith("Usage: ")


def test_help_lists_methods_and_groups(beta: Callable[[str], Result]) -> None:
    result = beta("help")
    assert result.returncode == 0
    for word in (*METHODS.split(", "), "id", "data", "init", "random", "output", "num_threads"):
        assert f"\n  {word}\n" in result.stdout


def test_help_in_a_group_lists_its_arguments(beta: Callable[[str], Result]) -> None:
    result = beta("sample adapt help")
    assert result.returncode == 0
    assert result.stdout.startswith("sample adapt\n")
    assert "delta=" in result.stdout
    assert "valid: a number with 0 < delta < 1\n    default: 0.8" in result.stdout
    assert "num_samples" not in result.stdout


def test_help_all_lists_every_argument(beta: Callable[[str], Result]) -> None:
    result = beta("help-all")
    assert result.returncode == 0
    for word in (
        "max_depth=",
        "history_size=",
        "num_elbo_draws=",
        "constrained_params=",
        "fitted_params=",
        "sig_figs=",
    ):
        assert word in result.stdout


def test_info_has_the_lines_that_cmdstanpy_reads(beta: Callable[[str], Result]) -> None:
    result = beta("info")
    assert result.returncode == 0
    pairs = dict(line.split("=") for line in result.stdout.splitlines())
    assert {key.strip(): value.strip() for key, value in pairs.items()} == {
        "stan_version_major": "2",
        "stan_version_minor": "39",
        "stan_version_patch": "0",
        "STAN_THREADS": "false",
        "STAN_MPI": "false",
        "STAN_OPENCL": "false",
        "STAN_NO_RANGE_CHECKS": "false",
        "STAN_CPP_OPTIMS": "false",
    }


# --- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message", "files"),
    [
        ("sample data file=none.json", "data file=none.json: cannot read the file", set()),
        ("sample data file=d.txt", "expected a file name ending in .json or .R", set()),
        ("sample", "Exception: variable does not exist", set()),
        (f"sample {DATA} output file=none/x.csv", "cannot create file 'none/x.csv'", set()),
        (f"optimize {DATA} init=none.json", "init=none.json: cannot read", {"output.csv"}),
        (f"optimize {DATA} init=-1", "init=-1: expected a radius >= 0", {"output.csv"}),
        (f"laplace {DATA}", "mode is missing", {"output.csv"}),
        (f"laplace mode=none.csv {DATA}", "mode=none.csv: cannot read", {"output.csv"}),
        (f"generate_quantities {DATA}", "fitted_params is missing", {"output.csv"}),
        (f"generate_quantities fitted_params=none.csv {DATA}", "none.csv: cannot", {"output.csv"}),
        (f"pathfinder {DATA} init=none.json", "init=none.json: cannot read", {"output.csv"}),
        (f"log_prob {DATA}", "expected either unconstrained_params=<file>", {"output.csv"}),
        (f"sample num_warmup=0 {DATA}", "num_warmup=0: expected num_warmup > 0", {"output.csv"}),
        (f"sample algorithm=hmc metric_file=m.json {DATA}", "metric_file=m.json", {"output.csv"}),
    ],
)
def test_wrong_files_are_errors(
    words: str, message: str, files: set[str], beta: Callable[[str], Result], tmp_path: Path
) -> None:
    result = beta(words)
    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.startswith(("Error: ", "Exception: "))
    assert written(tmp_path) == files


def test_malformed_json_is_an_error(beta: Callable[[str], Result], tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"n": 10')
    result = beta("sample data file=d.json")
    assert result.returncode == 1
    assert "Error: data file=d.json: " in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("method", [f"sample {QUICK}", f"optimize {DATA}"])
def test_a_full_disk_is_an_error(method: str, beta: Callable[[str], Result]) -> None:
    result = beta(f"{method} output file=/dev/full")
    assert result.returncode == 1
    assert "cannot write to file '/dev/full'" in result.stderr


def test_r_dump_gives_the_same_draws_as_json_and_a_warning(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    (tmp_path / "d.data.R").write_text("n <- 10\ny <- 7\na <- 2\nb <- 2\n")
    old = beta("sample data file=d.data.R random seed=1 output file=r.csv")
    assert old.returncode == 0, old.stderr
    assert "Warning: data file=d.data.R is R dump, which is deprecated" in old.stdout
    assert beta(f"sample {DATA} random seed=1 output file=json.csv").returncode == 0
    assert draws(tmp_path / "r.csv") == draws(tmp_path / "json.csv")


def test_csv_is_added_to_a_name_without_extension(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    assert beta(f"optimize {DATA} output file=mode").returncode == 0
    assert written(tmp_path) == {"mode.csv"}


def test_each_chain_has_its_files(beta: Callable[[str], Result], tmp_path: Path) -> None:
    result = beta(
        f"id=3 sample num_chains=2 adapt save_metric=1 {QUICK} "
        "output file=a.csv diagnostic_file=d.csv save_cmdstan_config=1"
    )
    assert result.returncode == 0, result.stderr
    assert written(tmp_path) == {
        "a_3.csv", "a_4.csv", "d_3.csv", "d_4.csv",
        "a_metric_3.json", "a_metric_4.json", "a_config.json",
    }  # fmt: skip
    config = json.loads((tmp_path / "a_config.json").read_text())
    assert config["method"]["value"] == "sample"
    assert config["random"] == {"seed": 1}
    assert json.loads((tmp_path / "a_metric_4.json").read_text())["metric_type"] == "diag_e"


def test_files_can_be_listed(beta: Callable[[str], Result], tmp_path: Path) -> None:
    for name, value in (("p.json", 0.2), ("q.json", 0.7)):
        (tmp_path / name).write_text(json.dumps({"theta": value}))
    words = f"sample num_chains=2 algorithm=fixed_param {QUICK} init=p.json,q.json"
    assert beta(f"{words} output file=a.csv,b.csv").returncode == 0
    assert draws(tmp_path / "a.csv")[1].split(",")[-1] == "0.2"
    assert draws(tmp_path / "b.csv")[1].split(",")[-1] == "0.7"
    wrong = beta(f"{words} output file=a.csv,b.csv,c.csv")
    assert wrong.returncode == 1
    assert "expected one name, or one for each of 2 chains" in wrong.stderr


def test_inputs_of_chains_are_found_by_their_number(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    for number, value in ((5, 0.2), (6, 0.7)):
        (tmp_path / f"init_{number}.json").write_text(json.dumps({"theta": value}))
    words = f"id=5 sample num_chains=2 algorithm=fixed_param {QUICK} init=init.json"
    assert beta(words).returncode == 0
    values = [draws(tmp_path / f"output_{i}.csv")[1].split(",")[-1] for i in (5, 6)]
    assert values == ["0.2", "0.7"]


def test_a_seed_is_drawn_and_shown(beta: Callable[[str], Result], tmp_path: Path) -> None:
    seeds = set()
    for _ in range(2):
        assert beta(f"optimize {DATA}").returncode == 0
        [line] = [x for x in (tmp_path / "output.csv").read_text().splitlines() if " seed = " in x]
        assert line.endswith(" (Default)")
        seeds.add(int(line.split()[-2]))
    assert len(seeds) == 2
    assert min(seeds) >= 0


# --- methods ---------------------------------------------------------------------------------


def test_laplace_takes_the_last_row_of_saved_iterations(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    common = f"{DATA} random seed=1 output sig_figs=18 file="
    for flag, file in (("", "last.csv"), ("save_iterations=1", "all.csv")):
        assert beta(f"optimize jacobian=1 {flag} {common}{file}").returncode == 0
        assert beta(f"laplace mode={file} {common}laplace_{file}").returncode == 0
    assert len(draws(tmp_path / "all.csv")) > 3
    assert draws(tmp_path / "laplace_last.csv") == draws(tmp_path / "laplace_all.csv")


def test_laplace_refuses_draws_of_sample(beta: Callable[[str], Result]) -> None:
    assert beta(f"sample {QUICK} output file=s.csv").returncode == 0
    result = beta(f"laplace mode=s.csv {DATA}")
    assert result.returncode == 1
    assert "mode=s.csv: expected a CSV file of optimize, got one of sample" in result.stderr


def test_generate_quantities_names_a_missing_column(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    (tmp_path / "fit.csv").write_text("lp__,phi\n1,2\n")
    result = beta(f"generate_quantities fitted_params=fit.csv {DATA}")
    assert result.returncode == 1
    assert "Error: fitted_params=fit.csv: no column for parameter 'theta'" in result.stderr


def test_generate_quantities_without_quantities_is_an_error(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    (tmp_path / "fit.csv").write_text("theta\n0.5\n")
    result = beta(f"generate_quantities fitted_params=fit.csv {DATA}")
    assert result.returncode == 1
    assert "\nError: method generate_quantities failed: Model doesn" in result.stderr


def test_generate_quantities_of_several_chains_has_the_columns_of_one(
    gold_executable: Callable[[str], Path], tmp_path: Path
) -> None:
    program, folder = gold_executable("types_gq"), GOLD / "types_gq"
    common = f"data file={folder / 'data.json'} random seed=1 output sig_figs=18 file="
    fit = f"fitted_params={folder / 'sample_diag.csv'}"
    assert call(program, tmp_path, f"generate_quantities {fit} {common}one.csv").returncode == 0
    many = call(program, tmp_path, f"generate_quantities num_chains=2 {fit} {common}many.csv")
    assert many.returncode == 0, many.stderr
    one, first, second = (
        draws(tmp_path / name) for name in ("one.csv", "many_1.csv", "many_2.csv")
    )
    assert first == one  # the first chain has the random numbers of a single one
    assert second[0] == one[0]
    assert second[1:] != one[1:]
    assert {line.count(",") for line in second} == {one[0].count(",")}


def test_log_prob_wants_rows_of_the_right_length(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    for content in ({"params_r": [1, 2]}, {"params_r": [[[1]]]}, {"theta": 1}):
        (tmp_path / "u.json").write_text(json.dumps(content))
        result = beta(f"log_prob unconstrained_params=u.json {DATA}")
        assert result.returncode == 1
        assert "Error: unconstrained_params=u.json: " in result.stderr


def test_static_runs_several_chains_as_it_runs_single_ones(
    beta: Callable[[str], Result], tmp_path: Path
) -> None:
    words = f"sample algorithm=hmc engine=static int_time=1 num_chains={{}} {QUICK}"
    assert beta(words.format(2) + " id=4 output file=two.csv").returncode == 0
    for chain in (4, 5):
        assert beta(words.format(1) + f" id={chain} output file=one.csv").returncode == 0
        assert draws(tmp_path / "one.csv") == draws(tmp_path / f"two_{chain}.csv")


def test_a_model_without_parameters_is_sampled_with_fixed_param(
    no_parameters: Path, tmp_path: Path
) -> None:
    result = call(no_parameters, tmp_path, "sample num_samples=5 num_warmup=0 random seed=1")
    assert result.returncode == 0, result.stderr
    assert "running fixed_param sampler" in result.stdout
    assert draws(tmp_path / "output.csv")[0] == "lp__,accept_stat__,y"
    assert len(draws(tmp_path / "output.csv")) == 6


@pytest.mark.parametrize("method", ["optimize", "laplace mode=m.json", "pathfinder"])
def test_a_model_without_parameters_has_no_mode(
    method: str, no_parameters: Path, tmp_path: Path
) -> None:
    (tmp_path / "m.json").write_text("{}")
    result = call(no_parameters, tmp_path, method)
    assert result.returncode == 1
    assert "Error: the model has no parameters" in result.stderr


def test_profiles_are_written_only_if_there_are_any(
    compile_program: Callable[..., Path], beta: Callable[[str], Result], tmp_path: Path
) -> None:
    assert beta(f"optimize {DATA} output profile_file=p.csv").returncode == 0
    assert not (tmp_path / "p.csv").exists()
    program = compile_program("profiled", PROFILED)
    assert call(program, tmp_path, "sample output profile_file=p.csv").returncode == 0
    header, row = (tmp_path / "p.csv").read_text().splitlines()
    assert header.startswith("name,thread_id,total_time,forward_time,reverse_time,")
    assert row.startswith("prior,")
    assert row.count(",") == header.count(",")


def test_a_threaded_program_gets_a_threaded_front_end(stan_home: Path, tmp_path: Path) -> None:
    """Both must carry the flag; a dry run shows it without minutes of compilation."""
    program = tmp_path / "threaded"
    program.with_suffix(".stan").write_text("parameters { real x; } model { x ~ normal(0, 1); }")

    def dry_run(*options: str) -> str:
        done = subprocess.run(
            [shutil.which("make") or "make", "-n", *options, str(program)],
            cwd=stan_home,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def archive(text: str) -> str:
        return re.findall(r"build/[^/ ]+/libfrontend\.a", text)[-1]

    threaded = dry_run("STAN_THREADS=TRUE").replace("\\\n", " ")
    compiled = [line for line in threaded.splitlines() if " -c " in line]
    assert archive(threaded) != archive(dry_run())
    assert len(compiled) > 10
    assert all("-DSTAN_THREADS" in line for line in compiled)
