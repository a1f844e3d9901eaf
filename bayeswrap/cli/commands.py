"""The commands of the command line: what each takes and says; the work is imported on demand."""

import importlib
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Group, Parameter

from bayeswrap.cli.command_options import (
    OPTIONS,
    CompareOptions,
    EngineOptions,
    FitOptions,
    GlmOptions,
    MigrateOptions,
    ModelsOptions,
    ReportOptions,
)

__all__ = [
    "app",
]

_ESTIMATE = Group("Estimate", sort_key=1)
_LIBRARY = Group("Programs and files", sort_key=2)
_MACHINE = Group("This machine", sort_key=3)


def _version() -> str:
    return f"bayeswrap {version('bayeswrap')}"


app = App(
    name="bayeswrap",
    help="One Stan program, one data set: MLE, MAP and posterior side by side, with a verdict.",
    help_format="plaintext",
    help_epilogue="bayeswrap COMMAND --help shows the options of a command, with an example.",
    version=_version,
    default_parameter=Parameter(negative=()),
    group_arguments=Group("Arguments", sort_key=0),
    group_parameters=OPTIONS,
    suppress_keyboard_interrupt=False,
)
app["--help"].group = OPTIONS
app["--version"].group = OPTIONS

Program = Annotated[
    Path,
    Parameter(help="A .stan file, the name of a library program, or a saved result (.bw)."),
]
Data = Annotated[
    Path | None,
    Parameter(
        help="A .csv, .tsv, .txt, .json, .xlsx, .parquet or .feather file, or - for standard "
        "input. Library programs bring their own."
    ),
]


def _work(room: str) -> Any:  # noqa: ANN401 - a module
    """Import what runs a command; until then no number has been computed, and nothing is slow."""
    return importlib.import_module(f"bayeswrap.cli.{room}")


@app.command(
    sort_key=0,
    usage="Usage: bayeswrap fit PROGRAM [DATA] [OPTIONS]",
    group=_ESTIMATE,
    help_epilogue="Example: bayeswrap fit coin.stan tosses.csv -m y=head",
)
def fit(program: Program, data: Data = None, /, *, options: FitOptions | None = None) -> int:
    """Make one estimate and print it, or show a saved result."""
    code: int = _work("estimate_runs").fit(program, data, options or FitOptions())
    return code


@app.command(
    sort_key=1,
    usage="Usage: bayeswrap glm FORMULA DATA [OPTIONS]",
    group=_ESTIMATE,
    help_epilogue='Example: bayeswrap glm "rating ~ dose + (1 | site)" trial.csv --report t.html',
)
def glm(
    formula: Annotated[str, Parameter(help='As in R and brms, "y ~ x + (1 | g)".')],
    data: Annotated[Path, Parameter(help="A table: .csv, .tsv, .xlsx, .parquet, ..., or -.")],
    /,
    *,
    options: GlmOptions | None = None,
) -> int:
    """Fit a regression from a formula and a table."""
    code: int = _work("regression_runs").glm(formula, data, options or GlmOptions())
    return code


@app.command(
    sort_key=2,
    usage="Usage: bayeswrap compare PROGRAM [DATA] [OPTIONS]",
    group=_ESTIMATE,
    help_epilogue="Example: bayeswrap compare wells.stan wells.csv -m y=switched -m X=dist,arsenic",
)
def compare(
    program: Program, data: Data = None, /, *, options: CompareOptions | None = None
) -> int:
    """Make all estimates and compare them, with a verdict."""
    code: int = _work("comparison_runs").compare(program, data, options or CompareOptions())
    return code


@app.command(
    sort_key=3,
    usage="Usage: bayeswrap report PROGRAM [DATA] [OPTIONS]",
    group=_ESTIMATE,
    help_epilogue="Example: bayeswrap report logistic_regression -o wells.html",
)
def report(program: Program, data: Data = None, /, *, options: ReportOptions | None = None) -> int:
    """Compare all estimates, and write the report."""
    code: int = _work("comparison_runs").report(program, data, options or ReportOptions())
    return code


@app.command(
    sort_key=4,
    usage="Usage: bayeswrap models [NAME] [FOLDER] [OPTIONS]",
    group=_LIBRARY,
    help_epilogue="Example: bayeswrap models --copy six_valued my_folder",
)
def models(
    *words: Annotated[
        str, Parameter(help="Show this program; with --copy a name and a folder. None lists all.")
    ],
    options: ModelsOptions | None = None,
) -> int:
    """List, search, show or copy the programs of the library."""
    code: int = _work("library_runs").models(words, options or ModelsOptions())
    return code


@app.command(
    sort_key=5,
    usage="Usage: bayeswrap verify RESULT",
    group=_LIBRARY,
    help_epilogue="Example: bayeswrap verify mle.bw",
)
def verify(
    result: Annotated[Path, Parameter(help="A file that -o of fit or compare, or bw.save, wrote.")],
    /,
) -> int:
    """Evaluate a saved result again, and report whether its numbers hold here."""
    code: int = _work("library_runs").verify_result(result)
    return code


@app.command(
    sort_key=6,
    usage="Usage: bayeswrap migrate PROGRAM [OPTIONS]",
    group=_LIBRARY,
    help_epilogue="Example: bayeswrap migrate old.stan -o new.stan",
)
def migrate(
    program: Annotated[Path, Parameter(help="A .stan file; it stays as it is.")],
    /,
    *,
    options: MigrateOptions | None = None,
) -> int:
    """Rewrite old Stan syntax, and show the change."""
    code: int = _work("library_runs").migrate(program, options or MigrateOptions())
    return code


@app.command(
    sort_key=7,
    usage="Usage: bayeswrap engine build|status|remove [OPTIONS]",
    group=_MACHINE,
    help_epilogue="Example: bayeswrap engine build --jobs 2",
)
def engine(
    action: Annotated[Literal["build", "status", "remove"], Parameter(help="What to do.")],
    /,
    *,
    options: EngineOptions | None = None,
) -> int:
    """Build, show or remove the assembled CmdStan home."""
    code: int = _work("engine_runs").engine(action, options or EngineOptions())
    return code


@app.command(sort_key=8, group=_MACHINE, help_epilogue="Example: bayeswrap doctor")
def doctor() -> int:
    """List what is installed and what is missing, with the command that installs it."""
    code: int = _work("engine_runs").examine_machine()
    return code


@app.command(
    sort_key=9,
    usage="Usage: bayeswrap completion bash|zsh|fish [OPTIONS]",
    group=_MACHINE,
    help_epilogue="Example: bayeswrap completion bash --install",
)
def completion(
    shell: Annotated[Literal["bash", "zsh", "fish"], Parameter(help="The shell.")],
    /,
    *,
    install: Annotated[
        bool,
        Parameter(
            show_default=False, help="Write the script to where this shell looks, and say where."
        ),
    ] = False,
) -> int:
    """Print the script that completes commands and options by the Tab key."""
    if install:
        print(f"completion is installed in {app.install_completion(shell=shell)}")
    else:
        print(app.generate_completion(shell=shell, prog_name="bayeswrap"))
    return 0
