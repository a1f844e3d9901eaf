"""Standard output holds what Python prints, and nothing of what C prints."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bayeswrap.engine.console import engine_prints_to_stderr, stdout_kept_clean

C_PRINT = "import ctypes; libc = ctypes.CDLL(None); libc.puts(b'from C');"


def run(body: str) -> subprocess.CompletedProcess[str]:
    code = f"from bayeswrap.engine.console import *\nimport ctypes, os, sys\n{body}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


@pytest.mark.parametrize("name", ["stdout_kept_clean", "engine_prints_to_stderr"])
def test_what_c_prints_goes_to_standard_error(name):
    done = run(f"with {name}():\n    {C_PRINT}\nprint('after')")
    assert done.stdout == "after\n"
    assert done.stderr == "from C\n"


def test_python_prints_within_and_c_after():
    done = run(f"with stdout_kept_clean():\n    print('{{}}'); {C_PRINT}\n{C_PRINT}print('end')")
    assert sorted(done.stdout.split()) == ["C", "end", "from", "{}"]
    assert done.stdout.startswith("{}")
    assert done.stderr == "from C\n"


def test_an_error_restores_both():
    body = (
        "try:\n    with stdout_kept_clean():\n        raise ValueError\n"
        f"except ValueError:\n    print('kept', flush=True)\n{C_PRINT}"
    )
    done = run(body)
    assert done.stdout == "kept\nfrom C\n"


def test_a_process_without_standard_output_is_none_of_ours():
    done = run(
        "os.close(1)\nwith engine_prints_to_stderr():\n    pass\nprint('x', file=sys.stderr)"
    )
    assert done.stderr.startswith("x")


def test_a_replaced_standard_output_stays(capsys):
    with stdout_kept_clean(), engine_prints_to_stderr():
        print("seen")  # noqa: T201 - what is tested
    assert capsys.readouterr().out == "seen\n"
