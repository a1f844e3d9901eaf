"""The command line; `main` runs one command and returns its exit code."""

from bayeswrap.cli.command_line import main

__all__ = [
    "main",
]
