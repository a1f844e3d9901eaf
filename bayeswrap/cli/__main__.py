"""``python -m bayeswrap.cli`` is the command ``bayeswrap``."""

import sys

from bayeswrap.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())
