"""The commands of the command line and their options, as a parser; nothing here runs one."""

from __future__ import annotations

import argparse
from typing import Protocol

__all__ = [
    "command_parser",
]

_COLUMNS = {
    "trials": "numbers of trials",
    "weights": "weights of rows",
    "offset": "what is added to the predictor",
    "censored": "censoring: none, right, left or interval",
    "upper": "upper ends of intervals",
}
_METHODS = ("mle", "map", "map-unconstrained", "laplace", "pathfinder", "sample")


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``command`` holds the name of the one that was given.

    Returns
    -------
    argparse.ArgumentParser
    """
    parser = argparse.ArgumentParser(
        prog="bayeswrap",
        description="One Stan program, one data set: MLE, MAP and posterior side by side.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_fit(commands)
    _add_glm(commands)
    _add_compare(commands)
    _add_report(commands)
    _add_verify(commands)
    _add_models(commands)
    _add_migrate(commands)
    _add_engine(commands)
    examine = commands.add_parser("doctor", help="list what is installed and what is missing")
    examine.set_defaults(command="doctor")
    return parser


class Commands(Protocol):
    """The sub-commands of a parser; argparse's own type for them is private."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse's word
        """Return the parser of a new sub-command."""
        ...


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("program", help="a .stan file, or the name of a library program")
    parser.add_argument(
        "data",
        nargs="?",
        help="a .csv, .tsv, .txt, .json, .xlsx, .parquet or .feather file, or - for standard "
        "input; none for a library program",
    )
    parser.add_argument(
        "--missing",
        choices=("error", "drop"),
        default="error",
        help="what to do about rows of a table with missing values; drop leaves them out",
    )
    parser.add_argument(
        "-m",
        "--map",
        action="append",
        default=[],
        metavar="VAR=COLUMNS",
        help="map columns to a Stan variable, as in y=switched or X=dist100,arsenic (a "
        "trailing comma makes a list of one, 1 is a column of ones); a number is a value",
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="NAME=UNIT",
        help="the unit of a data variable, a column or a parameter, as in sigma=mm",
    )
    parser.add_argument("--seed", type=int, help="Stan's seed")
    parser.add_argument("--starts", type=int, help="number of starts of the search for modes")
    parser.add_argument("--engine", choices=("auto", "cmdstan", "stanli"), default="auto")
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="LINE=ROLE",
        help="set the role of a statement by line or line:column, as in 24=prior",
    )
    _add_sampling(parser)


def _add_seconds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seconds",
        type=float,
        help="how long searches and checks may take together, the sampler apart; by default as "
        "long as the sampler takes, and a few seconds",
    )


def _add_sampling(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--chains", type=int, help="4 by default")
    parser.add_argument("--iter-warmup", type=int, help="1000 by default; with it chains run once")
    parser.add_argument("--iter-sampling", type=int, help="1000 by default; likewise")
    parser.add_argument("--adapt-delta", type=float)
    parser.add_argument("--json", action="store_true", help="print one machine-readable object")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def _add_fit(commands: Commands) -> None:
    parser = commands.add_parser("fit", help="make one estimate and print it")
    _add_model(parser)
    parser.add_argument("--method", choices=_METHODS, default="mle")
    parser.add_argument(
        "--marginal", action="store_true", help="integrate effects out of mle and map"
    )
    parser.add_argument("-o", "--output", help="save the result (bayeswrap.load reads it)")
    parser.set_defaults(command="fit")


def _add_glm(commands: Commands) -> None:
    parser = commands.add_parser("glm", help="fit a regression from a formula and a table")
    parser.add_argument(
        "formula", help='as in R and brms: "y ~ x + (1 | g)", further ones after a comma'
    )
    parser.add_argument("data", help="a table: .csv, .tsv, .xlsx, .parquet, ..., or -")
    parser.add_argument("--family", default="gaussian", help="gaussian by default")
    parser.add_argument("--link", help="the link of the mean, by default that of the family")
    for column, what in _COLUMNS.items():
        parser.add_argument(f"--{column}", metavar="COLUMN", help=f"the column of {what}")
    parser.add_argument(
        "--prior",
        action="append",
        default=[],
        metavar="NAME=PRIOR",
        help='a prior in Stan\'s words, as in "x=normal(0, 1)" or "sd_g=exponential(1)"',
    )
    parser.add_argument(
        "--standardize", action="store_true", help="coefficients for one sd of their predictor"
    )
    parser.add_argument("--missing", choices=("error", "drop"), default="error")
    parser.add_argument("--method", choices=_METHODS, default="mle")
    parser.add_argument("--reml", action="store_true", help="integrate the coefficients out too")
    parser.add_argument("--seed", type=int, help="Stan's seed")
    parser.add_argument("--starts", type=int, help="number of starts of the search for modes")
    parser.add_argument("--engine", choices=("auto", "cmdstan", "stanli"), default="auto")
    _add_sampling(parser)
    _add_seconds(parser)
    parser.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FILE",
        help="make all estimates, compare them, and write this .html or .json file; repeatable",
    )
    parser.add_argument("--program", metavar="FILE", help="write the Stan program here")
    parser.add_argument("-o", "--output", help="save the result (bayeswrap.load reads it)")
    parser.set_defaults(command="glm")


def _add_compare(commands: Commands) -> None:
    parser = commands.add_parser(
        "compare", help="make all estimates and compare them, with a verdict"
    )
    _add_model(parser)
    _add_seconds(parser)
    parser.add_argument("-o", "--output", help="save the comparison (bayeswrap.load reads it)")
    parser.set_defaults(command="compare")


def _add_report(commands: Commands) -> None:
    parser = commands.add_parser("report", help="compare, and write the report")
    _add_model(parser)
    _add_seconds(parser)
    parser.add_argument(
        "-o", "--output", required=True, action="append", help="a .html or .json file; repeatable"
    )
    parser.set_defaults(command="report")


def _add_verify(commands: Commands) -> None:
    parser = commands.add_parser(
        "verify", help="evaluate a saved result again, and say whether its numbers hold here"
    )
    parser.add_argument("result", help="a file that -o of fit or compare, or bayeswrap.save, wrote")
    parser.set_defaults(command="verify")


def _add_models(commands: Commands) -> None:
    parser = commands.add_parser("models", help="list, search, show or copy library programs")
    parser.add_argument("name", nargs="?", help="show this program; without it list all of them")
    parser.add_argument(
        "--search", metavar="WORDS", help="list those in whose description all words stand"
    )
    parser.add_argument(
        "--copy",
        nargs="+",
        metavar=("NAME", "FOLDER"),
        help="copy program, card and data of a program to a folder",
    )
    parser.set_defaults(command="models")


def _add_migrate(commands: Commands) -> None:
    parser = commands.add_parser("migrate", help="rewrite old Stan syntax, and show the change")
    parser.add_argument("program", help="a .stan file; it stays as it is")
    parser.add_argument("-o", "--output", help="write the program here, instead of its diff")
    parser.add_argument("-I", "--include", action="append", help="a folder of included files")
    parser.set_defaults(command="migrate")


def _add_engine(commands: Commands) -> None:
    parser = commands.add_parser("engine", help="build, show or remove the assembled CmdStan home")
    parser.add_argument("action", choices=("build", "status", "remove"))
    parser.add_argument("--force", action="store_true", help="build even if it is there")
    parser.add_argument("--jobs", type=int, help="compilers at a time")
    parser.add_argument(
        "--stanc-only",
        action="store_true",
        help='only fetch Stan\'s compiler: enough for engine="stanli", needs no C++',
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    parser.set_defaults(command="engine")
