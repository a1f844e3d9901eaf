"""What a failed compilation or run printed, as an error with its advice."""

from __future__ import annotations

import errno
import os

import pytest

from bayeswrap.engine.cmdstan_errors import compilation_errors, run_errors
from bayeswrap.engine.line_map import NO_INCLUDES, LineMap, Segment
from bayeswrap.errors import CompilationError, EngineRunError


def failed_compilation(message):
    with compilation_errors("coin"):
        raise ValueError(message)


def failed_run(message, folder, lines=NO_INCLUDES):
    with run_errors("coin", lines, folder):
        raise RuntimeError(message)


def test_the_compilers_errors_are_quoted_without_its_chatter():
    printed = "g++ -O3 coin.hpp\ncoin.hpp:3:1: error: no such thing\nmake: leaving"

    with pytest.raises(CompilationError) as caught:
        failed_compilation(printed)

    assert caught.value.where == "coin.stan"
    assert caught.value.got == "\ncoin.hpp:3:1: error: no such thing"
    assert "doctor" in caught.value.do


def test_a_compiler_without_memory_is_advised_to_have_more():
    with pytest.raises(CompilationError, match="out of memory"):
        failed_compilation("g++: fatal error: Killed signal terminated program cc1plus")


def test_a_message_without_an_error_line_is_quoted_from_its_end():
    with pytest.raises(CompilationError) as caught:
        failed_compilation("x" * 600)

    assert caught.value.got == "\n" + "x" * 500


def test_what_stan_printed_goes_before_what_cmdstanpy_says(tmp_path):
    (tmp_path / "coin-stdout.txt").write_text(
        "method = sample\nException: beta_lpdf: A is -1 (in 'coin.stan', line 4, column 2)\n"
    )

    with pytest.raises(EngineRunError) as caught:
        failed_run("error during processing", tmp_path)

    assert "beta_lpdf: A is -1" in caught.value.got
    assert "processing" not in caught.value.got
    assert "method" not in caught.value.got


def test_no_line_of_stans_is_lost_between_settings_and_progress(tmp_path):
    """What a program printed whose gradient is no number at any start."""
    refused = (
        "Rejecting initial value:\n  Gradient evaluated at the initial value is not finite.\n"
        "  Stan can't start sampling from this initial value.\n"
    )
    printed = (
        "method = sample (Default)\n  sample\n    num_samples = 1000 (Default)\nrandom\n\n"
        f"Gradient evaluation took 1e-05 seconds\n{refused * 3}"
        "Initialization between (-2, 2) failed after 100 attempts. \n"
    )
    (tmp_path / "coin-stdout.txt").write_text(printed)
    with pytest.raises(EngineRunError) as caught:
        failed_run("error during processing", tmp_path)
    assert caught.value.got.splitlines() == [
        "",
        "Rejecting initial value:",
        "  Gradient evaluated at the initial value is not finite.",
        "  Stan can't start sampling from this initial value.",
        "Initialization between (-2, 2) failed after 100 attempts.",
    ]


def test_of_many_lines_the_first_and_the_last_are_shown(tmp_path):
    lines = [f"Exception: {i} is odd" for i in range(50)]
    (tmp_path / "coin-stdout.txt").write_text("\n".join(lines))
    with pytest.raises(EngineRunError) as caught:
        failed_run("failed", tmp_path)
    assert caught.value.got.splitlines()[1:] == [*lines[:5], *lines[-3:]]


def test_lines_are_those_of_the_users_files(tmp_path):
    (tmp_path / "stdout").write_text("Exception: no (in 'coin.stan', line 4, column 2)\n")
    lines = LineMap((Segment(1, "main.stan", 1), Segment(3, "part.stan", 1)))

    with pytest.raises(EngineRunError, match=r"in 'part\.stan', line 2"):
        failed_run("failed", tmp_path, lines)


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("Initialization between (-2, 2) failed", "inits="),
        (os.strerror(errno.ENOSPC), "free disk space"),
        ("terminated by signal 11", "doctor"),
    ],
)
def test_the_advice_fits_the_message(tmp_path, message, advice):
    with pytest.raises(EngineRunError) as caught:
        failed_run(message, tmp_path)

    assert message in caught.value.got
    assert advice in caught.value.do


def test_success_passes():
    with compilation_errors("coin"):
        outcome = 1
    assert outcome
