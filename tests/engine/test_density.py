"""Names of scalars, from CmdStan's spelling to Stan's."""

from __future__ import annotations

import pytest

from bayeswrap.engine.density import names_by_position, stan_spelling


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


@pytest.mark.parametrize(
    ("stan", "ranks", "true"),
    [
        (["a", "b[1]", "b[2]"], {"b": 1}, ["a", "b[1]", "b[2]"]),
        # a matrix lies by columns, an array element by element
        (
            ["m[1,1]", "m[2,1]", "m[1,2]", "m[2,2]"],
            {"m": 0},
            ["m[1,1]", "m[2,1]", "m[1,2]", "m[2,2]"],
        ),
        (
            ["v[1,1]", "v[2,1]", "v[1,2]", "v[2,2]"],
            {"v": 2},
            ["v[1,1]", "v[1,2]", "v[2,1]", "v[2,2]"],
        ),
        (
            [f"w[{i},{j},{k}]" for k in (1, 2) for j in (1, 2) for i in (1, 2)],
            {"w": 1},
            [f"w[{i},{j},{k}]" for i in (1, 2) for k in (1, 2) for j in (1, 2)],
        ),
    ],
)
def test_coordinates_are_named_in_their_own_order(stan, ranks, true):
    assert list(names_by_position(stan, ranks)) == true
