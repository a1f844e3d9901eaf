"""Options as they are parsed: what was not given stays with the verbs."""

from __future__ import annotations

from pathlib import Path

from bayeswrap.chosen_methods import METHODS
from bayeswrap.cli.command_options import METHOD_NAMES, STANDARD_INPUT
from bayeswrap.cli.commands import app


def parsed(*words: str):
    command, bound, _ = app.parse_args([*words], exit_on_error=False, print_error=False)
    return command.__name__, bound.args, bound.kwargs.get("options")


def test_what_is_not_given_stays_with_the_verb():
    name, words, options = parsed("compare", "a.stan", "a.csv", "--seed", "1")
    assert (name, words) == ("compare", (Path("a.stan"), Path("a.csv")))
    assert (options.starts, options.chains, options.adapt_delta, options.level) == (None,) * 4
    assert (options.engine, options.missing, options.role, options.columns) == (
        *("auto", "error"),
        *(None, None),
    )


def test_lists_are_repeated_and_letters_stand_for_options():
    _, _, options = parsed(
        "report", "a", "-m", "y=a", "--map", "X=b,c", "-o", "r.html", "-o", "r.md"
    )
    assert options.columns == ["y=a", "X=b,c"]
    assert options.output == [Path("r.html"), Path("r.md")]


def test_values_may_be_negative_or_follow_a_sign():
    _, _, options = parsed("fit", "a", STANDARD_INPUT, "--set=mu=-1", "--seed", "-3")
    assert (options.values, options.seed) == (["mu=-1"], -3)


def test_the_help_names_the_methods_that_there_are():
    assert METHOD_NAMES == METHODS
