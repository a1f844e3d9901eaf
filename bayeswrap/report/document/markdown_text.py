"""Text that Markdown shows as it stands: nothing in it is a mark of the language."""

from __future__ import annotations

import re

__all__ = [
    "anchor",
    "cell_text",
    "escaped",
    "fenced",
    "paragraph",
]


# a backslash before any of these is CommonMark's and GitHub's escape
_SPECIAL = re.compile(r"[\\`*_|~<>#$]|&(?=[#\w])|\](?=[(\[:])|\[(?=\^)|!(?=\[)")
_BLOCK_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-+=])")
_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")


def escaped(text: str) -> str:
    r"""Return text in one line with a backslash before each sign that means something.

    Examples
    --------
    >>> escaped("y_rep[1] | *mean* <b>")
    'y\\_rep[1] \\| \\*mean\\* \\<b\\>'
    """
    return _SPECIAL.sub(
        r"\\\g<0>", _BREAKS.sub(" ", text.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    )


def paragraph(text: str) -> str:
    r"""Return a paragraph that cannot begin as a list or a rule.

    Examples
    --------
    >>> paragraph("- 1"), paragraph("2. x")
    ('\\- 1', '2\\. x')
    """
    inline = escaped(text).strip()
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\" if m[1] else "\\", inline)


def cell_text(text: str, below: str = "") -> str:
    """Return a cell of a pipe table: what stands below follows a line break.

    Examples
    --------
    >>> cell_text("0.1", "(0.2)"), cell_text("", "a")
    ('0.1<br>(0.2)', 'a')
    """
    return "<br>".join(escaped(part).strip() for part in (text, below) if part.strip())


def fenced(lines: list[str], language: str) -> str:
    """Return lines as a block of code, with a fence that is longer than any in them."""
    runs = re.findall(r"`+", "\n".join(lines))
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return "\n".join([f"{fence}{language}", *lines, fence])


def anchor(heading: str) -> str:
    """Return the address that GitHub gives a heading.

    Examples
    --------
    >>> anchor("Checks: 0 failed, 17 passed")
    'checks-0-failed-17-passed'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
