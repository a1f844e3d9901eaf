"""Names that Stan accepts, made of names that users chose."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "stan_names",
]

_LONGEST = 40  # letters: a line of a program should remain readable


def stan_names(names: Iterable[str], prefix: str = "") -> tuple[str, ...]:
    """Return unique Stan identifiers for names of any kind, in order.

    They serve as endings (``sd_g``), so that no keyword or function of Stan is in the way.

    Parameters
    ----------
    names : iterable of str
        Names of columns, or of combinations such as ``g:h``.
    prefix : str, optional
        To stand before each.

    Examples
    --------
    >>> stan_names(["g", "g:h", "Größe (cm)", "g h", "日"])
    ('g', 'g_h', 'Grosse_cm', 'g_h_2', 'group')
    """
    made: list[str] = []
    for name in names:
        plain = prefix + (_plain(name) or "group")
        counted = (f"{plain}_{i}" for i in range(2, len(made) + 3))
        made.append(next(n for n in (plain, *counted) if n not in made))
    return tuple(made)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    ascii_only = letters.encode("ascii", "ignore").decode()
    return re.sub(r"[^0-9A-Za-z]+", "_", ascii_only)[:_LONGEST].strip("_")
