"""The command line: ``bayeswrap fit|glm|compare|report|verify|models|migrate|engine|doctor``.

Exit codes: 0, 1 (the run failed), 2 (usage, data or program error).
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayeswrap.analysis import analyze_model
from bayeswrap.command_parser import command_parser
from bayeswrap.comparison.compare import compare
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.engine.console import stdout_kept_clean
from bayeswrap.engine.installation import assembly, doctor, engine_status, stanc_binary
from bayeswrap.errors import (
    BayeswrapError,
    CompilationError,
    DataError,
    ProgramError,
    ResultFileError,
    UsageError,
)
from bayeswrap.model.model import Model
from bayeswrap.program.migration.file_migration import account, check_accepted, migrate_file
from bayeswrap.program.program import Program
from bayeswrap.program_library import library
from bayeswrap.reevaluation import verify
from bayeswrap.regression_model.glm import glm
from bayeswrap.report.build import build_report
from bayeswrap.report.document.files import check_target
from bayeswrap.report.document.render_json import to_json
from bayeswrap.report.write import write_report
from bayeswrap.storage import load, save

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from bayeswrap.regression_model.regression_model import RegressionModel
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "main",
]


_FAILED, _MISUSED = 1, 2
_KEYWORD = re.compile(r"""\b(missing|engine|family|link)=["']?(\w+)["']?""")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments; those of the process by default.

    Returns
    -------
    int
        Exit code.
    """
    arguments = command_parser().parse_args(argv)
    usual = warnings.formatwarning
    # a place in Python code tells a user of the command line nothing
    warnings.formatwarning = lambda message, *_, **__: f"warning: {message}\n"
    try:
        with stdout_kept_clean():
            return _run(arguments)
    finally:
        warnings.formatwarning = usual


def _run(arguments: argparse.Namespace) -> int:
    """Run one command; an error is printed, and makes the exit code."""
    command = _COMMANDS[arguments.command]
    try:
        return command(arguments)
    except CompilationError as error:
        return _fail(error, arguments, _FAILED)
    except (DataError, ProgramError, UsageError, ResultFileError) as error:
        return _fail(error, arguments, _MISUSED)
    except BayeswrapError as error:
        return _fail(error, arguments, _FAILED)
    except OSError as error:
        failure = UsageError(
            "a file could not be written or read",
            where=str(error.filename or ""),
            got=error.strerror or str(error),
            do="check the path, its permissions and the disk",
        )
        return _fail(failure, arguments, _FAILED)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _fail(error: BayeswrapError, arguments: argparse.Namespace, code: int) -> int:
    if getattr(arguments, "json", False):
        parts = ("what", "where", "got", "expected", "do")
        message = {"error": type(error).__name__, **{p: getattr(error, p) for p in parts}}
        print(json.dumps(message))
    print(_in_shell_words(f"{type(error).__name__}: {error}"), file=sys.stderr)
    return code


def _in_shell_words(text: str) -> str:
    """Return a message with options as the shell has them, not as Python does."""
    return _KEYWORD.sub(r"--\1 \2", text)


def _model(arguments: argparse.Namespace) -> Model:
    roles = dict(_pair(text, "--role") for text in arguments.role)
    mapping = dict(_mapped(text) for text in arguments.map)
    if arguments.data is None and arguments.program in library:
        entry = library[arguments.program]
        columns = {**entry.columns, **mapping}
        return Model(
            entry.program, entry.example_data, engine=arguments.engine, roles=roles, columns=columns
        )
    named = arguments.program in library
    program = library[arguments.program].program if named else Program.from_file(arguments.program)
    return Model(
        program,
        arguments.data,
        engine=arguments.engine,
        roles=roles,
        columns=mapping,
        missing=arguments.missing,
        units=dict(_pair(text, "--unit") for text in arguments.unit),
    )


def _pair(text: str, option: str) -> tuple[str, str]:
    key, equals, value = text.rpartition("=")
    if not (key and equals and value):
        raise UsageError(f"{option} takes NAME=VALUE", got=text, do=f"write {option} NAME=VALUE")
    return key.strip(), value.strip()


def _mapped(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError("--map takes VARIABLE=COLUMNS", got=text, do="write --map y=column")
    if "," in value:
        return name, [part for part in value.split(",") if part]
    try:
        number = float(value)
    except ValueError:
        return name, value
    return name, int(number) if number.is_integer() else number


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    names = ("chains", "iter_warmup", "iter_sampling", "adapt_delta")
    values = {name: getattr(arguments, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _progress(arguments: argparse.Namespace) -> bool:
    return sys.stderr.isatty() and not arguments.quiet


def _json(comparison: Comparison) -> str:
    return to_json(build_report(comparison, pictures=False)).rstrip()


def _fit(arguments: argparse.Namespace) -> int:
    return _estimate(arguments, _model(arguments), {"marginal": arguments.marginal})


def _estimate(arguments: argparse.Namespace, model: Model, options: dict[str, Any]) -> int:
    """Make one estimate, save it where that is asked for, and print it."""
    seed = arguments.seed
    modes = {"seed": seed, "starts": arguments.starts, **options}
    makers: dict[str, Callable[[], Result]] = {
        "mle": lambda: model.mle(**modes),
        "map": lambda: model.map(**modes),
        "map-unconstrained": lambda: model.map("unconstrained", **modes),
        "laplace": lambda: model.laplace(seed=seed),
        "pathfinder": lambda: model.pathfinder(seed=seed),
        "sample": lambda: model.sample(
            seed=seed, show_progress=_progress(arguments), **_options(arguments)
        ),
    }
    result = makers[arguments.method]()
    if arguments.output:
        save(result, arguments.output)
    print(_json(compare(result)) if arguments.json else result)
    return 0


def _glm(arguments: argparse.Namespace) -> int:
    for path in arguments.report:
        check_target(path)
    model = _regression(arguments)
    if arguments.program:
        Path(arguments.program).write_text(model.stan_code, encoding="utf-8")
    if not arguments.json:
        print(model.priors()["prior"].to_string(), end="\n\n")
    if arguments.report:
        return _write_reports(arguments, _analyzed(arguments, model), arguments.report)
    if arguments.reml and arguments.method != "mle":
        raise UsageError("--reml is for the MLE", got=f"--method {arguments.method}", do="leave it")
    return _estimate(arguments, model, {"reml": True} if arguments.reml else {})


def _regression(arguments: argparse.Namespace) -> RegressionModel:
    names = ("family", "link", "trials", "weights", "offset", "censored", "upper", "standardize")
    return glm(
        arguments.formula,
        arguments.data,
        priors=dict(_pair(text, "--prior") for text in arguments.prior),
        missing=arguments.missing,
        engine=arguments.engine,
        **{name: getattr(arguments, name) for name in names},
    )


def _compare(arguments: argparse.Namespace) -> int:
    comparison = _comparison(arguments)
    if arguments.output:
        save(comparison, arguments.output)
    print(_json(comparison) if arguments.json else comparison)
    return 0


def _comparison(arguments: argparse.Namespace) -> Comparison:
    if arguments.data is None and _is_saved(arguments.program):
        result = load(arguments.program)
        return result if isinstance(result, Comparison) else compare(result)
    return _analyzed(arguments, _model(arguments))


def _analyzed(arguments: argparse.Namespace, model: Model) -> Comparison:
    return analyze_model(
        model,
        seed=arguments.seed,
        starts=arguments.starts,
        show_progress=_progress(arguments),
        sample_options=_options(arguments),
        seconds=arguments.seconds,
    )


def _is_saved(path: str) -> bool:
    return Path(path).is_file() and Path(path).suffix != ".stan"


def _report(arguments: argparse.Namespace) -> int:
    for path in arguments.output:
        check_target(path)  # before minutes of sampling, not after
    return _write_reports(arguments, _comparison(arguments), arguments.output)


def _write_reports(
    arguments: argparse.Namespace, comparison: Comparison, paths: Sequence[str]
) -> int:
    print(_json(comparison) if arguments.json else comparison)
    try:
        for path in paths:
            print(f"wrote {write_report(comparison, path)}", file=sys.stderr)
    except (OSError, BayeswrapError):
        kept = save(comparison, Path(tempfile.mkdtemp(prefix="bayeswrap-kept-")) / "comparison.bw")
        print(f"the results are saved in {kept}", file=sys.stderr)
        print(f"write their report with bayeswrap report {kept} -o ...", file=sys.stderr)
        raise
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    reevaluation = verify(arguments.result)
    print(reevaluation)
    return 0 if reevaluation.holds else _FAILED


def _models(arguments: argparse.Namespace) -> int:
    if arguments.copy:
        _copy_entry(*_name_and_folder(arguments))
    elif arguments.search is not None:
        _print_found(arguments.search)
    elif arguments.name is None:
        print(_listing())
    else:
        print(library[arguments.name].card)
    return 0


def _listing() -> str:
    groups = library.by_group().items()
    return "\n".join(
        "\n".join([group, *(f"  {entry!r}" for entry in entries)]) for group, entries in groups
    )


def _print_found(text: str) -> None:
    found = library.search(text)
    if not found:
        raise UsageError(
            "no program of the library has all these words",
            got=repr(text),
            do="search for fewer words, or list all with bayeswrap models",
        )
    print("\n".join(map(repr, found)))


def _name_and_folder(arguments: argparse.Namespace) -> tuple[str, Path]:
    """Return what to copy and where to; the name may stand before the option, too."""
    given = [*([arguments.name] if arguments.name else []), *arguments.copy]
    if len(given) != 2:  # noqa: PLR2004 - a name and a folder
        raise UsageError(
            "--copy takes the name of a library program and a folder",
            got=" ".join(given),
            do="write bayeswrap models --copy NAME FOLDER",
        )
    return given[0], Path(given[1])


def _copy_entry(name: str, target: Path) -> None:
    files = sorted(library[name].folder.iterdir())
    there = [target / file.name for file in files if (target / file.name).exists()]
    if there:
        raise UsageError(
            "a file of that name exists",
            where=str(there[0]),
            do="choose another folder; files are never overwritten",
        )
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, target)
    print(f"copied to {target}", file=sys.stderr)


def _migrate(arguments: argparse.Namespace) -> int:
    migration = migrate_file(arguments.program, arguments.include or ())
    if arguments.output:
        Path(arguments.output).write_text(migration.after, encoding="utf-8")
    else:
        print(migration.diff, end="")
    print(account(migration, arguments.program), file=sys.stderr)
    check_accepted(migration, arguments.output or arguments.program)
    return 0


def _engine(arguments: argparse.Namespace) -> int:
    if arguments.action == "build" and arguments.stanc_only:
        print(f'{stanc_binary.fetch_stanc()}: Stan\'s compiler; use engine="stanli" with it')
    elif arguments.action == "build":
        home = assembly.build(
            jobs=arguments.jobs, progress=not arguments.quiet, force=arguments.force
        )
        print(home.description)
    elif arguments.action == "remove":
        alone = stanc_binary.remove_stanc()
        removed = [*assembly.remove(), *([alone] if alone else [])]
        print("\n".join(f"removed {path}" for path in removed) or "nothing to remove")
    else:
        print(engine_status.status())
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    del arguments
    findings = doctor.examine()
    print(doctor.render(findings))
    return 0 if all(f.ok for f in findings) else _FAILED


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "fit": _fit,
    "glm": _glm,
    "compare": _compare,
    "report": _report,
    "verify": _verify,
    "models": _models,
    "migrate": _migrate,
    "engine": _engine,
    "doctor": _doctor,
}


if __name__ == "__main__":
    sys.exit(main())
