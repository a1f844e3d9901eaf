"""The options of the commands: spelling, type, group and help, each stated once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Group, Parameter

__all__ = [
    "METHOD_NAMES",
    "OPTIONS",
    "STANDARD_INPUT",
    "CompareOptions",
    "EngineOptions",
    "FitOptions",
    "GlmOptions",
    "MigrateOptions",
    "ModelsOptions",
    "ReportOptions",
]

DATA = Group("Data", sort_key=1)
REGRESSION = Group("Regression", sort_key=2)
ESTIMATES = Group("Estimates", sort_key=3)
SAMPLER = Group("Sampler", sort_key=4)
OUTPUT = Group("Output", sort_key=5)
OPTIONS = Group("Options", sort_key=8)

METHOD_NAMES = ("mle", "marginal", "map", "map-unconstrained", "laplace", "pathfinder", "nuts")

STANDARD_INPUT = "<standard input>"  # what - stands for: alone it would be an option without a name
Columns = Annotated[str | None, Parameter(group=REGRESSION, metavar="COLUMN")]


def _flag(group: Group, text: str, name: tuple[str, ...] | None = None) -> Parameter:
    return Parameter(name=name, group=group, help=text, show_default=False)


def _list(name: str | tuple[str, ...], group: Group, metavar: str, text: str) -> Parameter:
    return Parameter(name=name, group=group, metavar=metavar, help=text, show_default=False)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class DataOptions:
    """What becomes of the data file, and of the roles of the program's statements."""

    columns: Annotated[
        list[str] | None,
        _list(
            ("--map", "-m"),
            DATA,
            "VAR=COLUMNS",
            "Map columns to a Stan variable: y=switched, X=dist100,arsenic. A trailing comma makes "
            "a list of one, 1 is a column of ones, another number is a value.",
        ),
    ] = None
    values: Annotated[
        list[str] | None,
        _list(
            "--set",
            DATA,
            "NAME=VALUE",
            "Set a number or a list of numbers of the data: nu=4, prior_sd=2.5, cuts=1,2,3.",
        ),
    ] = None
    missing: Annotated[
        Literal["error", "drop"],
        Parameter(group=DATA, help="Rows with missing values: refuse them, or leave them out."),
    ] = "error"
    unit: Annotated[
        list[str] | None,
        _list(
            "--unit",
            DATA,
            "NAME=UNIT",
            "The unit of a data variable, a column or a parameter: sigma=mm.",
        ),
    ] = None
    role: Annotated[
        list[str] | None,
        _list(
            "--role",
            DATA,
            "LINE=ROLE",
            "Set the role of a statement by line or line:column: 24=prior.",
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class SearchOptions:
    """How estimates are made."""

    engine: Annotated[
        Literal["auto", "cmdstan", "stanli"],
        Parameter(group=ESTIMATES, help="cmdstan compiles the program, stanli needs no C++."),
    ] = "auto"
    seed: Annotated[int | None, Parameter(group=ESTIMATES, help="Stan's seed.")] = None
    starts: Annotated[
        int | None, Parameter(group=ESTIMATES, help="Number of starts of the search for modes.")
    ] = None
    level: Annotated[
        float | None,
        Parameter(group=ESTIMATES, help="Coverage of the intervals, 0.95 by default."),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class SamplerOptions:
    """Options of NUTS."""

    chains: Annotated[
        int | None,
        Parameter(group=SAMPLER, help="4 by default. One chain has no R-hat."),
    ] = None
    iter_warmup: Annotated[
        int | None, Parameter(group=SAMPLER, help="1000 by default; with it chains run once.")
    ] = None
    iter_sampling: Annotated[
        int | None, Parameter(group=SAMPLER, help="1000 by default; likewise.")
    ] = None
    adapt_delta: Annotated[
        float | None, Parameter(group=SAMPLER, help="Target acceptance, 0.8 by default.")
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class PrintOptions:
    """What is printed."""

    json: Annotated[bool, _flag(OUTPUT, "Print one machine-readable object.")] = False
    quiet: Annotated[bool, _flag(OUTPUT, "No progress.", ("--quiet", "-q"))] = False


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class ChoiceOptions:
    """Which estimates are made, and how long the work beside the sampler may take."""

    methods: Annotated[
        str | None,
        Parameter(
            group=ESTIMATES,
            metavar="NAMES",
            help="Make these estimates alone, by commas: " + ", ".join(METHOD_NAMES) + ".",
        ),
    ] = None
    seconds: Annotated[
        float | None,
        Parameter(
            group=ESTIMATES,
            help="How long searches and checks may take together, the sampler apart. By default as "
            "long as the sampler takes, and a few seconds.",
        ),
    ] = None


Method = Annotated[
    str,
    Parameter(group=ESTIMATES, metavar="NAME", help="One of " + ", ".join(METHOD_NAMES) + "."),
]
Saved = Annotated[
    Path | None,
    Parameter(
        ("--output", "-o"),
        group=OUTPUT,
        metavar="FILE",
        help="Save the result; bayeswrap fit FILE shows it, bw.load reads it.",
    ),
]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class FitOptions(DataOptions, SearchOptions, SamplerOptions, PrintOptions):
    """Options of ``fit``."""

    method: Method = "mle"
    marginal: Annotated[bool, _flag(ESTIMATES, "Integrate effects out of mle and map.")] = False
    output: Saved = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class CompareOptions(DataOptions, SearchOptions, SamplerOptions, PrintOptions, ChoiceOptions):
    """Options of ``compare``."""

    output: Saved = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class ReportOptions(DataOptions, SearchOptions, SamplerOptions, PrintOptions, ChoiceOptions):
    """Options of ``report``."""

    output: Annotated[
        list[Path] | None,
        _list(
            ("--output", "-o"),
            OUTPUT,
            "FILE",
            "The report; its suffix is the format, such as .html or .json. Repeatable. By default "
            "PROGRAM-report.html in this folder.",
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class GlmOptions(SearchOptions, SamplerOptions, PrintOptions, ChoiceOptions):
    """Options of ``glm``."""

    missing: Annotated[
        Literal["error", "drop"],
        Parameter(group=DATA, help="Rows with missing values: refuse them, or leave them out."),
    ] = "error"
    family: Annotated[str, Parameter(group=REGRESSION, help="The distribution of the outcome.")] = (
        "gaussian"
    )
    link: Annotated[
        str | None,
        Parameter(group=REGRESSION, help="The link of the mean; the family's by default."),
    ] = None
    trials: Annotated[Columns, Parameter(help="Numbers of trials.")] = None
    weights: Annotated[Columns, Parameter(help="Weights of rows.")] = None
    offset: Annotated[Columns, Parameter(help="What is added to the predictor.")] = None
    censored: Annotated[Columns, Parameter(help="none, right, left or interval.")] = None
    upper: Annotated[Columns, Parameter(help="Upper ends of intervals.")] = None
    prior: Annotated[
        list[str] | None,
        _list(
            "--prior",
            REGRESSION,
            "NAME=PRIOR",
            'A prior in Stan\'s words: "x=normal(0, 1)", "sd_g=exponential(1)".',
        ),
    ] = None
    standardize: Annotated[
        bool, _flag(REGRESSION, "Coefficients for one sd of their predictor.")
    ] = False
    method: Method = "mle"
    reml: Annotated[bool, _flag(ESTIMATES, "Integrate the coefficients out of the MLE too.")] = (
        False
    )
    report: Annotated[
        list[Path] | None,
        _list(
            "--report",
            OUTPUT,
            "FILE",
            "Make all estimates, compare them, and write this report. Repeatable.",
        ),
    ] = None
    program: Annotated[
        Path | None,
        Parameter(group=OUTPUT, metavar="FILE", help="Write the Stan program here."),
    ] = None
    output: Saved = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class ModelsOptions:
    """Options of ``models``."""

    search: Annotated[
        str | None,
        Parameter(metavar="WORDS", help="List those in whose description all words stand."),
    ] = None
    copy: Annotated[
        bool, _flag(OPTIONS, "Copy program, card and data: bayeswrap models --copy NAME FOLDER.")
    ] = False


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class MigrateOptions:
    """Options of ``migrate``."""

    output: Annotated[
        Path | None,
        Parameter(("--output", "-o"), metavar="FILE", help="Write the program, not its diff."),
    ] = None
    include: Annotated[
        list[Path] | None,
        Parameter(
            ("--include", "-I"),
            metavar="FOLDER",
            help="A folder of included files.",
            show_default=False,
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class EngineOptions:
    """Options of ``engine``."""

    force: Annotated[bool, _flag(OPTIONS, "Build even if it is there.")] = False
    jobs: Annotated[int | None, Parameter(help="Compilers at a time.")] = None
    stanc_only: Annotated[
        bool,
        _flag(OPTIONS, "Only fetch Stan's compiler: enough for --engine stanli, needs no C++."),
    ] = False
    quiet: Annotated[bool, _flag(OPTIONS, "No progress.", ("--quiet", "-q"))] = False
