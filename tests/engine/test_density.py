"""Names of scalars, from CmdStan's spelling to Stan's."""

from __future__ import annotations

import pytest

from bayeswrap.engine.density import stan_spelling


@pytest.mark.parametrize(
    ("dotted", "stan"),
    [
        ("x", "x"),
        ("lp__", "lp__"),
        ("b.1", "b[1]"),
        ("b.1.2", "b[1,2]"),
        ("z.real", "z.real"),
        ("z.2.imag", "z[2].imag"),
        ("both:1", "both.1"),
        ("both.3:2.1", "both[3].2[1]"),
        ("deep:1:2.4", "deep.1.2[4]"),
    ],
)
def test_indices_are_bracketed_and_tuples_dotted(dotted, stan):
    assert stan_spelling(dotted) == stan


@pytest.mark.parametrize("name", ["x", "b[1]", "b[1,2]"])
def test_stans_own_spelling_is_left_alone(name):
    assert stan_spelling(name) == name
