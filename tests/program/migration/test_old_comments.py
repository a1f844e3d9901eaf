from __future__ import annotations

import pytest

from bayeswrap.program.migration.old_comments import todays_comments


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# text", "// text"),
        ("## text", "// text"),
        ("##### text", "//### text"),
        ("x; # it's \"one", "x; // it's \"one"),
        ("#include the intercept", "//include the intercept"),
        ("#includes all", "//includes all"),
    ],
)
def test_old_comments(old: str, new: str) -> None:
    assert todays_comments(f"{old}\ny;\n") == f"{new}\ny;\n"


@pytest.mark.parametrize(
    "today",
    [
        "// a # b",
        "/* # */",
        'print("# no comment");',
        "#include helpers.stan",
        "#include helpers.stan // both",
        '#include "my helpers.stan"',
        "#include <helpers.stan>",
    ],
)
def test_the_rest_stays(today: str) -> None:
    assert todays_comments(today) == today
