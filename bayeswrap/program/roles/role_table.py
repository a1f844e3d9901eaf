"""The table of roles, as it is shown to the user."""

from __future__ import annotations

import pandas as pd

from bayeswrap.markup import brief

__all__ = [
    "RoleTable",
]


class RoleTable(pd.DataFrame):
    """The data frame of `Program.roles`, printed without cutting its texts."""

    @property
    def _constructor(self) -> type[RoleTable]:
        return RoleTable

    def __str__(self) -> str:
        if not len(self):
            return "no statement of the program touches target"
        shown = self.assign(sure=["yes" if s else "no" for s in self["sure"]])
        return str(pd.DataFrame(shown).to_string(index=False, justify="left", max_colwidth=70))

    def __repr__(self) -> str:
        return brief(str(self))
