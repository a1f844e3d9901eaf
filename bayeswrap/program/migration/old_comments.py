"""Comments of old programs: ``# text``."""

from __future__ import annotations

from bayeswrap.program.syntax.tokens import Token, tokens_of

__all__ = [
    "todays_comments",
]


def todays_comments(source: str) -> str:
    """Return a program whose comments begin with ``//``; lines that include files stay.

    Examples
    --------
    >>> print(todays_comments("model { # all of it"))
    model { // all of it
    """
    units, end = list[str](), 0
    for token in tokens_of(source):
        if token.text.startswith("#") and not _includes(token):
            run = len(token.text) - len(token.text.lstrip("#"))
            units += [source[end : token.start], "//", token.text[min(run, 2) :]]
            end = token.end
    return "".join([*units, source[end:]])


def _includes(token: Token) -> bool:
    """Whether a line includes a file: quoted, or one word with nothing but a comment after it."""
    _, *words = token.text.split()
    if token.kind != "include" or not words:
        return False
    return words[0][0] in '"<' or len(words) == 1 or words[1].startswith("//")
