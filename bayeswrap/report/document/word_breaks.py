"""Where a long word of a page may break."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

__all__ = [
    "breakable",
]

_LONG_WORD = 28  # characters that a column of names has room for
_PIECES = re.compile(rf"[^_\[,]{{1,{_LONG_WORD}}}[_\[,]?|[_\[,]")


def breakable(text: str) -> Markup:
    """Return escaped text in which a long word may break after an underscore, bracket or comma.

    Examples
    --------
    >>> print(breakable("cor_Subject[Days,Intercept]"))
    cor_Subject[Days,Intercept]
    >>> print(breakable("probability_of_each_respondent"))
    probability_<wbr>of_<wbr>each_<wbr>respondent
    """
    words = (
        Markup("<wbr>").join(_PIECES.findall(word)) if len(word) > _LONG_WORD else escape(word)
        for word in text.split(" ")
    )
    return Markup(" ").join(words)
