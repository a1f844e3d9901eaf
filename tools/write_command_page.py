"""Write docs/command-line.md from the commands themselves: their --help, and an example.

Run it from the project's root: ``python tools/write_command_page.py``. A test compares the page
with what this script would write.
"""

from __future__ import annotations

import re
from pathlib import Path

from bayeswrap.cli.commands import app

PAGE = Path(__file__).parents[1] / "docs" / "command-line.md"

HEAD = """# Command line

This page is written by `tools/write_command_page.py` from the commands. `bayeswrap COMMAND
--help` shows the same.

```sh
bayeswrap report logistic_regression               # a program of the library, with its data
bayeswrap report wells.stan wells.csv -m y=switched -m X=dist,arsenic -o wells.html
bayeswrap compare wells.stan wells.csv -m y=switched -m X=dist,arsenic -o wells.bw
bayeswrap report wells.bw -o wells.html            # the same comparison, nothing is fitted again
bayeswrap fit wells.bw                             # show what a file holds
```

## Data from the shell

`-m y=switched` maps a column to the variable `y` of the data block, `-m X=dist,arsenic` two
columns to a matrix. `--set nu=4` sets a number that is in no table. Sizes such as `N` are
derived. `-` reads the data from standard input. [Pass data](how-to/pass-data.md) has all of it.

## Which estimates

`compare` and `report` make every estimate that exists: the marginal MLE of a hierarchy, or the
MLE, both MAP modes, the Laplace approximation, and draws by NUTS. `--methods mle,nuts` makes
these alone. `--level 0.9` sets the coverage of all intervals. `--chains 1` runs one chain. R-hat
compares chains, so one chain has none, and there is no verdict then.

## What is written

Results go to standard output, all else to standard error. In a pipe and in a file the output is
plain text. In a terminal tables have lines, and `NO_COLOR=1` removes colours. `--json` prints one
object, for errors too. `report` without `-o` writes `PROGRAM-report.html` in the working
directory and says so. It replaces an earlier report there, never another file. Each file is
written whole or not at all.

## Progress

Work of more than a second shows one line: what is done, how many steps of how many, and the time.
In a terminal and in a notebook the line is rewritten in place, and it is gone at the end. In a
log it is a plain line every ten seconds. `--quiet` silences it; so does `BAYESWRAP_PROGRESS=0`,
in Python too, and `show_progress=False` for one call. Ctrl-C ends the work and leaves no
half-written file.

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | the run failed: no maximum, a failed chain, a compiler error, a full disk |
| 2 | wrong usage, data or program |
| 130 | interrupted by Ctrl-C |

## Completion

`bayeswrap completion bash --install` (or `zsh`, `fish`) writes a script to where the shell looks
for it, and prints its place. From the next shell on the Tab key completes commands, options,
choices and files. Without `--install` the script is printed:

```sh
bayeswrap completion bash > ~/.local/share/bash-completion/completions/bayeswrap
# in ~/.zshrc, before compinit: fpath+=~/.zfunc
bayeswrap completion zsh > ~/.zfunc/_bayeswrap
bayeswrap completion fish > ~/.config/fish/completions/bayeswrap.fish
```

"""


def page() -> str:
    """Return the text of the page."""
    names = [name for name in app if not name.startswith("-")]
    return "\n\n".join([HEAD.rstrip(), *(_section(name) for name in names)]) + "\n"


def _section(name: str) -> str:
    """Return what one command takes, and its example."""
    command = app[name]
    text = str(command.generate_docs(output_format="markdown", include_hidden=False))
    lines = text.strip().splitlines()
    body = "\n".join(lines[1:]).strip()
    body = re.sub(r"```console\n.*?\n```", f"```sh\n{_usage(name)}\n```", body, flags=re.DOTALL)
    body = re.sub(r", --(no|empty)-[\w-]+|--no-[\w-]+, ", "", body)
    example = str(command.help_epilogue).removeprefix("Example: ")
    return f"## bayeswrap {name}\n\n{body}\n\n**Example**:\n\n```sh\n{example}\n```"


def _usage(name: str) -> str:
    usage = app[name].usage
    return str(usage).removeprefix("Usage: ") if usage else f"bayeswrap {name}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
